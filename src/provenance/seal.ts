/**
 * Sealing: the record as one canonical text with its digest. The text is kept and returned
 * unchanged; the digest is over the text, so anyone can check it with SHA-256 alone.
 */
import { AssertionError, canonicalJson, sha256Hex, writtenJson } from "#foundation";
import { type DecisionRecord, RECORD_SCHEMA_VERSION } from "./decision-record.ts";

/** A record as it is stored. */
export interface SealedRecord {
  readonly text: string;
  /** SHA-256 of `text`, hexadecimal. */
  readonly digest: string;
}

/** Content kept apart from the record, and the digest by which the record names it. */
export interface SealedPayload {
  readonly text: string;
  readonly digest: string;
}

/** Seals a record. */
export function seal(record: DecisionRecord): SealedRecord {
  const text = canonicalJson(record);
  return { text, digest: sha256Hex(text) };
}

/**
 * Seals content under a salt that is kept with the content: once that is erased, nobody can confirm
 * a guess at what it was. `salt` must be unpredictable and fresh.
 */
export function sealPayload(content: unknown, salt: string): SealedPayload {
  const text = `{"salt":${JSON.stringify(salt)},"content":${writtenJson(content)}}`;
  return { text, digest: sha256Hex(text) };
}

/** The content of a sealed payload. */
export function openPayload(text: string): unknown {
  const opened: { readonly content?: unknown } = JSON.parse(text);
  return opened.content;
}

/**
 * Reads a stored record back.
 *
 * @throws AssertionError when the text is not what was sealed, or of a schema version this program
 * does not know.
 */
export function openRecord(sealed: SealedRecord): DecisionRecord {
  if (sha256Hex(sealed.text) !== sealed.digest) {
    throw new AssertionError("the record's text does not have the digest it was sealed with");
  }
  const record: DecisionRecord = JSON.parse(sealed.text);
  if (record.schemaVersion !== RECORD_SCHEMA_VERSION) {
    throw new AssertionError(`record of schema version ${record.schemaVersion} is unknown`);
  }
  return record;
}

/**
 * The blocks that dimod's binary files are made of, each padded to a multiple of 64 bytes: headers
 * (magic, version, length, JSON) and sections (four letters, length, content).
 */
import { type ByteReader, UINT8, UINT32, UINT64 } from "./byte-reader.ts";

/** Every block is a multiple of this long, in bytes. */
export const ALIGNMENT = 64;
const SPACE = 32;
const HEADER_BYTES_MAX = 2 ** 28;

/** What a header says. */
export interface Header {
  readonly major: number;
  readonly minor: number;
  readonly facts: ReadonlyMap<string, unknown>;
}

/** Reads a header that begins with `magic`. */
export function readHeader(reader: ByteReader, magic: string): Header {
  const got = reader.text(magic.length, "magic");
  if (got !== magic) reader.fail(`magic: expected ${magic}, got ${JSON.stringify(got)}`);
  const major = reader.integer(UINT8, "major version", 0, 255);
  const minor = reader.integer(UINT8, "minor version", 0, 255);
  const length = reader.integer(UINT32, "header length", 0, HEADER_BYTES_MAX);
  const facts = reader.json(length, "header");
  if (!isRecord(facts)) return reader.fail("header: expected a JSON object");
  return { major, minor, facts: new Map(Object.entries(facts)) };
}

/** A header, padded. */
export function headerBytes(
  magic: string,
  version: readonly [major: number, minor: number],
  facts: Readonly<Record<string, unknown>>,
): Uint8Array {
  const json = Buffer.from(`${pythonJson(facts)}\n`, "latin1");
  const start = magic.length + version.length + UINT32.bytes;
  const bytes = Buffer.alloc(aligned(start + json.length), SPACE);
  bytes.write(magic, "latin1");
  bytes.set(version, magic.length);
  bytes.writeUInt32LE(bytes.length - start, start - UINT32.bytes);
  json.copy(bytes, start);
  return bytes;
}

/** Reads a section called `magic`; its content, padding included. */
export function readSection(reader: ByteReader, magic: string): ByteReader {
  const got = reader.text(magic.length, "section");
  if (got !== magic) reader.fail(`section: expected ${magic}, got ${JSON.stringify(got)}`);
  const what = `length of ${magic}`;
  const length = reader.integer(UINT32, what, 0, reader.bytes.length);
  // dimod made this length longer without a new version; what it pads to tells which it is.
  if ((magic.length + UINT64.bytes + length) % ALIGNMENT === 0) {
    reader.integer(UINT32, `upper half of ${what}`, 0, 0);
  }
  reader.take(length, magic);
  return reader.part(magic, reader.at - length, reader.at);
}

/** A section, padded. */
export function sectionBytes(
  magic: string,
  content: Uint8Array,
  lengthBytes: 4 | 8 = 4,
): Uint8Array {
  const start = magic.length + lengthBytes;
  const bytes = Buffer.alloc(aligned(start + content.length), SPACE);
  bytes.write(magic, "latin1");
  if (lengthBytes === 4) bytes.writeUInt32LE(bytes.length - start, magic.length);
  else bytes.writeBigUInt64LE(BigInt(bytes.length - start), magic.length);
  bytes.set(content, start);
  return bytes;
}

/**
 * Labels as text: numbers and tuples, which dimod allows, become their JSON. Labels that are 0 to
 * n - 1, as dimod numbers unnamed variables, are none.
 */
export function labelsOf(reader: ByteReader, value: unknown, count: number): string[] | undefined {
  if (!Array.isArray(value) || value.length !== count) {
    return reader.fail(`labels: expected ${count}`);
  }
  if (value.every((label: unknown, index) => label === index)) return undefined;
  const labels = value.map((label: unknown) =>
    typeof label === "string" ? label : JSON.stringify(label),
  );
  if (new Set(labels).size !== labels.length) reader.fail("labels: expected all different");
  return labels;
}

/** JSON in ASCII with sorted keys, as dimod writes it. */
export function pythonJson(value: unknown): string {
  const sorted = isRecord(value) ? Object.fromEntries(Object.entries(value).sort(byKey)) : value;
  return JSON.stringify(sorted).replace(
    /[\u007f-\uffff]/g,
    (char) => `\\u${char.charCodeAt(0).toString(16).padStart(4, "0")}`,
  );
}

/** Whether `value` is a JSON object. */
function isRecord(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

function byKey([a]: readonly [string, unknown], [b]: readonly [string, unknown]): number {
  return a < b ? -1 : 1;
}

function aligned(length: number): number {
  return Math.ceil(length / ALIGNMENT) * ALIGNMENT;
}

/**
 * The text of an API key: `tandem_<id>_<secret>`, recognisable to secret scanners. The id finds the
 * key, the secret proves it. The secret is 256 random bits, so a plain SHA-256 of it is kept: a
 * slow password hash defends guessable secrets against whoever steals the table, and nobody guesses
 * 2^256, while every request would pay for it.
 */
import { createHash, timingSafeEqual } from "node:crypto";

/** Bytes nobody can foretell, from the system's own source. */
export type SecureRandom = (byteCount: number) => Uint8Array;

/** A key just made: its text is shown once, the rest is kept. */
export interface MintedKey {
  readonly text: string;
  readonly id: string;
  readonly secretDigest: string;
}

const ID_BYTES = 6;
const SECRET_BYTES = 32;
const TEXT = /^tandem_([0-9a-f]{12})_([A-Za-z0-9_-]{43})$/;

/** Makes a key. */
export function mintKey(random: SecureRandom): MintedKey {
  const id = Buffer.from(random(ID_BYTES)).toString("hex");
  const secret = Buffer.from(random(SECRET_BYTES)).toString("base64url");
  return { text: `tandem_${id}_${secret}`, id, secretDigest: digestOf(secret).toString("hex") };
}

/** The two parts of a key's text; `undefined` if it is not of the form of one. */
export function partsOf(
  text: string,
): { readonly id: string; readonly secret: string } | undefined {
  const [, id, secret] = TEXT.exec(text) ?? [];
  return id === undefined || secret === undefined ? undefined : { id, secret };
}

/** Whether `secret` has this digest; takes the same time wherever they differ. */
export function isSecretOf(secret: string, secretDigest: string): boolean {
  const kept = Buffer.from(secretDigest, "hex");
  const shown = digestOf(secret);
  return kept.length === shown.length && timingSafeEqual(kept, shown);
}

function digestOf(secret: string): Buffer {
  return createHash("sha256").update(secret).digest();
}

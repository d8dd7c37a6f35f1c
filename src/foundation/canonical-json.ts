/**
 * Canonical JSON: the one byte string of a value (RFC 8785, JSON Canonicalization Scheme). Keys are
 * sorted by UTF-16 code unit, numbers are written as ECMAScript does, and what has no faithful JSON
 * form is refused, so that equal values have equal digests and a digest never stands for a value
 * that was silently changed.
 */
import { createHash } from "node:crypto";
import { AssertionError } from "./assert.ts";

/** Any value with a JSON form. */
export type Json =
  | null
  | boolean
  | number
  | string
  | readonly Json[]
  | { readonly [key: string]: Json | undefined };

/**
 * The canonical text of `value`. Object members that are `undefined` are left out.
 *
 * @throws AssertionError on a non-finite number, a lone surrogate, or anything that is not JSON;
 * names its path.
 */
export function canonicalJson(value: unknown): string {
  return write(value, "$");
}

/** SHA-256 of the UTF-8 bytes of `text`, as 64 hexadecimal digits. */
export function sha256Hex(text: string | Uint8Array): string {
  return createHash("sha256").update(text).digest("hex");
}

/** SHA-256 of the canonical text of `value`, as 64 hexadecimal digits. */
export function digest(value: unknown): string {
  return sha256Hex(canonicalJson(value));
}

function write(value: unknown, path: string): string {
  switch (typeof value) {
    case "string":
      if (!value.isWellFormed()) throw new AssertionError(`${path}: text with a lone surrogate`);
      return JSON.stringify(value);
    case "number":
      if (!Number.isFinite(value)) throw new AssertionError(`${path}: ${value} has no JSON form`);
      return JSON.stringify(value);
    case "boolean":
      return value ? "true" : "false";
    case "object":
      if (value === null) return "null";
      return Array.isArray(value) ? writeArray(value, path) : writeObject(value, path);
    default:
      throw new AssertionError(`${path}: a ${typeof value} has no JSON form`);
  }
}

function writeArray(items: readonly unknown[], path: string): string {
  let text = "[";
  for (let index = 0; index < items.length; index += 1) {
    const item = items[index];
    // Numbers dominate real payloads (embeddings); they are written without building a path.
    const written =
      typeof item === "number" && Number.isFinite(item)
        ? JSON.stringify(item)
        : write(item, `${path}[${index}]`);
    text += index === 0 ? written : `,${written}`;
  }
  return `${text}]`;
}

function writeObject(object: object, path: string): string {
  const prototype: unknown = Object.getPrototypeOf(object);
  if (prototype !== Object.prototype && prototype !== null) {
    throw new AssertionError(`${path}: only plain objects and arrays have a JSON form`);
  }
  let text = "{";
  for (const [key, member] of Object.entries(object).sort(byCodeUnit)) {
    if (member === undefined) continue;
    const name = write(key, path);
    text += `${text === "{" ? "" : ","}${name}:${write(member, `${path}.${key}`)}`;
  }
  return `${text}}`;
}

function byCodeUnit([a]: readonly [string, unknown], [b]: readonly [string, unknown]): number {
  return a < b ? -1 : a > b ? 1 : 0;
}

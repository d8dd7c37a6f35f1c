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
  return write(value, undefined);
}

/** SHA-256 of the UTF-8 bytes of `text`, as 64 hexadecimal digits. */
export function sha256Hex(text: string | Uint8Array): string {
  return createHash("sha256").update(text).digest("hex");
}

/** SHA-256 of the canonical text of `value`, as 64 hexadecimal digits. */
export function digest(value: unknown): string {
  return sha256Hex(canonicalJson(value));
}

/** Where a value stands: the names down to it, put together only where one is told of. */
interface Place {
  readonly above: Place | undefined;
  readonly name: string | number;
}

function write(value: unknown, place: Place | undefined): string {
  switch (typeof value) {
    case "string":
      if (!value.isWellFormed()) throw refused(place, "text with a lone surrogate");
      return quoted(value);
    case "number":
      if (!Number.isFinite(value)) throw refused(place, `${value} has no JSON form`);
      return String(value); // As JSON.stringify, -0 included.
    case "boolean":
      return value ? "true" : "false";
    case "object":
      if (value === null) return "null";
      return Array.isArray(value) ? writeArray(value, place) : writeObject(value, place);
    default:
      throw refused(place, `a ${typeof value} has no JSON form`);
  }
}

function writeArray(items: readonly unknown[], place: Place | undefined): string {
  let text = "[";
  for (let index = 0; index < items.length; index += 1) {
    if (index > 0) text += ",";
    const item = items[index];
    // Numbers dominate real payloads (embeddings); they need no place.
    if (typeof item === "number" && Number.isFinite(item)) text += item;
    else text += write(item, { above: place, name: index });
  }
  return `${text}]`;
}

function writeObject(object: object, place: Place | undefined): string {
  const prototype: unknown = Object.getPrototypeOf(object);
  if (prototype !== Object.prototype && prototype !== null) {
    throw refused(place, "only plain objects and arrays have a JSON form");
  }
  let text = "{";
  // Sorting without a comparator is by UTF-16 code unit (ECMA-262, SortCompare).
  for (const key of Object.keys(object).sort()) {
    const member: unknown = Reflect.get(object, key);
    if (member === undefined) continue;
    if (text !== "{") text += ",";
    text += `${write(key, place)}:${write(member, { above: place, name: key })}`;
  }
  return `${text}}`;
}

/** Text that needs no escape is most of all text. */
function quoted(text: string): string {
  return /^[ !#-[\]-~]*$/.test(text) ? `"${text}"` : JSON.stringify(text);
}

function refused(place: Place | undefined, why: string): AssertionError {
  let path = "";
  for (let at = place; at !== undefined; at = at.above) {
    path = (typeof at.name === "number" ? `[${at.name}]` : `.${at.name}`) + path;
  }
  return new AssertionError(`$${path}: ${why}`);
}

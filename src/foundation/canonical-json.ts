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
  const search: Search = { foundIndex: false };
  const form = formOf(value, undefined, search);
  return search.foundIndex ? write(form) : JSON.stringify(form);
}

/**
 * The value as it would be read back from its canonical text: members sorted, those that are
 * `undefined` gone, -0 the 0 it is written as. What is in this form already is returned as it is.
 *
 * @throws AssertionError as {@link canonicalJson}.
 */
export function canonicalForm<Value>(value: Value): Value;
/** As declared above. */
export function canonicalForm(value: unknown): unknown {
  return formOf(value, undefined, { foundIndex: false });
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

/** What is learnt on the way through a value. */
interface Search {
  /** Whether a member has an index for a name: engines put these first, whatever is asked. */
  foundIndex: boolean;
}

function formOf(value: unknown, place: Place | undefined, search: Search): unknown {
  switch (typeof value) {
    case "string":
      if (!value.isWellFormed()) throw refused(place, "text with a lone surrogate");
      return value;
    case "number":
      if (!Number.isFinite(value)) throw refused(place, `${value} has no JSON form`);
      return value === 0 ? 0 : value;
    case "boolean":
      return value;
    case "object":
      if (value === null) return null;
      if (Array.isArray(value)) return formOfArray(value, place, search);
      return formOfObject(value, place, search);
    default:
      throw refused(place, `a ${typeof value} has no JSON form`);
  }
}

function formOfArray(items: readonly unknown[], place: Place | undefined, search: Search) {
  let copy: unknown[] | undefined;
  for (let index = 0; index < items.length; index += 1) {
    const item = items[index];
    // Numbers dominate real payloads (embeddings); they need no place.
    if (typeof item === "number" && Number.isFinite(item) && item !== 0) continue;
    const form = formOf(item, { above: place, name: index }, search);
    if (Object.is(form, item)) continue;
    copy ??= items.slice();
    copy[index] = form;
  }
  return copy ?? items;
}

function formOfObject(object: object, place: Place | undefined, search: Search): object {
  const prototype: unknown = Object.getPrototypeOf(object);
  if (prototype !== Object.prototype && prototype !== null) {
    throw refused(place, "only plain objects and arrays have a JSON form");
  }
  const keys = Object.keys(object);
  let isForm = true;
  const forms: unknown[] = [];
  for (let index = 0; index < keys.length; index += 1) {
    const key = keys[index];
    const member: unknown = Reflect.get(object, key);
    const form = member === undefined ? undefined : formOfMember(key, member, place, search);
    // Names compare by UTF-16 code unit, as the standard sorts them.
    isForm &&= form !== undefined && Object.is(form, member);
    isForm &&= index === 0 || keys[index - 1] < key;
    search.foundIndex ||= isIndexLike(key);
    forms.push(form);
  }
  return isForm ? object : sorted(keys, forms);
}

function formOfMember(key: string, member: unknown, place: Place | undefined, search: Search) {
  if (!key.isWellFormed()) throw refused(place, "text with a lone surrogate");
  return formOf(member, { above: place, name: key }, search);
}

function sorted(keys: readonly string[], forms: readonly unknown[]): object {
  const order = [...keys.keys()].sort((a, b) => (keys[a] < keys[b] ? -1 : 1));
  const copy = {};
  for (const index of order) {
    if (forms[index] !== undefined) define(copy, keys[index], forms[index]);
  }
  return copy;
}

/** An assignment to `__proto__` would not make a member. */
function define(object: Record<string, unknown>, key: string, value: unknown): void {
  if (key !== "__proto__") object[key] = value;
  else Object.defineProperty(object, key, { ...ORDINARY, value });
}

const ORDINARY = { enumerable: true, writable: true, configurable: true };

function isIndexLike(key: string): boolean {
  const first = key.charCodeAt(0);
  return first >= 48 && first <= 57;
}

/** Writes a value in canonical form whose members engines would reorder. */
function write(value: unknown): string {
  if (typeof value !== "object" || value === null) return JSON.stringify(value);
  if (Array.isArray(value)) return `[${value.map(write).join(",")}]`;
  // Sorting without a comparator is by UTF-16 code unit (ECMA-262, SortCompare).
  const members = Object.keys(value)
    .sort()
    .map((key) => `${JSON.stringify(key)}:${write(Reflect.get(value, key))}`);
  return `{${members.join(",")}}`;
}

function refused(place: Place | undefined, why: string): AssertionError {
  let path = "";
  for (let at = place; at !== undefined; at = at.above) {
    path = (typeof at.name === "number" ? `[${at.name}]` : `.${at.name}`) + path;
  }
  return new AssertionError(`$${path}: ${why}`);
}

/**
 * Looking into JSON of which only the reader's part is known: a member that is absent or of another
 * kind reads as `undefined`, `NaN`-free and without throwing.
 */
import type { Json } from "./client.ts";

/** The value at a path of member names and indices. */
export function at(
  json: Json | undefined,
  ...path: readonly (string | number)[]
): Json | undefined {
  let value = json;
  for (const step of path) {
    if (typeof value !== "object" || value === null) return undefined;
    value = Object.getOwnPropertyDescriptor(value, step)?.value;
  }
  return value;
}

/** The number at a path. */
export function numberAt(json: Json | undefined, ...path: readonly (string | number)[]) {
  const value = at(json, ...path);
  return typeof value === "number" ? value : undefined;
}

/** The text at a path. */
export function textAt(json: Json | undefined, ...path: readonly (string | number)[]) {
  const value = at(json, ...path);
  return typeof value === "string" ? value : undefined;
}

/** The entries of the list at a path; empty if there is none. */
export function listAt(
  json: Json | undefined,
  ...path: readonly (string | number)[]
): readonly Json[] {
  const value = at(json, ...path);
  return Array.isArray(value) ? value : [];
}

/** The members of the object at a path, in their order; empty if there is none. */
export function membersAt(
  json: Json | undefined,
  ...path: readonly (string | number)[]
): readonly (readonly [name: string, value: Json])[] {
  const value = at(json, ...path);
  if (typeof value !== "object" || value === null || Array.isArray(value)) return [];
  return Object.entries(value);
}

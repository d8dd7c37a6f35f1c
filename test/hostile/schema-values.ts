/**
 * Values of a JSON Schema (2020-12), as fast-check arbitraries: what the server's own document
 * promises to take is what it gets, in shapes no example has.
 */
import fc from "fast-check";
import { type Json, member } from "./json.ts";

const DEPTH_MAX = 8;

/** Looks a `$ref` of the document up. */
export type Resolve = (reference: string) => Json | undefined;

/** Values that fit `schema`, as far as its keywords are known; any JSON where it says nothing. */
export function valuesOf(
  schema: Json | undefined,
  resolve: Resolve,
  depth = 0,
): fc.Arbitrary<Json> {
  const reference = member(schema, "$ref");
  if (depth > DEPTH_MAX) return fc.constant(null);
  if (typeof reference === "string") return valuesOf(resolve(reference), resolve, depth + 1);
  const one = member(schema, "const");
  if (one !== undefined) return fc.constant(one);
  const options = listOf(member(schema, "enum"));
  if (options.length > 0) return fc.constantFrom(...options);
  const branches = [...listOf(member(schema, "anyOf")), ...listOf(member(schema, "oneOf"))];
  if (branches.length > 0) {
    return fc.oneof(...branches.map((branch) => valuesOf(branch, resolve, depth + 1)));
  }
  switch (member(schema, "type")) {
    case "object":
      return objects(schema, resolve, depth);
    case "array":
      return arrays(schema, resolve, depth);
    case "string":
      return strings(schema);
    case "integer":
      return fc.integer(rangeOf(schema, -1_000_000, 1_000_000));
    case "number":
      return fc.double({ ...rangeOf(schema, -1e9, 1e9), noNaN: true, noDefaultInfinity: true });
    case "boolean":
      return fc.boolean();
    case "null":
      return fc.constant(null);
    default:
      return fc.jsonValue({ maxDepth: 2 }).map(toJson);
  }
}

function objects(schema: Json | undefined, resolve: Resolve, depth: number): fc.Arbitrary<Json> {
  const properties = Object.entries(member(schema, "properties") ?? {});
  const required = listOf(member(schema, "required")).map(String);
  const members: Record<string, fc.Arbitrary<Json>> = {};
  for (const [name, part] of properties) members[name] = valuesOf(toJson(part), resolve, depth + 1);
  const known = fc.record(members, { requiredKeys: required.filter((name) => name in members) });
  const more = member(schema, "additionalProperties");
  if (typeof more !== "object" || more === null) return known.map(toJson);
  const extra = fc.dictionary(fc.string({ maxLength: 12 }), valuesOf(more, resolve, depth + 1), {
    maxKeys: 4,
  });
  return fc.tuple(known, extra).map(([own, other]) => toJson({ ...other, ...own }));
}

function arrays(schema: Json | undefined, resolve: Resolve, depth: number): fc.Arbitrary<Json> {
  const minLength = numberOf(schema, "minItems") ?? 0;
  const maxLength = Math.min(numberOf(schema, "maxItems") ?? 12, minLength + 12);
  return fc
    .array(valuesOf(member(schema, "items"), resolve, depth + 1), { minLength, maxLength })
    .map(toJson);
}

function strings(schema: Json | undefined): fc.Arbitrary<Json> {
  const pattern = member(schema, "pattern");
  if (typeof pattern === "string") return fc.stringMatching(new RegExp(pattern, "u"));
  const minLength = numberOf(schema, "minLength") ?? 0;
  const maxLength = Math.min(numberOf(schema, "maxLength") ?? 24, minLength + 24);
  return fc.oneof(
    fc.string({ minLength, maxLength }),
    fc.string({ minLength, maxLength, unit: "binary" }),
  );
}

function rangeOf(schema: Json | undefined, low: number, high: number) {
  const min = numberOf(schema, "minimum") ?? numberOf(schema, "exclusiveMinimum") ?? low;
  const max = numberOf(schema, "maximum") ?? numberOf(schema, "exclusiveMaximum") ?? high;
  return { min: Math.max(min, -2_147_483_648), max: Math.min(Math.max(max, min), 2_147_483_647) };
}

function numberOf(schema: Json | undefined, name: string): number | undefined {
  const value = member(schema, name);
  return typeof value === "number" ? value : undefined;
}

function listOf(value: Json | undefined): readonly Json[] {
  return Array.isArray(value) ? value : [];
}

function toJson(value: unknown): Json {
  const text = JSON.stringify(value);
  return text === undefined ? null : JSON.parse(text);
}

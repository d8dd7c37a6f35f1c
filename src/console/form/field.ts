/**
 * From a decision type's JSON Schema to the fields of a form. A field says what kind of control it
 * needs and holds what its control must know; whatever a form cannot offer is edited as JSON.
 */
import type { Json } from "../api/client.ts";
import { at, listAt, membersAt, numberAt, textAt } from "../api/json.ts";

/** What every field has. */
interface FieldFacts {
  /** The member's name; empty for the entries of lists and maps. */
  readonly name: string;
  readonly required: boolean;
  readonly description: string | undefined;
  readonly unit: string | undefined;
  /** About a person; kept apart from the record. */
  readonly personal: boolean;
}

/** A field by the control it needs. */
export type Field = FieldFacts &
  (
    | { readonly kind: "group"; readonly members: readonly Field[] }
    | { readonly kind: "list"; readonly entry: Field }
    /** Any names, one kind of value. */
    | { readonly kind: "map"; readonly entry: Field }
    /** Short values, one a line. */
    | { readonly kind: "lines"; readonly of: "text" | "number" }
    | { readonly kind: "choice"; readonly options: readonly string[] }
    | { readonly kind: "flag" }
    | {
        readonly kind: "number";
        readonly whole: boolean;
        readonly min: number | undefined;
        readonly max: number | undefined;
      }
    | { readonly kind: "text" }
    | { readonly kind: "json" }
  );

/** Deeper than this a form helps nobody, and a schema may refer to itself. */
const DEPTH_MAX = 6;

const BLANKS = Object.freeze({ list: [], lines: [], map: {}, flag: true, text: "", json: null });

/** The fields of `schema`; `document` is what its references point into. */
export function fieldOf(schema: Json, document: Json): Field {
  return fieldAt(schema, document, { name: "", required: true }, 0);
}

/** A first value for a field that is added: nothing filled in but what must be there. */
export function blankOf(field: Field): Json {
  if (field.kind === "group") {
    const needed = field.members.filter(({ required }) => required);
    return Object.fromEntries(needed.map((member) => [member.name, blankOf(member)]));
  }
  if (field.kind === "number") return Math.max(0, field.min ?? 0);
  if (field.kind === "choice") return field.options[0] ?? "";
  return BLANKS[field.kind];
}

function fieldAt(
  written: Json | undefined,
  document: Json,
  place: Pick<FieldFacts, "name" | "required">,
  depth: number,
): Field {
  const schema = resolved(written, document);
  const facts: FieldFacts = {
    ...place,
    description: textAt(schema, "description"),
    unit: textAt(schema, "x-unit"),
    personal: textAt(schema, "x-privacy") === "personal",
  };
  if (depth > DEPTH_MAX) return { ...facts, kind: "json" };
  const choices = listAt(schema, "enum").filter((one) => typeof one === "string");
  if (choices.length > 0) return { ...facts, kind: "choice", options: choices };
  switch (textAt(schema, "type")) {
    case "object":
      return objectField(schema, document, facts, depth);
    case "array":
      return listField(schema, document, facts, depth);
    case "boolean":
      return { ...facts, kind: "flag" };
    case "string":
      return { ...facts, kind: "text" };
    case "number":
      return { ...facts, kind: "number", whole: false, ...rangeOf(schema) };
    case "integer":
      return { ...facts, kind: "number", whole: true, ...rangeOf(schema) };
    default:
      return { ...facts, kind: "json" };
  }
}

function objectField(schema: Json, document: Json, facts: FieldFacts, depth: number): Field {
  const required = listAt(schema, "required");
  const members = membersAt(schema, "properties").map(([name, member]) =>
    fieldAt(member, document, { name, required: required.includes(name) }, depth + 1),
  );
  if (members.length > 0) return { ...facts, kind: "group", members };
  const entry = at(schema, "additionalProperties");
  const field = fieldAt(entry, document, { name: "", required: true }, depth + 1);
  return field.kind === "json"
    ? { ...facts, kind: "json" }
    : { ...facts, kind: "map", entry: field };
}

function listField(schema: Json, document: Json, facts: FieldFacts, depth: number): Field {
  const entry = fieldAt(at(schema, "items"), document, { name: "", required: true }, depth + 1);
  if (entry.kind === "text" || entry.kind === "number") {
    return { ...facts, kind: "lines", of: entry.kind };
  }
  return { ...facts, kind: "list", entry };
}

function resolved(schema: Json | undefined, document: Json): Json {
  const reference = textAt(schema, "$ref");
  if (reference?.startsWith("#/")) return at(document, ...reference.slice(2).split("/")) ?? {};
  return schema ?? {};
}

function rangeOf(schema: Json) {
  return { min: numberAt(schema, "minimum"), max: numberAt(schema, "maximum") };
}

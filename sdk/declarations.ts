/**
 * TypeScript declarations written from zod schemas, by way of JSON Schema 2020-12: the published
 * types need neither zod nor the platform's sources, and carry the schemas' descriptions as
 * comments. Only what the catalogue and the wire use is understood; anything else ends the build.
 */
import { z } from "zod";

const schemaShape = z.looseObject({
  $ref: z.string().optional(),
  type: z.union([z.string(), z.array(z.string())]).optional(),
  const: z.json().optional(),
  enum: z.array(z.json()).optional(),
  properties: z.record(z.string(), z.unknown()).optional(),
  required: z.array(z.string()).optional(),
  additionalProperties: z.unknown().optional(),
  items: z.unknown().optional(),
  anyOf: z.array(z.unknown()).optional(),
  oneOf: z.array(z.unknown()).optional(),
  description: z.string().optional(),
  "x-unit": z.string().optional(),
});

type Schema = z.infer<typeof schemaShape>;

/** Which side of a schema is described: what is sent, or what comes back. */
export type Side = "input" | "output";

/** `export type Name = …;` for what `schema` takes or gives. */
export function declared(name: string, schema: z.ZodType, side: Side): string {
  return `export type ${name} = ${typeText(schema, side, "")};\n`;
}

/** The type of `schema` as TypeScript, its later lines indented by `indent`. */
export function typeText(schema: z.ZodType, side: Side, indent: string): string {
  const { $defs, ...root } = z.toJSONSchema(schema, { io: side, unrepresentable: "any" });
  // The one recursive schema there is, zod's own `z.json()`, is written by name.
  for (const [key, part] of Object.entries($defs ?? {})) {
    if (schemaShape.parse(part).anyOf?.length === 6) continue;
    throw new Error(`${key}: expected no recursive schema but JSON itself`);
  }
  return textOf(schemaShape.parse(root), indent);
}

function textOf(schema: Schema, indent: string): string {
  const options = schema.anyOf ?? schema.oneOf;
  if (schema.$ref !== undefined) return "Json";
  if (schema.const !== undefined) return JSON.stringify(schema.const);
  if (schema.enum !== undefined) return schema.enum.map((one) => JSON.stringify(one)).join(" | ");
  if (options !== undefined) {
    return options.map((one) => textOf(schemaShape.parse(one), indent)).join(" | ");
  }
  if (Array.isArray(schema.type)) {
    return schema.type.map((type) => textOf({ ...schema, type }, indent)).join(" | ");
  }
  switch (schema.type) {
    case "string":
    case "boolean":
    case "null":
    case "number":
      return schema.type;
    case "integer":
      return "number";
    case "array":
      return `readonly (${textOf(schemaShape.parse(schema.items ?? {}), indent)})[]`;
    case "object":
      return objectText(schema, indent);
    case undefined:
      return "Json";
    default:
      throw new Error(`expected a type of JSON, got ${schema.type}`);
  }
}

function objectText(schema: Schema, indent: string): string {
  const { properties = {}, required = [], additionalProperties } = schema;
  const inner = `${indent}  `;
  const members = Object.entries(properties).map(([name, member]) => {
    const part = schemaShape.parse(member);
    const mark = required.includes(name) ? "" : "?";
    const text = textOf(part, inner);
    const shown = /^[A-Za-z_]\w*$/.test(name) ? name : JSON.stringify(name);
    return `${comment(part, inner)}${inner}readonly ${shown}${mark}: ${text};\n`;
  });
  if (members.length > 0) return `{\n${members.join("")}${indent}}`;
  const value = typeof additionalProperties === "object" ? additionalProperties : {};
  return `{ readonly [name: string]: ${textOf(schemaShape.parse(value), indent)} }`;
}

function comment({ description, "x-unit": unit }: Schema, indent: string): string {
  const words = [description, unit === undefined ? undefined : `Unit: ${unit}.`];
  const text = words.filter((one) => one !== undefined).join(" ");
  return text === "" ? "" : `${indent}/** ${text.replaceAll("*/", "* /")} */\n`;
}

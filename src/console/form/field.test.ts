/**
 * From JSON Schema to fields, on the platform's own document and on shapes it does not have yet;
 * blanks of fields; values set at places.
 */
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import type { Json } from "../api/client.ts";
import { at } from "../api/json.ts";
import { blankOf, type Field, fieldOf } from "./field.ts";
import { pointerOf, withValue } from "./pointer.ts";

const kindOf = (schema: Json): Field["kind"] => fieldOf(schema, {}).kind;

const KINDS: readonly [remark: string, schema: Json, kind: Field["kind"]][] = [
  ["anything", {}, "json"],
  ["one of several shapes", { anyOf: [{ type: "string" }, { type: "number" }] }, "json"],
  ["text", { type: "string" }, "text"],
  ["one of some texts", { enum: ["a", "b"] }, "choice"],
  ["yes or no", { type: "boolean" }, "flag"],
  ["a number", { type: "number" }, "number"],
  ["numbers", { type: "array", items: { type: "number" } }, "lines"],
  ["texts", { type: "array", items: { type: "string" } }, "lines"],
  ["a list of lists", { type: "array", items: { type: "array", items: {} } }, "list"],
  ["a list of anything", { type: "array" }, "list"],
  ["an object", { type: "object", properties: { a: {} } }, "group"],
  ["any names", { type: "object", additionalProperties: { type: "integer" } }, "map"],
  ["any names, any values", { type: "object", additionalProperties: {} }, "json"],
  ["an object of nothing", { type: "object" }, "json"],
];

describe("fieldOf", () => {
  test.each(KINDS)("%s", (_remark, schema, kind) => expect(kindOf(schema)).toBe(kind));

  test("carries name, need, words, unit and privacy", () => {
    const price = { type: "integer", minimum: 1, description: "Price.", "x-unit": "minor units" };
    const subject = { type: "string", "x-privacy": "personal" };
    const field = fieldOf(
      { type: "object", properties: { price, subject }, required: ["price"] },
      {},
    );
    expect(field).toMatchObject({
      kind: "group",
      members: [
        {
          ...{ kind: "number", name: "price", required: true, personal: false },
          ...{ description: "Price.", unit: "minor units", whole: true, min: 1 },
        },
        { kind: "text", name: "subject", required: false, personal: true },
      ],
    });
  });

  test("follows references, and stops where a schema refers to itself", () => {
    const tree = { type: "object", properties: { inner: { $ref: "#/components/schemas/tree" } } };
    const field = fieldOf(
      { $ref: "#/components/schemas/tree" },
      { components: { schemas: { tree } } },
    );
    expect(field.kind).toBe("group");
    expect(JSON.stringify(field)).toContain('"kind":"json"');
  });
});

describe("blankOf", () => {
  test("holds what must be there and nothing else", () => {
    const schema = {
      type: "object",
      properties: {
        id: { type: "string" },
        k: { type: "integer", minimum: 1 },
        kind: { enum: ["first", "second"] },
        items: { type: "array", items: {} },
        note: { type: "string" },
      },
      required: ["id", "k", "kind", "items"],
    };
    expect(blankOf(fieldOf(schema, {}))).toEqual({ id: "", k: 1, kind: "first", items: [] });
  });
});

describe("places", () => {
  test.each([
    ["the whole", [], ""],
    ["a list's entry", ["candidates", 3, "price"], "/candidates/3/price"],
    ["names that need escaping", ["a/b", "c~d"], "/a~1b/c~0d"],
  ])("pointer of %s", (_remark, place, pointer) => expect(pointerOf(place)).toBe(pointer));

  test("what is set is found there, what is taken away is not, and nothing else changes", () => {
    const place = fc.array(fc.string({ minLength: 1, maxLength: 3 }), {
      minLength: 1,
      maxLength: 4,
    });
    fc.assert(
      fc.property(fc.dictionary(fc.string(), fc.jsonValue()), place, (members, path) => {
        const before: Json = JSON.parse(JSON.stringify(members));
        const text = JSON.stringify(before);
        const after = withValue(before, path, 42);
        expect(at(after, ...path)).toBe(42);
        expect(at(withValue(after, path, undefined), ...path)).toBeUndefined();
        expect(JSON.stringify(before)).toBe(text);
      }),
    );
  });

  test("an entry taken out of a list closes the gap", () => {
    expect(withValue({ list: ["a", "b", "c"] }, ["list", 1], undefined)).toEqual({
      list: ["a", "c"],
    });
  });
});

/** Canonical JSON against the examples of RFC 8785, and its refusals. */
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { canonicalForm, canonicalJson, digest, sha256Hex } from "./canonical-json.ts";

describe("canonical JSON", () => {
  const cases: readonly (readonly [remark: string, value: unknown, text: string])[] = [
    ["nothing", null, "null"],
    ["empty containers", { b: [], a: {} }, '{"a":{},"b":[]}'],
    [
      "numbers of RFC 8785, 3.2.2",
      [Number("333333333.33333329"), 1e30, 4.5, 2e-3, 1e-27, -0],
      "[333333333.3333333,1e+30,4.5,0.002,1e-27,0]",
    ],
    [
      "keys sorted by UTF-16 code unit, RFC 8785, 3.2.3",
      { "\u20ac": 1, "\r": 2, "\ufb33": 3, "1": 4, "\u{1f600}": 5, "\u0080": 6, "\u00f6": 7 },
      '{"\\r":2,"1":4,"\u0080":6,"\u00f6":7,"\u20ac":1,"\u{1f600}":5,"\ufb33":3}',
    ],
    ["absent members left out", { a: undefined, b: 1 }, '{"b":1}'],
    ["control characters escaped", '\u000f\n"\\/', '"\\u000f\\n\\"\\\\/"'],
  ];
  test.each(cases)("%s", (_remark, value, text) => {
    expect(canonicalJson(value)).toBe(text);
  });

  const refused: readonly (readonly [remark: string, value: unknown, path: string])[] = [
    ["not a number", { a: [1, Number.NaN] }, "$.a[1]"],
    ["infinity", Number.POSITIVE_INFINITY, "$"],
    ["a lone surrogate", ["\ud800"], "$[0]"],
    ["a lone surrogate as a key", { "\udead": 1 }, "$"],
    ["a hole", [undefined], "$[0]"],
    ["a big integer", { n: 1n }, "$.n"],
    ["a typed array", { values: new Float64Array(1) }, "$.values"],
    ["a date", new Date(0), "$"],
  ];
  test.each(refused)("refuses %s and says where", (_remark, value, path) => {
    expect(() => canonicalJson(value)).toThrow(`${path}:`);
  });

  test("reads back to an equal value, whatever the order of keys", () => {
    fc.assert(
      fc.property(fc.jsonValue(), (value) => {
        const text = canonicalJson(value);
        expect(canonicalJson(JSON.parse(text))).toBe(text);
        expect(JSON.stringify(JSON.parse(text)).length).toBe(text.length);
      }),
    );
  });

  test("the canonical form is what reading the text back gives", () => {
    const named = fc.dictionary(fc.oneof(fc.string(), fc.nat(20).map(String)), fc.jsonValue(), {
      noNullPrototype: true,
    });
    fc.assert(
      fc.property(fc.oneof(fc.jsonValue(), named), (value) => {
        const text = canonicalJson(value);
        const form = canonicalForm(value);
        expect(form).toStrictEqual(JSON.parse(text));
        expect(JSON.stringify(form)).toBe(JSON.stringify(JSON.parse(text)));
        expect(canonicalForm(form)).toStrictEqual(form);
      }),
    );
    expect(canonicalForm({ b: [-0], a: undefined })).toStrictEqual({ b: [0] });
    const canonical = { a: [{ b: 1 }], c: "" };
    expect(canonicalForm(canonical)).toBe(canonical);
  });

  test.each([
    [
      "an index before a text that sorts before it",
      { "10": 1, "9": 2, "!": 3 },
      '{"!":3,"10":1,"9":2}',
    ],
    ["the prototype's name", JSON.parse('{"b":1,"__proto__":[2]}'), '{"__proto__":[2],"b":1}'],
  ])("sorts members whatever an engine does with their names: %s", (_remark, value, text) => {
    expect(canonicalJson(value)).toBe(text);
  });

  test("digests are SHA-256 (FIPS 180-4, example of one block)", () => {
    expect(sha256Hex("abc")).toBe(
      "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad",
    );
    expect(digest({ b: 1, a: 2 })).toBe(digest({ a: 2, b: 1 }));
  });
});

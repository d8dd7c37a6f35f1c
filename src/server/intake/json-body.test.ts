/** What bodies are taken, and that nothing ambiguous gets through. */
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { Fault, writtenJson } from "#foundation";
import { parseJsonBody } from "./json-body.ts";

const read = (text: string) => parseJsonBody(Buffer.from(text));

function flawsOf(text: string): readonly string[] {
  try {
    read(text);
  } catch (error) {
    if (error instanceof Fault) return error.flaws.map((flaw) => flaw.pointer);
    throw error;
  }
  throw new Error("expected a fault");
}

describe("parseJsonBody", () => {
  test("an empty body is no value", () => {
    expect(parseJsonBody(new Uint8Array())).toBeUndefined();
  });

  test("reads every JSON value as JSON.parse does", () => {
    const values = fc.jsonValue({ maxDepth: 8 }).filter((value) => !namesPrototype(value));
    fc.assert(
      fc.property(values, (value) => {
        expect(read(JSON.stringify(value))).toEqual(JSON.parse(JSON.stringify(value)));
      }),
    );
  });

  test("a long list goes on in the words it came in", () => {
    const list = `[${Array.from({ length: 20 }, (_, index) => `{"id":"é${index}","score":1.50}`)}]`;
    const text = `{"candidates":${list},"k":3}`;
    expect(writtenJson(read(text))).toBe(text);
  });

  test("finds any member given twice, whatever surrounds it", () => {
    const names = fc.string({ unit: "binary" }).filter((name) => name !== "__proto__");
    const noise = fc.jsonValue({ maxDepth: 3 }).filter((value) => !namesPrototype(value));
    fc.assert(
      fc.property(names, noise, noise, (name, before, between) => {
        const key = JSON.stringify(name);
        const twice = `{${key}:${JSON.stringify(between)} , ${key} : 1}`;
        const text = `[${JSON.stringify(before)},{"in":${twice}}]`;
        expect(flawsOf(text)).toEqual([
          `/1/in/${name.replaceAll("~", "~0").replaceAll("/", "~1")}`,
        ]);
      }),
    );
  });

  test.each([
    ["the same name, once escaped", '{"a":1,"\\u0061":2}', ["/a"]],
    ["far from its colon", `{"a":1,"a"${" ".repeat(1000)}\t\r\n:2}`, ["/a"]],
    ["thrice", '{"a":1,"a":2,"a":3}', ["/a", "/a"]],
    ["in the second element", '[{"a":1},{"a":1,"a":1}]', ["/1/a"]],
    ["a name for the prototype", '{"x":{"__proto__":[]}}', ["/x/__proto__"]],
    ["the same, escaped", '{"\\u005f_proto__":1}', ["/__proto__"]],
  ])("%s", (_remark, text, pointers) => {
    expect(flawsOf(text)).toEqual(pointers);
  });

  test.each([
    ["the same name in two objects", '{"a":{"a":1},"b":{"a":1}}'],
    ["colons and quotes in strings", '{"a:":"\\":{","b":":\\\\"}'],
    ["64 levels", `${"[".repeat(64)}${"]".repeat(64)}`],
    ["a name inherited by every object", '{"toString":1,"constructor":{"prototype":1}}'],
  ])("takes %s", (_remark, text) => {
    expect(read(text)).toEqual(JSON.parse(text));
  });

  test.each([
    ["65 levels", `${"[".repeat(65)}${"]".repeat(65)}`],
    ["a million levels", "[".repeat(1_000_000)],
    ["a comment", "{} // no"],
    ["a number JSON has not", '{"a":NaN}'],
    ["a trailing comma", "[1,]"],
    ["two values", "1 2"],
    ["white space only", "  "],
    ["a byte order mark and nothing", "\uFEFF"],
  ])("refuses %s", (_remark, text) => {
    expect(flawsOf(text)).toEqual([]);
  });

  test("refuses bytes that are not UTF-8", () => {
    expect(() => parseJsonBody(new Uint8Array([0x22, 0xc0, 0xaf, 0x22]))).toThrow(Fault);
  });
});

function namesPrototype(value: unknown): boolean {
  return JSON.stringify(value).includes("__proto__");
}

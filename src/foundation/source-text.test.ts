/** A value written from the text it was read from is the same, whatever that text looks like. */
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { rememberSource, writtenJson } from "./source-text.ts";

const LONG = Array.from({ length: 20 }, (_, index) => ({ id: `${index}`, parts: [index / 8] }));
const ITEMS = JSON.stringify(LONG);

/** What is written of the value of `text`, and whether it took the list's own text. */
function again(text: string): string {
  const value: object = JSON.parse(text);
  rememberSource(text, value);
  return writtenJson(value);
}

describe("a list", () => {
  // Only its own text has this number written out.
  const own = ITEMS.replace('"parts":[0]', '"parts":[0.0]');
  test.each([
    ["alone", `{"list":${own}}`],
    ["first", `{"list":${own},"k":3,"rules":{"a":[1,"}"]}}`],
    ["last", `{"k":3,"rules":null,"list":${own}}`],
    ["between", `{"":"\\",\\"","list":${own},",":1}`],
  ])("%s is written as it was read", (_remark, text) => {
    expect(again(text)).toBe(text);
  });

  test.each([
    ["behind white space", `{"list": ${own}}`],
    ["before a number written otherwise", `{"list":${own},"k":3.0}`],
    ["before an escape nobody needs", `{"list":${own},"\\u006b":3}`],
    ["behind a name that engines put first", `{"k":1,"list":${own},"7":1}`],
    [
      "one of two, the shorter one",
      `{"list":[1,2],"k":${own}}`.replace("[1,2]", `[${"1,".repeat(30)}1]`),
    ],
    ["in a list", own],
  ])("%s is written anew", (_remark, text) => {
    expect(again(text)).toBe(JSON.stringify(JSON.parse(text)));
  });

  test("whatever is around it, nothing else is written", () => {
    const names = fc.oneof(fc.constantFrom("list", "k", ",", '"', "", "}", "]"), fc.string());
    const members = fc.array(fc.tuple(names, fc.jsonValue({ maxDepth: 2 })), { maxLength: 6 });
    const lists = fc.array(fc.jsonValue({ maxDepth: 2 }), { minLength: 14, maxLength: 18 });
    const spaces = fc.constantFrom(undefined, 1);
    fc.assert(
      fc.property(members, lists, members, spaces, (before, list, after, space) => {
        const all = [...before, ["list", list] as const, ...after];
        const text = JSON.stringify(Object.fromEntries(all), undefined, space);
        expect(JSON.parse(again(text))).toEqual(JSON.parse(text));
      }),
      { numRuns: 500 },
    );
  });
});

test("members that are undefined are left out, and what is no object is written as it is", () => {
  expect(writtenJson({ a: undefined, b: [1] })).toBe('{"b":[1]}');
  expect(writtenJson({})).toBe("{}");
  expect(writtenJson(null)).toBe("null");
  expect(writtenJson([{ a: 1 }])).toBe('[{"a":1}]');
});

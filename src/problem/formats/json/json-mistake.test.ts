/** The place of a mistake: where the engine stops, and never beyond the first wrong character. */
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { mistakeIn } from "./json-mistake.ts";

describe("the mistake in a text", () => {
  const cases: readonly (readonly [text: string, at: number])[] = [
    ["", 0],
    ["  ", 2],
    ["[1, 2", 5],
    ['{"a": oops}', 6],
    ['{"a" 1}', 5],
    ["{a: 1}", 1],
    ["[1,]", 3],
    ['{"a": 1,}', 8],
    ["[1] 2", 4],
    ["01", 1],
    ['"\u0001"', 0],
    ["[}", 1],
    ["]", 0],
  ];
  test.each(cases)("%j is at %i", (text, at) => {
    expect(mistakeIn(text)).toBe(at);
  });

  test("in JSON there is none before its end", () => {
    fc.assert(
      fc.property(fc.json(), fc.nat(), (text, cut) => {
        expect(mistakeIn(text)).toBe(text.length);
        const part = text.slice(0, cut % (text.length + 1));
        expect(mistakeIn(part)).toBeLessThanOrEqual(part.length);
      }),
    );
  });

  test("one wrong character is found at or before it where the rest is cut off", () => {
    fc.assert(
      fc.property(fc.json(), fc.nat(), (text, cut) => {
        const at = cut % (text.length + 1);
        expect(mistakeIn(`${text.slice(0, at)}\u0000`)).toBeLessThanOrEqual(at);
      }),
    );
  });
});

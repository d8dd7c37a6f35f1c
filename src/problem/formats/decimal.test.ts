/** Decimals from bytes: the same double as the engine's own conversion, whatever follows. */
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { decimalAt } from "./decimal.ts";

describe("a decimal from bytes", () => {
  const cases: readonly (readonly [text: string, value: number, end: number])[] = [
    ["0", 0, 1],
    ["-12", -12, 3],
    ["+7 8", 7, 2],
    ["3.5x", 3.5, 3],
    [".25", 0.25, 3],
    ["5.", 5, 2],
    ["1e3", 1000, 3],
    ["1e", 1, 1],
    ["1e+", 1, 1],
    ["2E-2]", 0.02, 4],
    ["9007199254740993", 9007199254740992, 16],
    ["0.1000000000000000055511151231257827", 0.1, 36],
    ["123456789012345678901234567890", 1.2345678901234568e29, 30],
    ["1e400", Number.POSITIVE_INFINITY, 5],
    ["4.9e-324", 5e-324, 8],
    ["", Number.NaN, 0],
    ["-", Number.NaN, 0],
    [".", Number.NaN, 0],
    ["x1", Number.NaN, 0],
  ];
  test.each(cases)("%j", (text, value, end) => {
    expect(decimalAt(Buffer.from(text), 0)).toEqual({ value, end });
  });

  test("is what Number makes of it", () => {
    const digits = fc.stringMatching(/^[+-]?\d{1,20}(\.\d{0,22})?(e[+-]?\d{1,3})?$/);
    fc.assert(
      fc.property(digits, (text) => {
        const { value, end } = decimalAt(Buffer.from(`<${text} `), 1);
        expect([value, end]).toEqual([Number(text), text.length + 1]);
      }),
      { numRuns: 2000 },
    );
  });
});

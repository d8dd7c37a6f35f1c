/** Numbers for reading are what decimal digits say, however they were come by. */
import fc from "fast-check";
import { expect, test } from "vitest";
import { rounded } from "./rounding.ts";

const byDigits = (value: number) => String(Number(value.toPrecision(4)));

test.each([
  { value: 0, shown: "0", remark: "nothing" },
  { value: 1.23449, shown: "1.234", remark: "down" },
  { value: -0.0123456, shown: "-0.01235", remark: "up, below nothing" },
  { value: 0.00012345, shown: "0.0001234", remark: "a half in decimals, below it in binary" },
  { value: 1.0005, shown: "1", remark: "a half in decimals, below it in binary" },
  { value: 9999.5, shown: "10000", remark: "a digit more" },
  { value: 0.99996, shown: "1", remark: "over the next power" },
  { value: 1.5e-9, shown: "1.5e-9", remark: "very small" },
  { value: 1e300, shown: "1e+300", remark: "very large" },
])("$value reads $shown: $remark", ({ value, shown }) => {
  expect(rounded(value)).toBe(shown);
});

test("four digits, whatever the number", () => {
  const sizes = fc.double({ min: -20_000, max: 20_000, noNaN: true });
  const halves = fc.integer({ min: -200_000, max: 200_000 }).map((number) => number / 20);
  const short = fc.tuple(fc.integer(), fc.nat(12)).map(([digits, at]) => digits / 10 ** at);
  fc.assert(
    fc.property(fc.oneof(sizes, halves, short, fc.double({ noNaN: true })), (value) => {
      expect(rounded(value)).toBe(byDigits(value));
    }),
    { numRuns: 2000 },
  );
});

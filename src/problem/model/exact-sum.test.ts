/** Sums against rational arithmetic in BigInt. */
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { ExactSum } from "./exact-sum.ts";

describe("an exact sum", () => {
  test("of integers is that of BigInt, however large", () => {
    const term = fc.tuple(
      fc.maxSafeInteger(),
      fc.integer({ min: -(2 ** 31), max: 2 ** 31 - 1 }),
      fc.integer({ min: -(2 ** 31), max: 2 ** 31 - 1 }),
    );
    fc.assert(
      fc.property(fc.array(term), (terms) => {
        const sum = new ExactSum();
        let exact = 0n;
        for (const [bias, a, b] of terms) {
          sum.add(bias, a, b);
          exact += BigInt(bias) * BigInt(a) * BigInt(b);
        }
        expect(sum.value).toBe(Number(exact));
        expect(sum.tolerance).toBe(0);
      }),
    );
  });

  test("of fractions loses less than its tolerance, however they cancel", () => {
    // Multiples of 2^-40 have exact sums in BigInt.
    const unit = 2 ** -40;
    fc.assert(
      fc.property(fc.array(fc.integer({ min: -(2 ** 52), max: 2 ** 52 })), (units) => {
        const sum = new ExactSum();
        for (const count of units) sum.add(count * unit, 1);
        const exact = Number(units.reduce((total, count) => total + BigInt(count), 0n)) * unit;
        expect(Math.abs(sum.value - exact)).toBeLessThanOrEqual(sum.tolerance);
      }),
    );
  });

  test("survives Neumaier's example, which plain and Kahan's summation do not", () => {
    const sum = new ExactSum();
    for (const bias of [1.5, 1e100, 1.5, -1e100]) sum.add(bias, 1);
    expect(sum.value).toBe(3);
  });

  test("of nothing is 0, exactly", () => {
    expect(new ExactSum()).toMatchObject({ value: 0, isExact: true, tolerance: 0 });
  });
});

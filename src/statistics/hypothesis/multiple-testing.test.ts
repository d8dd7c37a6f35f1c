/**
 * Adjusted p-values against their definitions, which ask every hypothesis in turn.
 */
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { adjustP } from "./multiple-testing.ts";

const P_VALUES = fc.array(fc.double({ min: 0, max: 1, noNaN: true }), { maxLength: 8 });

describe("adjustP", () => {
  it("is the least level at which each procedure rejects", () => {
    fc.assert(
      fc.property(P_VALUES, (pValues) => {
        for (const [index, own] of pValues.entries()) {
          const holm = Math.max(
            ...pValues.filter((p) => p <= own).map((p) => p * pValues.filter((q) => q >= p).length),
          );
          expect(adjustP(pValues, "holm")[index]).toBeCloseTo(Math.min(1, holm), 12);
          const rank = (p: number) => pValues.filter((q) => q <= p).length;
          const hochberg = Math.min(
            ...pValues.filter((p) => p >= own).map((p) => (p * pValues.length) / rank(p)),
          );
          const got = adjustP(pValues, "benjamini-hochberg")[index];
          expect(got).toBeCloseTo(Math.min(1, hochberg), 12);
        }
      }),
    );
  });

  it("leaves one question alone, and has nothing to say of none", () => {
    for (const way of ["holm", "benjamini-hochberg", "benjamini-yekutieli"] as const) {
      expect(adjustP([0.03], way)).toEqual([0.03]);
      expect(adjustP([], way)).toEqual([]);
    }
  });

  it("asks more where dependence is unknown", () => {
    expect(adjustP([0.01, 0.5], "benjamini-yekutieli")[0]).toBeCloseTo(0.03, 12);
  });
});

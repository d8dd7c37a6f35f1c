/**
 * The figures against sums done by hand, and against a plain recomputation for the intervals.
 */
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import type { Compared } from "./compare.ts";
import { ShadowTally } from "./tally.ts";

function compared(
  shown: readonly [ids: string, objective: number, broken?: string],
  decided: readonly [ids: string, objective: number],
  bound?: number,
): Compared {
  const judged = ([ids, objective, broken]: readonly [string, number, string?]) => {
    return { ids: [...ids], objective, broken: broken === undefined ? [] : [broken] };
  };
  const rest = { rung: "proved", bound, latencyMs: 1 } as const;
  return { kind: "compared", shown: judged(shown), decided: judged(decided), ...rest };
}

function figuresOf(...all: readonly Compared[]) {
  const tally = new ShadowTally();
  for (const one of all) tally.add(one);
  return tally.figures();
}

describe("figures", () => {
  test("by hand", () => {
    const got = figuresOf(
      compared(["abc", 1], ["abc", 1], 1),
      compared(["abc", 1], ["cax", 3], 4),
      compared(["xyz", 4, "maxPerGroup"], ["abc", 2], 2),
    );
    expect(got).toMatchObject({
      requests: 3,
      objective: { shown: 2, decided: 2, difference: { value: 0, level: 0.95 } },
      whereShownKeptRules: { requests: 2, worse: 0, difference: { value: 1 } },
      rulesBroken: { requests: 1, byRule: { maxPerGroup: 1 } },
      decidedBroken: 0,
      identical: 1 / 3,
      sameFirst: 1 / 3,
      rungs: { proved: 3 },
      latencyMs: { p50: 1, p99: 1 },
    });
    expect(got.overlap).toBeCloseTo((1 + 2 / 3 + 0) / 3, 12);
    // a, b, c stay; then a moves from 1 to 2 and c from 3 to 1.
    expect(got.moved).toBeCloseTo((0 + 0 + 0 + 1 + 2) / 5, 12);
    expect(got.gap.decided).toBeCloseTo((0 + 1 / 4 + 0) / 3, 12);
    expect(got.gap.shown).toBeCloseTo((0 + 3 / 4) / 2, 12);
  });

  test("nothing in common, no bound, never within the rules", () => {
    expect(figuresOf(compared(["ab", 1, "pinned"], ["cd", 1]))).toMatchObject({
      whereShownKeptRules: null,
      overlap: 0,
      moved: null,
      gap: { shown: null, decided: null },
      objective: { difference: { value: 0, lower: 0, upper: 0 } },
    });
  });

  test("worse is said to be so, unless only longer; last digits do not count", () => {
    const worse = (shown: string, decided: string, objective: number) =>
      figuresOf(compared([shown, 1], [decided, objective])).whereShownKeptRules?.worse;
    expect(worse("ab", "ba", 0.9)).toBe(1);
    expect(worse("a", "ab", 0.9)).toBe(0);
    expect(worse("ab", "ba", 1 - 1e-12)).toBe(0);
  });

  test("an empty list shown is part of anything", () => {
    expect(figuresOf(compared(["", 0], ["ab", 1]))).toMatchObject({ overlap: 1, identical: 0 });
  });

  test("intervals as recomputed from all values", () => {
    const number = fc.double({ min: -1e3, max: 1e3, noNaN: true });
    fc.assert(
      fc.property(fc.array(number, { minLength: 2, maxLength: 50 }), (gains) => {
        const got = figuresOf(...gains.map((gain) => compared(["a", 0], ["b", gain])));
        const mean = gains.reduce((sum, gain) => sum + gain, 0) / gains.length;
        const squares = gains.reduce((sum, gain) => sum + (gain - mean) ** 2, 0);
        const reach = 1.959963984540054 * Math.sqrt(squares / (gains.length - 1) / gains.length);
        const { value, lower, upper } = got.objective.difference;
        expect(value).toBeCloseTo(mean, 8);
        expect(upper - value).toBeCloseTo(reach, 8);
        expect(value - lower).toBeCloseTo(reach, 8);
      }),
    );
  });
});

/**
 * A slice of the golden campaign (golden.ts): the formulas against the published table, and the
 * simulation against the formulas, all comparisons together at 99.9 %.
 */
import { describe, expect, test } from "vitest";
import { compare, type Golden, goldenOf, isInside, POOLS } from "./golden.ts";

/** The table of the validation protocol; times to 2 decimals, shares to 4. */
const TABLE: readonly (readonly [endless: Golden, impatient: Golden])[] = [
  [
    { pWait: 0.3845, asaSeconds: 17.3, serviceLevel: 0.7534, occupancy: 0.9091 },
    { pWait: 0.2239, meanWaitSeconds: 3.13, abandonment: 0.0261, occupancy: 0.8854 },
  ],
  [
    { pWait: 0.1173, asaSeconds: 2.64, serviceLevel: 0.9518, occupancy: 0.8333 },
    { pWait: 0.0826, meanWaitSeconds: 0.94, abandonment: 0.0079, occupancy: 0.8268 },
  ],
  [
    { pWait: 0.2853, asaSeconds: 17.12, serviceLevel: 0.7956, occupancy: 0.7692 },
    { pWait: 0.1937, meanWaitSeconds: 4.61, abandonment: 0.0384, occupancy: 0.7397 },
  ],
  [
    { pWait: 0.1741, asaSeconds: 7.84, serviceLevel: 0.8884, occupancy: 0.7143 },
    { pWait: 0.127, meanWaitSeconds: 2.74, abandonment: 0.0228, occupancy: 0.698 },
  ],
];

describe("Erlang C and A", () => {
  test.each(TABLE.flat().map((row, at) => [at, row] as const))("row %d of the table", (at, row) => {
    const golden = new Map(Object.entries(goldenOf(POOLS[at])));
    for (const [name, expected] of Object.entries(row)) {
      const decimals = name.endsWith("Seconds") ? 2 : 4;
      expect(golden.get(name), name).toBeCloseTo(expected, decimals);
    }
  });

  const comparisons = POOLS.flatMap((pool) =>
    compare(pool, { hours: 50, replications: 20, seed: 1 }),
  );
  const level = 1 - 0.001 / comparisons.length;

  test("are what is simulated", () => {
    expect(comparisons).toHaveLength(44);
    expect(comparisons.filter((one) => !isInside(one, level))).toEqual([]);
  });

  test("and a value 20 % off would be noticed", () => {
    const off = comparisons.map((one) => ({ ...one, golden: 1.2 * one.golden }));
    const noticed = off.filter((one) => !isInside(one, level));
    expect(noticed.length).toBeGreaterThan(comparisons.length / 3);
  });
});

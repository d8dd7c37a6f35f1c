/** The exact rank test beside all dealings written out. */
import fc from "fast-check";
import { expect, test } from "vitest";
import { rankTest } from "./rank-test.ts";

const NONE = Number.POSITIVE_INFINITY;

test.each([
  ["nothing", [], [], 1],
  ["all alike", [0, 0, 0, 0], [0, 0, 0, 0], 1],
  ["four below four", [1, 2, 3, 4], [5, 6, 7, 8], 2 / 70],
  ["always the same, below always the same", [0, 0, 0, 0], [1, 1, 1, 1], 2 / 70],
  ["answers beside none", [0, 0, 0, 0, 0], [NONE, NONE, NONE, NONE, NONE], 2 / 252],
  ["three cannot differ from three at 5 %", [1, 2, 3], [4, 5, 6], 2 / 20],
  ["ten below ten", [0, 1, 2, 3, 4, 5, 6, 7, 8, 9].map((x) => x / 10), tens(), 2 / 184_756],
])("%s", (_remark, first, second, p) => {
  expect(rankTest(first, second).p).toBeCloseTo(p, 12);
});

function tens(): number[] {
  return Array.from({ length: 10 }, (_, at) => 10 + at);
}

test("p is the share of dealings as far from the middle, whatever is tied", () => {
  const values = fc.array(fc.constantFrom(0, 1, 2, 3, NONE), { minLength: 1, maxLength: 4 });
  fc.assert(
    fc.property(values, values, (first, second) => {
      const { p, difference } = rankTest(first, second);
      expect(p).toBeCloseTo(writtenOut(first, second), 12);
      expect(rankTest(second, first).p).toBeCloseTo(p, 12);
      if (Math.max(...first) < Math.min(...second)) expect(difference).toBeLessThan(0);
    }),
  );
});

/** Every subset of the values in place of the first sample. */
function writtenOut(first: readonly number[], second: readonly number[]): number {
  const all = [...first, ...second];
  const rank = (value: number) =>
    all.filter((other) => other < value).length +
    (1 + all.filter((other) => other === value).length) / 2;
  const mean = (first.length * (all.length + 1)) / 2;
  const away = (own: readonly number[]) =>
    Math.abs(own.reduce((sum, value) => sum + rank(value), 0) - mean);
  let [asFar, count] = [0, 0];
  for (let mask = 0; mask < 1 << all.length; mask += 1) {
    const own = all.filter((_, at) => (mask >> at) % 2 === 1);
    if (own.length !== first.length) continue;
    count += 1;
    if (away(own) >= away(first) - 1e-9) asFar += 1;
  }
  return asFar / count;
}

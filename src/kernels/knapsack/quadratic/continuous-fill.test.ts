/** The fill by partition against a fill by sorting. */
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { fillContinuously, newFill } from "./continuous-fill.ts";

/** Value packed from `pairs` of density and weight, densest first, the last one in part. */
function valueBySorting(pairs: readonly (readonly [number, number])[], capacity: number): number {
  let room = capacity;
  let value = 0;
  for (const [density, weight] of [...pairs].sort((one, other) => other[0] - one[0])) {
    const part = Math.min(weight, room);
    value += part * density;
    room -= part;
  }
  return value;
}

function valueByPartition(pairs: readonly (readonly [number, number])[], capacity: number) {
  const weights = Float64Array.from(pairs, ([, weight]) => weight);
  const fill = newFill(pairs.length);
  for (const [index, [density]] of pairs.entries()) {
    fill.densities[index] = density;
    fill.items[index] = index;
  }
  fill.count = pairs.length;
  fillContinuously(fill, weights, capacity);
  let value = 0;
  for (let at = 0; at < fill.full; at += 1) value += fill.densities[at] * weights[fill.items[at]];
  return fill.full < fill.count ? value + fill.room * fill.densities[fill.full] : value;
}

describe("a continuous fill", () => {
  test("is worth what the fill by sorting is worth", () => {
    const pair = fc.tuple(fc.integer({ min: -5, max: 5 }), fc.integer({ min: 0, max: 6 }));
    fc.assert(
      fc.property(fc.array(pair, { maxLength: 30 }), fc.nat(60), (pairs, capacity) => {
        expect(valueByPartition(pairs, capacity)).toBe(valueBySorting(pairs, capacity));
      }),
    );
  });

  test.each([
    { remark: "nothing to pack", pairs: [], capacity: 5, value: 0 },
    { remark: "no room", pairs: [[2, 3]], capacity: 0, value: 0 },
    { remark: "room for all", pairs: [[2, 3]], capacity: 9, value: 6 },
    { remark: "one in part", pairs: [[2, 3]], capacity: 1, value: 2 },
  ] as const)("$remark", ({ pairs, capacity, value }) => {
    expect(valueByPartition(pairs, capacity)).toBe(value);
  });
});

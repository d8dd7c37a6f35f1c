/**
 * Walking through time: nothing is observed before it has happened.
 */
import { describe, expect, it } from "vitest";
import { type Basket, walkInTime } from "./basket.ts";

function at(atMs: number): Basket {
  return {
    customer: 0,
    atMs,
    items: Int32Array.of(0),
    paidMinor: Float64Array.of(1),
    unitPriceMinor: Float64Array.of(1),
  };
}

describe("walkInTime", () => {
  it.each([
    [[], [], "no basket"],
    [[5], [[]], "a first basket has no past"],
    [[1, 2, 3], [[], [1], [1, 2]], "every earlier basket"],
    [[1, 1, 2, 2, 3], [[], [], [1, 1], [1, 1], [1, 1, 2, 2]], "none of the same instant"],
  ])("at %j has observed %j: %s", (times, expected) => {
    const observed: number[] = [];
    const seen = [];
    for (const _ of walkInTime(times.map(at), { observe: ({ atMs }) => observed.push(atMs) })) {
      seen.push([...observed]);
    }
    expect(seen).toEqual(expected);
  });

  it("refuses baskets out of order", () => {
    const walk = walkInTime([at(2), at(1)], { observe: () => {} });
    expect(() => [...walk]).toThrow("in order of time");
  });
});

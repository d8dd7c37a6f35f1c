/**
 * Pair counts against counting by hand.
 */
import { describe, expect, it } from "vitest";
import { coPurchase } from "./co-purchase.ts";

function basketOf(items: readonly number[]) {
  const amounts = new Float64Array(items.length);
  return {
    customer: 0,
    atMs: 0,
    items: Int32Array.from(items),
    paidMinor: amounts,
    unitPriceMinor: amounts,
  };
}

describe("coPurchase", () => {
  it("counts pairs both ways, thinner in larger baskets", () => {
    const together = coPurchase(4);
    together.observe(basketOf([0, 1]));
    together.observe(basketOf([0, 1, 2]));
    expect(together.row(0)[1]).toBeCloseTo(1 / Math.log2(3) + 1 / 2, 6);
    expect(together.row(1)[0]).toBe(together.row(0)[1]);
    expect(together.row(2)[0]).toBe(0.5);
    expect(together.row(0)[0]).toBe(0);
    expect(together.total(2)).toBe(0.5);
  });

  it("knows nothing of an item never sold", () => {
    const together = coPurchase(2);
    expect([...together.row(1)]).toEqual([0, 0]);
    expect(together.total(1)).toBe(0);
  });

  it("passes over baskets too large to say what goes with what", () => {
    const together = coPurchase(151);
    together.observe(basketOf(Array.from({ length: 151 }, (_, item) => item)));
    expect(together.total(0)).toBe(0);
  });
});

/**
 * Ageing counts against ageing them one by one.
 */
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { popularity } from "./popularity.ts";

const HALF_LIFE = 10;

function basketOf(atMs: number, items: readonly number[]) {
  const amounts = new Float64Array(items.length);
  return {
    customer: 0,
    atMs,
    items: Int32Array.from(items),
    paidMinor: amounts,
    unitPriceMinor: amounts,
  };
}

describe("popularity", () => {
  it("equals the sum over all baskets, each halved per half-life, across long gaps too", () => {
    const event = fc.tuple(fc.integer({ min: 0, max: 300 }), fc.boolean());
    fc.assert(
      fc.property(fc.array(event, { maxLength: 30 }), (events) => {
        const learner = popularity(1, HALF_LIFE);
        let nowMs = 0;
        const baskets = events.map(([gapMs, bought]) => {
          nowMs += gapMs;
          return { atMs: nowMs, bought };
        });
        for (const { atMs, bought } of baskets) learner.observe(basketOf(atMs, bought ? [0] : []));
        const aged = (kept: typeof baskets) =>
          kept.reduce((sum, { atMs }) => sum + 2 ** ((atMs - nowMs) / HALF_LIFE), 0);
        const into = new Float64Array(1);
        learner.logShares(nowMs, 1, into);
        const share = (aged(baskets.filter(({ bought }) => bought)) + 0.1) / (aged(baskets) + 1);
        expect(into[0]).toBeCloseTo(Math.log(share), 9);
      }),
    );
  });
});

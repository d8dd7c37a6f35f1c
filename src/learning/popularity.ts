/**
 * Popularity: which share of recent baskets held an item, where a basket counts half after each
 * half-life.
 */
import type { Basket, BasketLearner } from "./basket.ts";

/** Exponentially ageing counts. */
export interface Popularity extends BasketLearner {
  /**
   * Logarithm of the smoothed share of baskets with each of the first `count` items, written to
   * `into`.
   */
  logShares(atMs: number, count: number, into: Float64Array): void;
}

/** Pseudo-counts that keep the share of an item nobody has bought lately above zero. */
const ITEM_PRIOR = 0.1;
const BASKET_PRIOR = 1;

/** Counts are kept in units of `epoch`; beyond this growth they are brought back to 1. */
const GROWTH_MAX = 2 ** 40;

/** Counts baskets with a half-life of `halfLifeMs`. */
export function popularity(itemCount: number, halfLifeMs: number): Popularity {
  const counts = new Float64Array(itemCount);
  let baskets = 0;
  let epochMs: number | undefined;

  function growthAt(atMs: number): number {
    epochMs ??= atMs;
    return 2 ** ((atMs - epochMs) / halfLifeMs);
  }
  return {
    observe: ({ items, atMs }: Basket) => {
      // A later basket weighs more instead of every earlier one less: one addition instead of a
      // sweep.
      let growth = growthAt(atMs);
      if (growth > GROWTH_MAX) {
        for (let item = 0; item < itemCount; item += 1) counts[item] /= growth;
        baskets /= growth;
        epochMs = atMs;
        growth = 1;
      }
      for (const item of items) counts[item] += growth;
      baskets += growth;
    },
    logShares: (atMs, count, into) => {
      const growth = growthAt(atMs);
      const total = Math.log(baskets / growth + BASKET_PRIOR);
      for (let item = 0; item < count; item += 1) {
        into[item] = Math.log(counts[item] / growth + ITEM_PRIOR) - total;
      }
    },
  };
}

/**
 * Purchase evidence: what the past says about each item and one customer, as a row of features for
 * a regression. Kept up basket by basket.
 */
import { assert } from "#foundation";
import type { BasketLearner } from "./basket.ts";
import { type CoPurchase, coPurchase } from "./co-purchase.ts";
import { companionShares } from "./companions.ts";
import { popularity } from "./popularity.ts";
import type { CustomerPast } from "./purchase-history.ts";

const DAY_MS = 86_400_000;
const POPULARITY_HALF_LIFE_MS = { fast: 10 * DAY_MS, slow: 60 * DAY_MS };

/**
 * Columns of a row: 1; popularity, fast and slow; companions; age of the item; usual size of the
 * customer's baskets; then of the customer's own past with the item: whether there is one, how
 * often, how long ago, in which share of baskets.
 */
export const FEATURE_COUNT = 10;
const OWN_PAST = 6;

/** Everything known about items so far. */
export interface PurchaseEvidence extends BasketLearner {
  readonly together: CoPurchase;
  /** Items sold so far: those with an index below this. */
  soldCount(): number;
  firstSoldAtMs(item: number): number;
  /**
   * One row of {@link FEATURE_COUNT} numbers for each item sold so far, row-major; valid until the
   * next call.
   */
  features(past: CustomerPast, atMs: number): Float64Array;
}

/** Starts with no evidence, for at most `itemCount` items. */
export function purchaseEvidence(itemCount: number): PurchaseEvidence {
  const together = coPurchase(itemCount);
  const fast = popularity(itemCount, POPULARITY_HALF_LIFE_MS.fast);
  const slow = popularity(itemCount, POPULARITY_HALF_LIFE_MS.slow);
  const firstSold = new Float64Array(itemCount);
  const rows = new Float64Array(itemCount * FEATURE_COUNT);
  const column = new Float64Array(itemCount);
  let sold = 0;

  function place(feature: number, value: (item: number) => number): void {
    for (let item = 0; item < sold; item += 1) rows[item * FEATURE_COUNT + feature] = value(item);
  }

  function placeOwnPast(past: CustomerPast, atMs: number): void {
    for (let feature = OWN_PAST; feature < FEATURE_COUNT; feature += 1) place(feature, () => 0);
    for (const own of past.items.values()) {
      const at = own.item * FEATURE_COUNT + OWN_PAST;
      rows[at] = 1;
      rows[at + 1] = Math.log(1 + own.basketCount);
      rows[at + 2] = Math.log(1 + (atMs - own.lastAtMs) / DAY_MS);
      rows[at + 3] = own.basketCount / past.basketCount;
    }
  }

  return {
    together,
    soldCount: () => sold,
    firstSoldAtMs: (item) => firstSold[item],
    observe: (basket) => {
      for (const learner of [together, fast, slow]) learner.observe(basket);
      for (const item of basket.items) {
        assert(item <= sold, "a new item has the next free index");
        if (item < sold) continue;
        firstSold[item] = basket.atMs;
        sold += 1;
      }
    },
    features: (past, atMs) => {
      const size = Math.log(past.basketSizeMean);
      place(0, () => 1);
      fast.logShares(atMs, sold, column);
      place(1, (item) => column[item]);
      slow.logShares(atMs, sold, column);
      place(2, (item) => column[item]);
      companionShares(past, atMs, together, column.subarray(0, sold));
      place(3, (item) => Math.log(1e-4 + column[item]));
      place(4, (item) => Math.log(1 + (atMs - firstSold[item]) / DAY_MS));
      place(5, () => size);
      placeOwnPast(past, atMs);
      return rows;
    },
  };
}

/**
 * Co-purchase: how often two items were bought together. A basket of m items spreads its pairs
 * thinner the larger it is (weight 1/log2(1+m)), and one beyond a limit says nothing: a wholesaler
 * who takes some of everything tells nothing about what goes with what.
 */
import type { Basket, BasketLearner } from "./basket.ts";

/** Baskets with more items than this are passed over. */
const BASKET_ITEMS_MAX = 150;

/** Pair counts, kept as they grow. */
export interface CoPurchase extends BasketLearner {
  /** Weighted number of baskets with `item` and each other item; live, read-only by convention. */
  row(item: number): Float32Array;
  /** Weighted number of baskets with `item`. */
  total(item: number): number;
}

/**
 * Counts pairs among `itemCount` items; takes 4 * itemCount^2 bytes when all of them have been
 * sold.
 */
export function coPurchase(itemCount: number): CoPurchase {
  const none = new Float32Array(itemCount);
  const rows: Float32Array[] = [];
  const totals = new Float64Array(itemCount);
  return {
    row: (item) => rows[item] ?? none,
    total: (item) => totals[item],
    observe: ({ items }: Basket) => {
      if (items.length > BASKET_ITEMS_MAX) return;
      const weight = 1 / Math.log2(1 + items.length);
      for (const item of items) {
        rows[item] ??= new Float32Array(itemCount);
        totals[item] += weight;
        const row = rows[item];
        for (const other of items) if (other !== item) row[other] += weight;
      }
    },
  };
}

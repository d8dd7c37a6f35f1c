/**
 * Companions: what the items of a customer's past call for, by item-based co-purchase.
 */
import type { CoPurchase } from "./co-purchase.ts";
import type { CustomerPast, PastItem } from "./purchase-history.ts";

const INTEREST_HALF_LIFE_MS = 120 * 86_400_000;
/** Only the latest items of a long history say what goes with the next basket. */
const RECENT_ITEMS_MAX = 80;
/** Pseudo-count that keeps an item bought once from vouching for its companions. */
const COMPANION_PRIOR = 5;

/**
 * How strongly a customer's recent items call for each item, written to `into`: the mean, weighted
 * by recency, of the share of baskets with a recent item that held this one too.
 */
export function companionShares(
  past: CustomerPast,
  atMs: number,
  together: CoPurchase,
  into: Float64Array,
): void {
  into.fill(0);
  const recent = [...past.items.values()].sort(latestFirst).slice(0, RECENT_ITEMS_MAX);
  let weights = 0;
  for (const { item, lastAtMs } of recent) {
    const weight = 2 ** ((lastAtMs - atMs) / INTEREST_HALF_LIFE_MS);
    weights += weight;
    const row = together.row(item);
    const share = weight / (together.total(item) + COMPANION_PRIOR);
    for (let other = 0; other < into.length; other += 1) into[other] += share * row[other];
  }
  for (let other = 0; other < into.length; other += 1) into[other] /= weights;
}

function latestFirst(a: PastItem, b: PastItem): number {
  return b.lastAtMs - a.lastAtMs || a.item - b.item;
}

/**
 * Purchase histories: what each customer has bought so far, how often and when last.
 */
import { ANONYMOUS, type Basket, type BasketLearner } from "./basket.ts";

/** One item in one customer's past. */
export interface PastItem {
  readonly item: number;
  /** In how many of the customer's baskets it was. */
  readonly basketCount: number;
  readonly lastAtMs: number;
}

/** One customer's past. */
export interface CustomerPast {
  readonly lastAtMs: number;
  readonly basketCount: number;
  /** Distinct items per basket, on average. */
  readonly basketSizeMean: number;
  readonly items: ReadonlyMap<number, PastItem>;
}

/** Everyone's past. */
export interface PurchaseHistory extends BasketLearner {
  /** `undefined` for a customer never seen before. */
  of(customer: number): CustomerPast | undefined;
}

interface GrowingPast {
  lastAtMs: number;
  basketCount: number;
  itemCount: number;
  readonly items: Map<number, PastItem>;
}

/** Starts with empty histories. */
export function purchaseHistory(): PurchaseHistory {
  const pasts = new Map<number, GrowingPast>();
  return {
    of: (customer) => {
      const past = pasts.get(customer);
      if (past === undefined) return undefined;
      const { lastAtMs, basketCount, itemCount, items } = past;
      return { lastAtMs, basketCount, basketSizeMean: itemCount / basketCount, items };
    },
    observe: ({ customer, atMs, items }: Basket) => {
      if (customer === ANONYMOUS) return;
      const past = pasts.get(customer) ?? {
        lastAtMs: atMs,
        basketCount: 0,
        itemCount: 0,
        items: new Map(),
      };
      pasts.set(customer, past);
      past.lastAtMs = atMs;
      past.basketCount += 1;
      past.itemCount += items.length;
      for (const item of items) {
        const before = past.items.get(item)?.basketCount ?? 0;
        past.items.set(item, { item, basketCount: before + 1, lastAtMs: atMs });
      }
    },
  };
}

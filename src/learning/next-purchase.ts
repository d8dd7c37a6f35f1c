/**
 * Next purchase: how likely each item is to be in a customer's next basket, from the past alone.
 * Three kinds of evidence - what the customer bought before (repurchase), what is bought together
 * with that (item-based co-purchase), what everybody buys lately (popularity) - become a few
 * features, and a logistic regression that learns as time passes turns them into probabilities. One
 * pass over time; a prediction never sees its own basket or a later one.
 *
 * Half-lives and limits were chosen on June 2011 of the example shop, by likelihood.
 */
import { assert } from "#foundation";
import type { Basket, BasketLearner } from "./basket.ts";
import type { CoPurchase } from "./co-purchase.ts";
import { onlineLogistic } from "./online-logistic.ts";
import { FEATURE_COUNT, purchaseEvidence } from "./purchase-evidence.ts";
import { purchaseHistory } from "./purchase-history.ts";

/** Before any data every item is in about one basket of fifty. */
const START = { weights: [-4, ...Array.from({ length: FEATURE_COUNT - 1 }, () => 0)] };
const REGRESSION = { ...START, ridge: 100, memory: 0.999 };

/** Learns from baskets and predicts the next one. */
export interface NextPurchase extends BasketLearner {
  /** Items sold so far: those with an index below this. */
  soldCount(): number;
  firstSoldAtMs(item: number): number;
  /** Price of one unit when last sold, in minor units. */
  unitPriceMinor(item: number): number;
  /** Whether the customer bought something strictly before `atMs`. */
  isReturning(customer: number, atMs: number): boolean;
  /**
   * Probability that each item sold so far is in the basket the customer fills at `atMs`;
   * `soldCount` numbers, valid until the next call.
   */
  probabilities(customer: number, atMs: number): Float64Array;
  readonly together: CoPurchase;
}

/** Starts with no knowledge, for at most `itemCount` items. */
export function nextPurchase(itemCount: number): NextPurchase {
  const evidence = purchaseEvidence(itemCount);
  const history = purchaseHistory();
  const regression = onlineLogistic(REGRESSION);
  const prices = new Float64Array(itemCount);
  const labels = new Uint8Array(itemCount);
  const predicted = new Float64Array(itemCount);

  function learn({ customer, atMs, items }: Basket): void {
    const past = history.of(customer);
    if (past === undefined || past.lastAtMs >= atMs) return;
    labels.fill(0);
    for (const item of items) labels[item] = 1;
    regression.learn(evidence.features(past, atMs), evidence.soldCount(), labels);
  }

  return {
    together: evidence.together,
    soldCount: evidence.soldCount,
    firstSoldAtMs: evidence.firstSoldAtMs,
    unitPriceMinor: (item) => prices[item],
    isReturning: (customer, atMs) => (history.of(customer)?.lastAtMs ?? atMs) < atMs,
    probabilities: (customer, atMs) => {
      const past = history.of(customer);
      assert(past !== undefined, `customer ${customer} has a past`);
      regression.predict(evidence.features(past, atMs), evidence.soldCount(), predicted);
      return predicted.subarray(0, evidence.soldCount());
    },
    observe: (basket) => {
      learn(basket);
      evidence.observe(basket);
      history.observe(basket);
      for (const [at, item] of basket.items.entries()) prices[item] = basket.unitPriceMinor[at];
    },
  };
}

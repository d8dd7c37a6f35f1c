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
import { type CoPurchase, coPurchase } from "./co-purchase.ts";
import { onlineLogistic } from "./online-logistic.ts";
import { popularity } from "./popularity.ts";
import { type CustomerPast, type PastItem, purchaseHistory } from "./purchase-history.ts";

const DAY_MS = 86_400_000;
const POPULARITY_HALF_LIFE_MS = { fast: 10 * DAY_MS, slow: 60 * DAY_MS };
const INTEREST_HALF_LIFE_MS = 120 * DAY_MS;
/** Only the latest items of a long history say what goes with the next basket. */
const RECENT_ITEMS_MAX = 80;
/** Pseudo-count that keeps an item bought once from vouching for its companions. */
const COMPANION_PRIOR = 5;
/** Feature by feature: bias, the two popularities, companions, then the customer's own past. */
const START = { weights: [-4, 0, 0, 0, 0, 0, 0, 0, 0, 0], ridge: 100, memory: 0.999 };

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
  const together = coPurchase(itemCount);
  const lately = popularity(itemCount, POPULARITY_HALF_LIFE_MS.fast);
  const latelySlow = popularity(itemCount, POPULARITY_HALF_LIFE_MS.slow);
  const history = purchaseHistory();
  const regression = onlineLogistic(START);
  const firstSold = new Float64Array(itemCount);
  const prices = new Float64Array(itemCount);
  let sold = 0;

  const features = new Float64Array(itemCount * regression.featureCount);
  const column = new Float64Array(itemCount);
  const labels = new Uint8Array(itemCount);
  const predicted = new Float64Array(itemCount);

  function fillFeatures(past: CustomerPast, atMs: number): void {
    const width = regression.featureCount;
    const place = (feature: number, value: (item: number) => number) => {
      for (let item = 0; item < sold; item += 1) features[item * width + feature] = value(item);
    };
    const size = Math.log(past.basketSizeMean);
    place(0, () => 1);
    lately.logShares(atMs, sold, column);
    place(1, (item) => column[item]);
    latelySlow.logShares(atMs, sold, column);
    place(2, (item) => column[item]);
    companions(past, atMs, together, column.subarray(0, sold));
    place(3, (item) => Math.log(1e-4 + column[item]));
    place(4, (item) => Math.log(1 + (atMs - firstSold[item]) / DAY_MS) - 4);
    place(5, () => size);
    for (let item = 0; item < sold; item += 1)
      features.fill(0, item * width + 6, (item + 1) * width);
    for (const own of past.items.values()) {
      const at = own.item * width;
      features[at + 6] = 1;
      features[at + 7] = Math.log(1 + own.basketCount);
      features[at + 8] = Math.log(1 + (atMs - own.lastAtMs) / DAY_MS);
      features[at + 9] = own.basketCount / past.basketCount;
    }
  }

  function learn({ customer, atMs, items }: Basket): void {
    const past = history.of(customer);
    if (past === undefined || past.lastAtMs >= atMs) return;
    fillFeatures(past, atMs);
    labels.fill(0);
    for (const item of items) labels[item] = 1;
    regression.learn(features, sold, labels);
  }

  return {
    together,
    soldCount: () => sold,
    firstSoldAtMs: (item) => firstSold[item],
    unitPriceMinor: (item) => prices[item],
    isReturning: (customer, atMs) => (history.of(customer)?.lastAtMs ?? atMs) < atMs,
    probabilities: (customer, atMs) => {
      const past = history.of(customer);
      assert(past !== undefined, `customer ${customer} has a past`);
      fillFeatures(past, atMs);
      regression.predict(features, sold, predicted);
      return predicted.subarray(0, sold);
    },
    observe: (basket) => {
      learn(basket);
      for (const learner of [together, lately, latelySlow, history]) learner.observe(basket);
      for (const [at, item] of basket.items.entries()) {
        assert(item <= sold, "a new item has the next free index");
        if (item === sold) {
          firstSold[item] = basket.atMs;
          sold += 1;
        }
        prices[item] = basket.unitPriceMinor[at];
      }
    },
  };
}

/**
 * How strongly a customer's recent items call for each other item: the mean, weighted by recency,
 * of the share of baskets with a recent item that held the other one too.
 */
function companions(
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

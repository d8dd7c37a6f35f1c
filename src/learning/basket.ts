/**
 * Baskets: what the learners are fed. Customers and items are small integers handed out in order of
 * first appearance, so that every learner can keep its state in flat arrays; what they stand for is
 * the caller's business.
 */
import { assert } from "#foundation";

/** One purchase at one instant. The arrays run in parallel, one entry per distinct item. */
export interface Basket {
  /** Customer index, or {@link ANONYMOUS}. */
  readonly customer: number;
  /** Milliseconds on any fixed clock; only differences matter. */
  readonly atMs: number;
  /** Distinct item indices; an item never seen before has the next free index. */
  readonly items: Int32Array;
  /** What was paid for each item, in minor units. */
  readonly paidMinor: Float64Array;
  /** Price of one unit of each item, in minor units. */
  readonly unitPriceMinor: Float64Array;
}

/** The customer of a basket whose buyer is not known. */
export const ANONYMOUS = -1;

/** Something that learns from baskets one after the other. */
export interface BasketLearner {
  /** Takes in a basket. Baskets come in order of time. */
  observe(basket: Basket): void;
}

/**
 * Walks `baskets` so that nothing is used before it has happened: a basket is handed out when
 * `learner` has observed every strictly earlier one and none of the same instant.
 *
 * @throws AssertionError when the baskets are not in order of time.
 */
export function* walkInTime(
  baskets: readonly Basket[],
  learner: BasketLearner,
): Generator<Basket, void, undefined> {
  let observed = 0;
  let lastAtMs = Number.NEGATIVE_INFINITY;
  for (const basket of baskets) {
    assert(basket.atMs >= lastAtMs, "baskets in order of time");
    lastAtMs = basket.atMs;
    while (baskets[observed].atMs < basket.atMs) {
      learner.observe(baskets[observed]);
      observed += 1;
    }
    yield basket;
  }
}

/**
 * Predictions come from the past alone, tell repeaters and companions from strangers, and are
 * repeatable.
 */
import { describe, expect, it } from "vitest";
import { type RandomStream, randomStream, shuffle } from "#foundation";
import { ANONYMOUS, type Basket, walkInTime } from "./basket.ts";
import { nextPurchase } from "./next-purchase.ts";

const DAY_MS = 86_400_000;
const ITEMS = 40;

function basketOf(customer: number, atMs: number, items: readonly number[]): Basket {
  return {
    customer,
    atMs,
    items: Int32Array.from(items),
    paidMinor: Float64Array.from(items, (item) => 100 + item),
    unitPriceMinor: Float64Array.from(items, (item) => 50 + item),
  };
}

/** A shop of two tastes: customers with an even number buy even items, the others odd ones. */
function shop(seed: number, count: number): Basket[] {
  const random = randomStream(seed, "shop");
  const everything = basketOf(
    ANONYMOUS,
    0,
    Array.from({ length: ITEMS }, (_, item) => item),
  );
  const baskets = [everything];
  for (let day = 1; day <= count; day += 1) {
    const customer = random.below(20);
    baskets.push(basketOf(customer, day * DAY_MS, tasteOf(customer, random)));
  }
  return baskets;
}

function tasteOf(customer: number, random: RandomStream): number[] {
  const liked = Array.from({ length: ITEMS / 2 }, (_, at) => 2 * at + (customer % 2));
  shuffle(liked, random);
  return liked.slice(0, 4);
}

/** Every prediction for a returning customer's basket up to `untilMs`. */
function predictions(baskets: readonly Basket[], untilMs: number): number[][] {
  const model = nextPurchase(ITEMS);
  const made: number[][] = [];
  for (const { customer, atMs } of walkInTime(baskets, model)) {
    if (atMs > untilMs) break;
    if (model.isReturning(customer, atMs)) made.push([...model.probabilities(customer, atMs)]);
  }
  return made;
}

describe("nextPurchase", () => {
  const baskets = shop(3, 300);
  const untilMs = 200 * DAY_MS;
  const past = baskets.filter(({ atMs }) => atMs < untilMs);
  const now = baskets.filter(({ atMs }) => atMs === untilMs);
  const later = baskets.filter(({ atMs }) => atMs > untilMs);

  it("does not change when the basket itself or anything after it changes", () => {
    const expected = predictions(baskets, untilMs);
    expect(expected.length).toBeGreaterThan(100);
    const shuffled = [...later];
    shuffle(shuffled, randomStream(5));
    const futures = {
      absent: [],
      shuffled: shuffled.map((basket, at) => ({ ...basket, atMs: later[at].atMs })),
      altered: later.map((basket) => basketOf(1 - basket.customer, basket.atMs, [0, 1, 2, 3])),
    };
    const other = now.map(({ customer, atMs }) => basketOf(customer, atMs, [7]));
    for (const future of Object.values(futures)) {
      expect(predictions([...past, ...other, ...future], untilMs)).toEqual(expected);
    }
  });

  it("does change when the past changes", () => {
    const altered = past.map(({ customer, atMs }, at) =>
      at === 0 ? past[0] : basketOf(customer, atMs, [0, 1]),
    );
    expect(predictions([...altered, ...now], untilMs)).not.toEqual(predictions(baskets, untilMs));
  });

  it("learns each customer's taste", () => {
    const model = nextPurchase(ITEMS);
    for (const basket of shop(3, 900)) model.observe(basket);
    for (const customer of [2, 3]) {
      const scores = [...model.probabilities(customer, 901 * DAY_MS)];
      const mean = (parity: number) =>
        scores.filter((_, item) => item % 2 === parity).reduce((a, b) => a + b) / (ITEMS / 2);
      expect(mean(customer % 2)).toBeGreaterThan(5 * mean(1 - (customer % 2)));
      expect(mean(customer % 2)).toBeCloseTo(4 / 20, 1);
    }
  });

  it("does not take one of two baskets of the same instant for the other's past", () => {
    const before = shop(8, 60);
    const twins = [basketOf(50, 61 * DAY_MS, [4, 6]), basketOf(50, 61 * DAY_MS, [8, 9])];
    const predicted = (last: readonly Basket[]) => {
      const model = nextPurchase(ITEMS);
      for (const basket of [...before, ...last]) model.observe(basket);
      return [...model.probabilities(4, 62 * DAY_MS)];
    };
    expect(predicted(twins)).toEqual(predicted(twins.toReversed()));
  });

  it("knows first sales, last prices, and who returns", () => {
    const model = nextPurchase(3);
    expect(model.soldCount()).toBe(0);
    expect(model.isReturning(0, 10)).toBe(false);
    model.observe(basketOf(0, 10, [0, 1]));
    model.observe({ ...basketOf(ANONYMOUS, 20, [0]), unitPriceMinor: Float64Array.of(70) });
    expect(model.soldCount()).toBe(2);
    expect(model.firstSoldAtMs(0)).toBe(10);
    expect([model.unitPriceMinor(0), model.unitPriceMinor(1)]).toEqual([70, 51]);
    expect(model.isReturning(0, 10)).toBe(false);
    expect(model.isReturning(0, 11)).toBe(true);
    expect(model.isReturning(ANONYMOUS, 30)).toBe(false);
  });

  it("refuses item indices that are not handed out in order", () => {
    expect(() => nextPurchase(9).observe(basketOf(0, 0, [4]))).toThrow("next free index");
  });
});

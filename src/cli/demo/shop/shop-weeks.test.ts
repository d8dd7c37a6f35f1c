/**
 * Questions come from the past alone: a week's catalogue and each basket's candidates do not know
 * what comes later.
 */
import { describe, expect, it } from "vitest";
import { randomStream } from "#foundation";
import { ANONYMOUS, type Basket } from "#learning";
import type { SalesBook } from "../sales/sales-book.ts";
import { countQuestions, type ShopWeek, shopWeeks } from "./shop-weeks.ts";

const DAY_MS = 86_400_000;
const ITEMS = 30;
const PERIOD = { fromMs: 60 * DAY_MS, untilMs: 81 * DAY_MS };

/** Ninety days of baskets; a new item appears every other day from day 30 on. */
function sales(): Basket[] {
  const random = randomStream(4, "sales");
  return Array.from({ length: 360 }, (_, at) => {
    const day = Math.floor(at / 4);
    const newest = Math.min(ITEMS - 1, day < 30 ? 5 : 5 + Math.floor((day - 30) / 2));
    const first = at < 6 ? at : random.below(newest);
    const items = at > 6 && day >= 30 ? [...new Set([first, newest])] : [first];
    return basketOf(random.below(8), (at / 4) * DAY_MS, items);
  });
}

function basketOf(customer: number, atMs: number, items: readonly number[]): Basket {
  return {
    customer,
    atMs,
    items: Int32Array.from(items),
    paidMinor: Float64Array.from(items, (item) => 100 + item),
    unitPriceMinor: Float64Array.from(items, (item) => 90 * item),
  };
}

function bookOf(baskets: readonly Basket[]): SalesBook {
  return {
    baskets,
    itemCodes: Array.from({ length: ITEMS }, (_, item) => `SKU${item}`),
    descriptions: new Map(),
    lineCount: 0,
    passedOverCount: 0,
  };
}

async function weeksOf(baskets: readonly Basket[], period = PERIOD): Promise<ShopWeek[]> {
  const weeks: ShopWeek[] = [];
  const named = new Map([["SKU0", "RED MUG"]]);
  for await (const week of shopWeeks(bookOf(baskets), named, period, 1, async () => {})) {
    weeks.push(week);
  }
  return weeks;
}

describe("shopWeeks", () => {
  const baskets = sales();

  it("asks about each basket of a returning customer, with a catalogue a week", async () => {
    const weeks = await weeksOf(baskets);
    const asked = weeks.flatMap(({ questions }) => questions);
    expect(weeks).toHaveLength(3);
    expect(asked).toHaveLength(84);
    expect(countQuestions(bookOf(baskets), PERIOD)).toBe(84);
    expect(asked.every(({ atMs }) => atMs >= PERIOD.fromMs && atMs < PERIOD.untilMs)).toBe(true);
  });

  it("offers only registered items, most probable first, with ages", async () => {
    for (const { items, questions } of await weeksOf(baskets)) {
      const registered = new Set(items.map(({ id }) => id));
      for (const { candidates } of questions) {
        const scores = candidates.map(({ score }) => score);
        expect(candidates.every(({ id }) => registered.has(id))).toBe(true);
        expect(scores).toEqual(scores.toSorted((a, b) => b - a));
        expect(candidates.every(({ ageHours }) => ageHours >= 0)).toBe(true);
      }
    }
  });

  it("does not change when the future does", async () => {
    const [first, second] = await weeksOf(baskets);
    const turnMs = second.questions[0].atMs;
    const altered = baskets.map((basket) =>
      basket.atMs > turnMs ? basketOf(ANONYMOUS, basket.atMs, [0, 1]) : basket,
    );
    const [same, turned] = await weeksOf(altered);
    expect(same).toEqual(first);
    expect(turned.items).toEqual(second.items);
    expect(turned.questions[0]).toEqual(second.questions[0]);
  });

  it("describes items by name, groups and last price", async () => {
    const [{ items }] = await weeksOf(baskets);
    expect(items[0]).toMatchObject({ id: "SKU0", title: "RED MUG", price: 0 });
    expect(items[2]).toMatchObject({ title: "Item SKU2", group: ["price-1-2"], price: 180 });
    expect(items[3].embedding ?? []).not.toContain(Number.NaN);
  });

  it("has nothing to ask of an empty log or an empty period", async () => {
    expect(await weeksOf([])).toEqual([]);
    expect(countQuestions(bookOf([]), PERIOD)).toBe(0);
    const before = { fromMs: -2, untilMs: -1 };
    expect(await weeksOf(baskets, before)).toEqual([]);
  });
});

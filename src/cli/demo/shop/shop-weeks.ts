/**
 * A period of the shop's log as a series of weeks: at the start of each the catalogue is registered
 * anew, then every basket of a returning customer becomes a question, asked with what was known
 * strictly before that basket.
 */
import { type Basket, nextPurchase, walkInTime } from "#learning";
import type { SalesBook } from "../sales/sales-book.ts";
import {
  candidatesFor,
  catalogueItems,
  type Names,
  type ScoredItem,
  type ShopItem,
} from "./shop-catalogue.ts";
import { CANDIDATES_MAX } from "./shop-policy.ts";

const WEEK_MS = 7 * 86_400_000;
/** Some tens of milliseconds of learning. */
const BASKETS_PER_PAUSE = 100;

/** A span of time: from the first instant up to but excluding the last. */
export interface Period {
  readonly fromMs: number;
  readonly untilMs: number;
}

/** One returning customer's basket, as a question and what was then bought. */
export interface ShopQuestion {
  readonly customer: number;
  readonly atMs: number;
  readonly candidates: readonly ScoredItem[];
  /** What was paid for each item of the basket, by stock code, in minor units. */
  readonly paidMinor: ReadonlyMap<string, number>;
}

/** A catalogue and the questions asked while it stands. */
export interface ShopWeek {
  readonly items: readonly ShopItem[];
  readonly questions: readonly ShopQuestion[];
}

/** How many baskets of returning customers the period holds. */
export function countQuestions(book: SalesBook, period: Period): number {
  const first = new Map<number, number>();
  let count = 0;
  for (const { customer, atMs } of book.baskets) {
    if (customer < 0) continue;
    if (isWithin(period, atMs) && (first.get(customer) ?? atMs) < atMs) count += 1;
    if (!first.has(customer)) first.set(customer, atMs);
  }
  return count;
}

/**
 * The weeks of `period` that hold a question, one after the other; learns while it walks.
 *
 * @param pause called every now and then, so that learning does not hold up everything else; may
 * throw to end it.
 */
export async function* shopWeeks(
  book: SalesBook,
  descriptions: ReadonlyMap<string, string>,
  period: Period,
  seed: number,
  pause: () => Promise<void>,
): AsyncGenerator<ShopWeek, void, undefined> {
  const names: Names = { itemCodes: book.itemCodes, descriptions };
  const model = nextPurchase(book.itemCodes.length);
  let items: ShopItem[] = [];
  let questions: ShopQuestion[] = [];
  let endsMs = period.fromMs;
  let walked = 0;
  for (const basket of walkInTime(book.baskets, model)) {
    walked += 1;
    if (walked % BASKETS_PER_PAUSE === 0) await pause();
    if (basket.atMs >= period.untilMs) break;
    if (basket.atMs < period.fromMs) continue;
    if (basket.atMs >= endsMs) {
      if (questions.length > 0) yield { items, questions };
      items = catalogueItems(model, names, seed);
      questions = [];
      while (endsMs <= basket.atMs) endsMs += WEEK_MS;
    }
    const { customer, atMs } = basket;
    if (!model.isReturning(customer, atMs)) continue;
    const limits = { registeredCount: items.length, countMax: CANDIDATES_MAX };
    const candidates = candidatesFor(model, names, customer, atMs, limits);
    questions.push({ customer, atMs, candidates, paidMinor: paidIn(basket, book) });
  }
  if (questions.length > 0) yield { items, questions };
}

function paidIn({ items, paidMinor }: Basket, { itemCodes }: SalesBook): Map<string, number> {
  return new Map(Array.from(items, (item, at) => [itemCodes[item], paidMinor[at]]));
}

function isWithin({ fromMs, untilMs }: Period, atMs: number): boolean {
  return atMs >= fromMs && atMs < untilMs;
}

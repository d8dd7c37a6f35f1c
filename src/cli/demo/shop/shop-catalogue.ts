/**
 * The shop's catalogue as the ranking type registers it, and a customer's candidates: both from
 * what had been sold before a given instant, and from nothing later.
 */
import { randomStream } from "#foundation";
import { itemEmbedding, type NextPurchase, priceBand, wordGroups } from "#learning";

/** Numbers in an item's embedding. */
const DIMENSION = 16;

const HOUR_MS = 3_600_000;

/** One item as `PUT /v1/items/{set}` takes it. */
export interface ShopItem {
  readonly id: string;
  readonly title: string;
  readonly group: readonly string[];
  readonly price: number;
  readonly embedding?: readonly number[];
}

/** One candidate of a request that names the item set. */
export interface ScoredItem {
  readonly id: string;
  /** Probability that the item is in the basket. */
  readonly score: number;
  readonly ageHours: number;
}

/** What stock codes mean. */
export interface Names {
  readonly itemCodes: readonly string[];
  readonly descriptions: ReadonlyMap<string, string>;
}

/**
 * Every item sold so far, with its groups, last price and embedding. Same past and seed, same
 * items.
 */
export function catalogueItems(model: NextPurchase, names: Names, seed: number): ShopItem[] {
  const count = model.soldCount();
  const titles = names.itemCodes
    .slice(0, count)
    .map((code) => names.descriptions.get(code) ?? `Item ${code}`);
  const words = wordGroups(titles);
  const random = randomStream(seed, "item-embedding");
  const vectors = itemEmbedding(model.together, count, DIMENSION, random);
  return titles.map((title, item) => {
    const price = model.unitPriceMinor(item);
    const vector = Array.from(vectors.subarray(item * DIMENSION, (item + 1) * DIMENSION), rounded);
    const word = words[item];
    return {
      id: names.itemCodes[item],
      title,
      group: word === undefined ? [priceBand(price)] : [word, priceBand(price)],
      price,
      ...(vector.some((number) => number !== 0) && { embedding: vector }),
    };
  });
}

/**
 * The `countMax` most probable items for a customer's basket at `atMs`, most probable first, among
 * those with an index below `registeredCount`.
 */
export function candidatesFor(
  model: NextPurchase,
  names: Names,
  customer: number,
  atMs: number,
  { registeredCount, countMax }: { readonly registeredCount: number; readonly countMax: number },
): ScoredItem[] {
  const probabilities = model.probabilities(customer, atMs).subarray(0, registeredCount);
  return Array.from(probabilities.keys())
    .sort((a, b) => probabilities[b] - probabilities[a] || a - b)
    .slice(0, countMax)
    .map((item) => ({
      id: names.itemCodes[item],
      score: Math.round(probabilities[item] * 1e6) / 1e6,
      ageHours: Math.round((atMs - model.firstSoldAtMs(item)) / HOUR_MS),
    }));
}

/** Three decimals tell directions apart and keep the catalogue small. */
function rounded(number: number): number {
  return Math.round(number * 1000) / 1000 + 0;
}

/**
 * What a shop's homepage asks, again and again: 200 of its items scored for a visitor, 10 places,
 * a few of a kind at most, something new among them. Seeded, so every run asks the same.
 */
import { type RandomStream, randomStream } from "#foundation";

/** One request, ready to be written to a socket but for its head. */
export interface Asked {
  readonly body: string;
  /** The ids it offers, against which the answer is held. */
  readonly ids: ReadonlySet<string>;
}

/** How many positions every request asks for. */
export const POSITIONS = 10;

/** The name under which the items are registered. */
export const ITEM_SET = "bench-shop";

const ITEMS = 2000;
const CANDIDATES = 200;
const DIMENSION = 32;
const KINDS = 25;
const BANDS = 5;

interface ShopItem {
  readonly id: string;
  readonly group: readonly string[];
  readonly ageHours: number;
  readonly embedding: readonly number[];
}

const RULES = {
  weights: { utility: 1, diversity: 0.1, freshness: 0.02, halfLifeHours: 720 },
  rules: {
    maxPerGroup: { "*": 3, ...Object.fromEntries(bands().map((band) => [band, 5])) },
    minFresh: { count: 1, withinHours: 1008 },
    soft: { minFresh: 0.02 },
  },
};

/** The shop's items: 25 kinds whose embeddings lie near each other, five price bands. */
export function shopItems(): readonly ShopItem[] {
  const random = randomStream(1, "bench-shop");
  const centres = Array.from({ length: KINDS }, () => vector(random, 1));
  return Array.from({ length: ITEMS }, (_, index) => {
    const kind = random.below(KINDS);
    const spread = vector(random, 0.8);
    return {
      id: `item-${index}`,
      group: [`kind-${kind}`, `band-${random.below(BANDS)}`],
      ageHours: random.below(8000),
      embedding: centres[kind].map((axis, at) => rounded(axis + spread[at])),
    };
  });
}

/** `count` requests that name the registered items and send ids and scores alone. */
export function registeredRequests(count: number): readonly Asked[] {
  return drawn(count, (chosen) => ({
    candidates: chosen.map(({ item, score }) => ({ id: item.id, score })),
    items: ITEM_SET,
  }));
}

/** `count` requests that send everything known of each candidate, 32 numbers of it an embedding. */
export function embeddingRequests(count: number): readonly Asked[] {
  return drawn(count, (chosen) => ({
    candidates: chosen.map(({ item, score }) => ({ ...item, score })),
  }));
}

interface Scored {
  readonly item: ShopItem;
  readonly score: number;
}

function drawn(count: number, part: (chosen: readonly Scored[]) => object): readonly Asked[] {
  const items = shopItems();
  return Array.from({ length: count }, (_, index) => {
    const random = randomStream(index, "bench-request");
    // The less the scores tell items apart, the more their likeness does: one in six is
    // about as many as with the example shop.
    const scale = 0.08 + 0.32 * random.unit();
    const numbers = new Set<number>();
    while (numbers.size < CANDIDATES) numbers.add(random.below(items.length));
    const chosen = Array.from(numbers, (number) => {
      // Probabilities of purchase: a few high ones, many low ones.
      return { item: items[number], score: rounded(scale * random.unit() ** 4) };
    });
    const body = JSON.stringify({
      ...part(chosen),
      k: POSITIONS,
      ...RULES,
      subject: { id: `visitor-${index}` },
    });
    return { body, ids: new Set(chosen.map(({ item }) => item.id)) };
  });
}

function bands(): string[] {
  return Array.from({ length: BANDS }, (_, band) => `band-${band}`);
}

function vector(random: RandomStream, length: number): number[] {
  return Array.from({ length: DIMENSION }, () => length * (2 * random.unit() - 1));
}

function rounded(number: number): number {
  return Math.round(number * 1e4) / 1e4;
}

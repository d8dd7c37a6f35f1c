/**
 * Item groups: what kind of thing an item is, told from its description and its price. A
 * description belongs to the most common of its words that is neither rare nor everywhere: mostly
 * the noun (`bag`, `box`, `mug`) or the pattern a shop's customers know (`retrospot`). No list of
 * nouns is needed, so it works for any shop that writes in words.
 */

/** A word names a group when at least this many items carry it, and at most this share of all. */
const WORD_ITEMS_MIN = 12;
const WORD_SHARE_MAX = 0.08;

/** Words that say how many, how large or which colour, not what. */
const NOT_A_KIND = new Set(
  (
    "set pack pc piece pair assorted design style small medium large mini jumbo big tall round " +
    "red blue green pink white black cream ivory silver gold purple yellow orange brown grey " +
    "clear colour " +
    "and with for the from unknown"
  ).split(" "),
);

/** The word group of each description, or `undefined` where no word qualifies. */
export function wordGroups(descriptions: readonly string[]): (string | undefined)[] {
  const words = descriptions.map(kindWords);
  const itemCounts = new Map<string, number>();
  for (const own of words) {
    for (const word of own) itemCounts.set(word, (itemCounts.get(word) ?? 0) + 1);
  }
  const most = Math.max(WORD_ITEMS_MIN, descriptions.length * WORD_SHARE_MAX);
  const rank = (word: string) => {
    const count = itemCounts.get(word) ?? 0;
    return count >= WORD_ITEMS_MIN && count <= most ? count : 0;
  };
  return words.map((own) => {
    const best = own.reduce((a, b) => (rank(b) > rank(a) ? b : a), "");
    return rank(best) > 0 ? best : undefined;
  });
}

/**
 * The price band of an amount in minor units, e.g. `price-2-5`: from 2 up to but excluding 5 major
 * units.
 */
export function priceBand(unitPriceMinor: number): string {
  const upper = PRICE_BANDS.findIndex((bound) => unitPriceMinor < bound * 100);
  if (upper < 0) return `price-${PRICE_BANDS[PRICE_BANDS.length - 1]}-up`;
  return `price-${upper === 0 ? 0 : PRICE_BANDS[upper - 1]}-${PRICE_BANDS[upper]}`;
}

const PRICE_BANDS = [1, 2, 5, 10];

function kindWords(description: string): string[] {
  const words = description.toLowerCase().match(/[a-z]{3,}/g) ?? [];
  return [...new Set(words.map(singular))].filter((word) => !NOT_A_KIND.has(word));
}

function singular(word: string): string {
  if (/(ss|us|is)$/.test(word)) return word;
  if (/(ch|sh|x)es$/.test(word)) return word.slice(0, -2);
  return word.endsWith("s") && word.length > 3 ? word.slice(0, -1) : word;
}

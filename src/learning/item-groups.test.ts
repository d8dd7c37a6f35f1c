/**
 * Groups told from words and prices.
 */
import { describe, expect, it } from "vitest";
import { priceBand, wordGroups } from "./item-groups.ts";

const repeated = (count: number, text: string) => Array.from({ length: count }, () => text);

describe("wordGroups", () => {
  const shop = [
    ...repeated(12, "JUMBO BAG RED"),
    ...repeated(8, "LUNCH BAGS, CARS"),
    ...repeated(14, "SET OF 3 CAKE TINS"),
    ...repeated(5, "GLASS BOWL"),
    ...repeated(300, "?"),
  ];
  const groups = wordGroups(shop).map(String);

  it.each([
    [0, "bag", "the kind, not the size or the colour"],
    [12, "bag", "plural and singular are one word"],
    [20, "cake", "of two equally common words the first"],
    [34, "undefined", "too few items to be a group"],
    [39, "undefined", "no word at all"],
  ])("item %i is in %s: %s", (item, expected) => {
    expect(groups[item]).toBe(expected);
  });

  it("passes over words that are everywhere", () => {
    expect(wordGroups(repeated(200, "VINTAGE"))).toEqual(repeated(200, "").map(() => undefined));
  });

  it("has nothing to say about nothing", () => {
    expect(wordGroups([])).toEqual([]);
  });
});

describe("priceBand", () => {
  it.each([
    [0, "price-0-1"],
    [99, "price-0-1"],
    [100, "price-1-2"],
    [999, "price-5-10"],
    [1000, "price-10-up"],
    [1e9, "price-10-up"],
  ])("of %i is %s", (minor, band) => {
    expect(priceBand(minor)).toBe(band);
  });
});

/**
 * The comparison against sums done by hand.
 */
import { describe, expect, it } from "vitest";
import { randomStream } from "#foundation";
import type { Judgement } from "../judge.ts";
import { type ComparedBasket, compare } from "./comparison.ts";

function judged(hitCount: number, capturedMinor: number, itemIds: string[], broken = 0): Judgement {
  return {
    itemIds,
    hitCount,
    capturedMinor,
    objective: hitCount / 10,
    broken: Array.from({ length: broken }, () => "maxPerGroup:bag"),
    similarityMean: 0.5,
  };
}

function basketOf(customer: number, bound: number | null, hits: readonly number[]): ComparedBasket {
  const [topByScore, mmr, tandem] = hits;
  return {
    customer,
    paidMinor: 1000,
    bound,
    judgements: {
      topByScore: judged(topByScore, 100 * topByScore, ["A", "B"], 1),
      mmr: judged(mmr, 100 * mmr, ["A", "C"]),
      tandem: judged(tandem, 100 * tandem, ["A", `D${customer}`]),
    },
  };
}

const baskets = [
  basketOf(0, 0.4, [3, 0, 2]),
  basketOf(1, 0.2, [1, 1, 2]),
  basketOf(1, null, [0, 0, 0]),
];
const seeded = () => randomStream(1, "comparison");

describe("compare", () => {
  const { methods, differences } = compare(baskets, 20, seeded());
  const [best, mmr, tandem] = methods;

  it("adds up each measure per method", () => {
    expect(methods.map(({ method }) => method)).toEqual(["topByScore", "mmr", "tandem"]);
    expect(best.hitRate.value).toBeCloseTo(2 / 3, 12);
    expect(mmr.hits.value).toBeCloseTo(1 / 3, 12);
    expect(tandem.revenueShare.value).toBeCloseTo(400 / 3000, 12);
    expect(tandem.similarity.value).toBe(0.5);
    expect(tandem.objective.value).toBeCloseTo(0.4 / 3, 12);
  });

  it("counts broken rules and distinct items, and gaps of answers that keep the rules", () => {
    expect([best.rulesBroken.value, tandem.rulesBroken.value]).toEqual([1, 0]);
    expect(methods.map(({ coverage }) => coverage)).toEqual([0.1, 0.1, 0.15]);
    expect(best.gapMean).toBeNull();
    expect(mmr.gapMean).toBeCloseTo((0.4 / 0.4 + 0.1 / 0.2) / 2, 12);
    expect(tandem.gapMean).toBeCloseTo((0.2 / 0.4 + 0) / 2, 12);
  });

  it("takes differences basket by basket", () => {
    expect(differences.map(({ minus }) => minus)).toEqual(["topByScore", "mmr"]);
    expect(differences[0].hits.value).toBeCloseTo(0, 12);
    expect(differences[1].hits.value).toBeCloseTo(1, 12);
    expect(differences[1].similarity).toMatchObject({ value: 0, lower: 0, upper: 0 });
    for (const { hits } of differences) expect(hits.lower).toBeLessThanOrEqual(hits.upper);
  });

  it("repeats with the seed, and takes a basket worth nothing and a single one", () => {
    expect(compare(baskets, 20, seeded())).toEqual({ methods, differences });
    const worthless = { ...basketOf(0, null, [0, 0, 0]), paidMinor: 0 };
    expect(compare([worthless], 20, seeded()).methods[2].revenueShare.value).toBe(0);
  });
});

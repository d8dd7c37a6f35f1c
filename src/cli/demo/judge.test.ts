/**
 * The judge against values worked out by hand.
 */
import { describe, expect, it } from "vitest";
import { judgeOf } from "./judge.ts";
import { DEMO_POLICY } from "./shop/shop-policy.ts";

const ITEMS = [
  { id: "A", title: "A", group: ["mug"], price: 100, embedding: [3, 4] },
  { id: "B", title: "B", group: ["mug"], price: 200, embedding: [4, 3] },
  { id: "C", title: "C", group: ["bag"], price: 300, embedding: [-4, -3] },
  { id: "D", title: "D", group: ["bag"], price: 400 },
];
const CANDIDATES = ITEMS.map(({ id }, at) => ({ id, score: 0.4 - at / 10, ageHours: 5000 }));
const PAID = new Map([
  ["A", 150],
  ["D", 800],
  ["E", 50],
]);

function posed() {
  const question = { customer: 0, atMs: 0, candidates: CANDIDATES, paidMinor: PAID };
  return judgeOf(ITEMS, DEMO_POLICY)(question, { candidates: CANDIDATES, k: 3, items: "demo" });
}

function answer(...ids: readonly string[]) {
  const items = ids.map((id, index) => ({ id, position: index + 1 }));
  return { items, requested: 3, shortenedBy: [] };
}

describe("judgeOf", () => {
  it.each([
    [["A", "B", "C"], 1, 150, 0.96 / 3, "only the pair A and B is alike"],
    [["A", "D", "B"], 2, 950, 0.96 / 3, "an item without an embedding is like nothing"],
    [["B", "C", "D"], 1, 800, 0, "opposites count as unlike"],
    [["D"], 1, 800, 0, "there is no pair"],
    [[], 0, 0, 0, "there is nothing"],
  ])("of %j: %i bought for %i, similarity %f: %s", (ids, hitCount, capturedMinor, similarity) => {
    const judgement = posed().judge(answer(...ids));
    expect(judgement).toMatchObject({ itemIds: ids, hitCount, capturedMinor });
    expect(judgement.similarityMean).toBeCloseTo(similarity, 12);
  });

  it("takes objective and rules from the type's own check", () => {
    const { objective, broken } = posed().judge(answer("A", "B", "C"));
    const weights = [1, 1 / Math.log2(3), 1 / 2];
    const sum = weights.reduce((a, b) => a + b);
    const decay = 0.02 * 2 ** (-5000 / 720);
    const worth = [0.4, 0.3, 0.2].reduce(
      (all, s, at) => all + (weights[at] / sum) * (s + decay),
      0,
    );
    expect(objective).toBeCloseTo(worth - (0.1 * 0.96) / 3 - 0.02, 9);
    expect(broken).toEqual([]);
    expect(posed().judge(answer("A")).broken).not.toEqual([]);
  });

  it("has the rule's answer", () => {
    const { ruleAnswer, judge } = posed();
    const found = ruleAnswer();
    expect(found?.items).toHaveLength(3);
    expect(judge(found ?? answer()).broken).toEqual([]);
  });
});

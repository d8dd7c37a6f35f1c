/**
 * The greedy rule: what it does about each rule, and how it fares against the best.
 */
import { describe, expect, test } from "vitest";
import { beats, verify } from "#problem";
import { bestOrder } from "../../../test/generators/ranking-oracle.ts";
import { rankingRequest } from "../../../test/generators/ranking-requests.ts";
import { ranking } from "./definition.ts";
import { answerSchema, type RankingRequest, type RequestedRules } from "./schema.ts";

function posed(body: unknown) {
  const setting = { policy: ranking.defaultPolicy, items: undefined, atUtcMs: 0 };
  return ranking.parse(body).pose(setting);
}

const candidates: RankingRequest["candidates"] = [
  { id: "a", score: 5, group: ["red"], embedding: [1, 0] },
  { id: "b", score: 4, group: ["red"], embedding: [1, 0.1] },
  { id: "c", score: 3, group: ["blue"], embedding: [0, 1], ageHours: 3 },
  { id: "d", score: 2, group: ["blue"], embedding: [0.1, 1] },
];

/** What the rule answers, as ids run together; `none` where it finds nothing. */
function ruled(rules: RequestedRules, more: Partial<RankingRequest> = {}): string {
  const { problem, rule, read } = posed({ candidates, k: 3, rules, ...more });
  const sample = rule();
  if (sample === undefined) return "none";
  expect(verify(problem, sample).feasible).toBe(true);
  const { items } = answerSchema.parse(read(sample));
  return items.map(({ id }) => id).join("");
}

describe("the greedy answers", () => {
  test.each<{ rules: RequestedRules; more?: Partial<RankingRequest>; is: string; remark: string }>([
    { rules: {}, is: "abc", remark: "the best by score where nothing else weighs" },
    { rules: {}, more: { k: 2, weights: { diversity: 20 } }, is: "ac", remark: "less of the same" },
    { rules: {}, more: { k: 9 }, is: "abcd", remark: "all there are" },
    { rules: { maxPerGroup: { "*": 1 } }, is: "ac", remark: "as many as caps allow" },
    { rules: { excluded: ["a"] }, is: "bcd", remark: "without the excluded" },
    { rules: { spacing: true }, is: "acb", remark: "neighbours of other groups" },
    { rules: { pinned: [{ id: "d", position: 1 }] }, is: "dab", remark: "around a pin" },
    {
      rules: { pinned: [{ id: "a", position: 3 }], spacing: true },
      more: { k: 3 },
      is: "bca",
      remark: "towards a pin that comes later",
    },
    { rules: { minPerGroup: { blue: 2 } }, is: "acd", remark: "with places kept for minima" },
    {
      rules: { minFresh: { count: 1, withinHours: 5 }, maxPerGroup: { blue: 1 } },
      more: { k: 2 },
      is: "ac",
      remark: "the fresh item before the last place is gone",
    },
    {
      rules: { minPerGroup: { red: 2, blue: 2 } },
      is: "none",
      remark: "nothing where minima exceed the places",
    },
    {
      rules: {
        pinned: [
          { id: "a", position: 1 },
          { id: "b", position: 1 },
        ],
      },
      is: "none",
      remark: "nothing where pins clash",
    },
    {
      rules: { pinned: [{ id: "a", position: 4 }] },
      is: "none",
      remark: "nothing where a pin lies beyond the last place",
    },
    {
      rules: { excluded: ["a"], pinned: [{ id: "a", position: 1 }] },
      is: "none",
      remark: "nothing where the pinned is excluded",
    },
    {
      rules: { spacing: true, soft: { spacing: 0.01 } },
      is: "abc",
      remark: "a cheap penalty paid",
    },
    { rules: { spacing: true, soft: { spacing: 9 } }, is: "acb", remark: "a dear one avoided" },
    {
      rules: { pinned: [{ id: "d", position: 2 }], soft: { pinned: 9 } },
      is: "adb",
      remark: "a soft pin kept where it is dear",
    },
    { rules: { minPerGroup: { blue: 2 }, soft: { minPerGroup: 9 } }, is: "cda", remark: "dear" },
  ])("$is: $remark", ({ rules, more, is }) => {
    expect(ruled(rules, more)).toBe(is);
  });

  test("nothing to nothing", () => {
    expect(posed({ candidates: [], k: 3 }).rule()?.values).toHaveLength(0);
  });
});

test("what spacing blocks at the end goes in earlier", () => {
  const cards = ["b", "a1", "a2"].map((id) => ({ id, score: id === "b" ? 9 : 1, group: [id[0]] }));
  const { rule } = posed({ candidates: cards, k: 3, rules: { spacing: true } });
  expect(rule()?.values).toEqual(Int32Array.of(2, 0, 1));
});

test("over all kinds of rules: feasible, never above the best, seldom without an answer", () => {
  let feasible = 0;
  let unanswered = 0;
  for (let seed = 0; seed < 1500; seed += 1) {
    const sizes = { candidateCount: seed % 7, positionCount: 1 + (seed % 4) };
    const { problem, rule, read, check } = posed(rankingRequest(seed, sizes));
    const best = bestOrder(problem);
    const sample = rule();
    if (best === undefined) expect(sample).toBeUndefined();
    else feasible += 1;
    if (sample === undefined) {
      unanswered += best === undefined ? 0 : 1;
      continue;
    }
    expect(check(read(sample)).broken).toEqual([]);
    const found = { length: sample.values.length, objective: verify(problem, sample).objective };
    const most = best && { length: best.sample.values.length, objective: best.objective + 1e-12 };
    expect(most && beats("maximise", found, most)).toBe(false);
  }
  expect(feasible).toBeGreaterThan(900);
  expect(unanswered / feasible).toBeLessThan(0.01);
});

test("the same request, the same answer", () => {
  for (let seed = 0; seed < 50; seed += 1) {
    const body = rankingRequest(seed, { candidateCount: 60, positionCount: 8 });
    expect(posed(body).rule()).toEqual(posed(structuredClone(body)).rule());
  }
});

/**
 * The problem of a question: rule by rule, and against the judge on any order.
 */
import { describe, expect, test } from "vitest";
import { type Json, randomStream, shuffle } from "#foundation";
import { HARD, verify } from "#problem";
import { rankingRequest } from "../../../test/generators/ranking-requests.ts";
import { check } from "./check.ts";
import { complete } from "./complete.ts";
import { ranking } from "./definition.ts";
import { formulate } from "./formulate.ts";
import type { RankingQuestion } from "./question.ts";
import { read } from "./read.ts";
import { parseRanking } from "./request/parse.ts";
import type { RequestedRules } from "./schema.ts";

function questionOf(body: unknown): RankingQuestion {
  const setting = { policy: ranking.defaultPolicy, items: undefined, atUtcMs: 0 };
  return complete(parseRanking(body), setting);
}

const candidates = [
  { id: "a", score: 4, group: ["red"], ageHours: 1 },
  { id: "b", score: 3, group: ["red", "blue"], ageHours: 48 },
  { id: "c", score: 2, group: ["blue"], ageHours: 49 },
  { id: "d", score: 1 },
];

/** The rules of the problem as short sentences. */
function rulesOf(rules: RequestedRules, k = 3): string[] {
  const problem = formulate(questionOf({ candidates, k, rules }));
  const price = (penalty: number) => (penalty === HARD ? "" : ` for ${penalty}`);
  return [
    ...problem.counts.map(
      ({ rule, bound, count, members, penalty }) =>
        `${rule} ${bound} ${count} of ${members.join("")}${price(penalty)}`,
    ),
    ...problem.pins.map(
      ({ rule, item, position, penalty }) => `${rule}: ${item}@${position}${price(penalty)}`,
    ),
    ...(problem.spacing ? [`${problem.spacing.rule}${price(problem.spacing.penalty)}`] : []),
  ];
}

describe("rules become", () => {
  test.each<{ rules: RequestedRules; k?: number; become: string[]; remark: string }>([
    { rules: {}, become: [], remark: "nothing from nothing" },
    {
      rules: { maxPerGroup: { "*": 1 } },
      become: ["maxPerGroup:blue at-most 1 of 12", "maxPerGroup:red at-most 1 of 01"],
      remark: "a limit for each group",
    },
    {
      rules: { maxPerGroup: { "*": 1, red: 0 } },
      become: ["maxPerGroup:blue at-most 1 of 12", "maxPerGroup:red at-most 0 of 01"],
      remark: "a group's own limit before the general one",
    },
    {
      rules: { maxPerGroup: { red: 2, green: 0 } },
      become: [],
      remark: "no rule where the limit cannot be exceeded",
    },
    { rules: { maxPerGroup: { "*": 1 } }, k: 1, become: [], remark: "nor with fewer places" },
    {
      rules: { minPerGroup: { green: 1 } },
      become: ["minPerGroup:green at-least 1 of "],
      remark: "a minimum that cannot hold, kept to be refuted",
    },
    {
      rules: { minPerGroup: { "*": 1, red: 0 } },
      become: ["minPerGroup:blue at-least 1 of 12"],
      remark: "a minimum for each group but one",
    },
    {
      rules: { minFresh: { count: 2, withinHours: 48 } },
      become: ["minFresh at-least 2 of 01"],
      remark: "fresh up to the very hour; without an age never",
    },
    {
      rules: { excluded: ["a"], maxPerGroup: { red: 0 } },
      become: ["maxPerGroup:red at-most 0 of 0"],
      remark: "exclusions leave the problem, and the others move up",
    },
    {
      rules: { excluded: ["a"], pinned: [{ id: "a", position: 2 }] },
      become: ["excluded at-most 0 of 0", "pinned:a@2: 0@1"],
      remark: "but stay where a pin contradicts them",
    },
    {
      rules: { pinned: [{ id: "d", position: 9 }] },
      become: ["pinned:d@9: 3@8"],
      remark: "a pin beyond the last place, kept to be refuted",
    },
    {
      rules: {
        maxPerGroup: { red: 1 },
        minFresh: { count: 1, withinHours: 1 },
        pinned: [{ id: "b", position: 1 }],
        spacing: true,
        soft: { maxPerGroup: 1, minFresh: 2, pinned: 3, spacing: 4 },
      },
      become: [
        "maxPerGroup:red at-most 1 of 01 for 1",
        "minFresh at-least 1 of 0 for 2",
        "pinned:b@1: 1@0 for 3",
        "spacing for 4",
      ],
      remark: "a penalty where soft names them",
    },
  ])("$become: $remark", ({ rules, k, become }) => {
    expect(rulesOf(rules, k)).toEqual(become);
  });
});

test("similarity is the clipped cosine, overridden by pairs, 0 where neither is given", () => {
  const vectors = [[3, 4], [4, 3], [-3, -4], [0, 0], undefined, [3e-200, 4e-200]];
  const question = questionOf({
    candidates: vectors.map((embedding, index) => ({
      id: `${index}`,
      score: 0,
      ...(embedding && { embedding }),
    })),
    k: 2,
    similarity: [{ a: "4", b: "0", value: 0.7 }],
    weights: { diversity: 1 },
  });
  const problem = formulate(question);
  const rows = [
    [0, 1, 24 / 25],
    [0, 2, 0],
    [0, 3, 0],
    [0, 4, 0.7],
    [4, 0, 0.7],
    [1, 4, 0],
    [0, 5, 1],
  ];
  for (const [a, b, value] of rows) {
    // Scores are 0 and diversity weighs 1, so a pair is worth minus its similarity.
    expect(-verify(problem, { values: Int32Array.of(a, b) }).objective).toBeCloseTo(value, 14);
  }
});

test("the problem does not depend on the order of keys or pairs", () => {
  const pairs = [
    { a: "a", b: "c", value: 0.25 },
    { a: "b", b: "d", value: 0.5 },
  ];
  const body = (maxPerGroup: Json, similarity: Json): Json => ({
    candidates,
    k: 2,
    similarity,
    rules: { maxPerGroup },
    weights: { diversity: 1 },
  });
  const one = formulate(questionOf(body({ red: 0, blue: 1 }, pairs)));
  const other = formulate(questionOf(body({ blue: 1, red: 0 }, pairs.toReversed())));
  expect(one).toEqual(other);
});

test("on any order, the problem's verdict is the independent judge's", () => {
  for (let seed = 0; seed < 2000; seed += 1) {
    const question = questionOf(rankingRequest(seed));
    const problem = formulate(question);
    const random = randomStream(seed, "order");
    const items = Array.from({ length: problem.itemCount }, (_, index) => index);
    shuffle(items, random);
    const length = random.below(Math.min(problem.positionCount, items.length) + 1);
    const sample = { values: Int32Array.from(items.slice(0, length)) };

    const verdict = verify(problem, sample);
    const report = check(question, read(question, sample));
    expect(report.objective).toBeCloseTo(verdict.objective, 9);
    const hard = verdict.violations.filter(({ penalty }) => penalty === HARD);
    const broken = report.broken.filter((rule) => rule !== "length");
    expect(broken.sort()).toEqual(hard.map(({ rule }) => rule).sort());
    const soft = verdict.violations.filter(({ penalty }) => penalty !== HARD);
    expect(report.paid.map(({ rule, count }) => `${rule} ${count}`).sort()).toEqual(
      soft.map(({ rule, count }) => `${rule} ${count}`).sort(),
    );
  }
});

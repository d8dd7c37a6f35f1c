/**
 * The judge: objectives worked out by hand, every way to be wrong, and right answers made wrong.
 */
import { describe, expect, test } from "vitest";
import { canonicalJson } from "#foundation";
import { bestOrder } from "../../../test/generators/ranking-oracle.ts";
import { rankingRequest } from "../../../test/generators/ranking-requests.ts";
import { check } from "./check.ts";
import { complete } from "./complete.ts";
import { ranking } from "./definition.ts";
import { formulate } from "./formulate.ts";
import type { RankingQuestion } from "./question.ts";
import { read } from "./read.ts";
import { parseRanking } from "./request/parse.ts";
import type { RankingAnswer, RankingRequest, RequestedRules } from "./schema.ts";

function questionOf(body: unknown): RankingQuestion {
  const setting = { policy: ranking.defaultPolicy, items: undefined, atUtcMs: 0 };
  return complete(parseRanking(body), setting);
}

/** A best answer to `question`, or `undefined` where the rules contradict each other. */
function bestAnswer(question: RankingQuestion): RankingAnswer | undefined {
  const best = bestOrder(formulate(question));
  return best && read(question, best.sample);
}

function answerOf(ids: string, requested: number, shortenedBy: string[] = []): RankingAnswer {
  const items = [...ids].map((id, index) => ({ id, position: index + 1 }));
  return { items, requested, shortenedBy };
}

const candidates: RankingRequest["candidates"] = [
  { id: "a", score: 0.5, group: ["red"], ageHours: 0, embedding: [1, 0] },
  { id: "b", score: 0.4, group: ["red"], ageHours: 72, embedding: [3, 4] },
  { id: "c", score: 0.3, group: ["blue"], embedding: [0, 2] },
  { id: "d", score: 0.2, group: ["blue"], ageHours: 200, embedding: [-1, 0] },
];

function brokenBy(rules: RequestedRules, ids: string, k: number, told: string[] = []) {
  return check(questionOf({ candidates, k, rules }), answerOf(ids, k, told)).broken;
}

describe("the objective, by hand", () => {
  const discounts = [1, 1 / Math.log2(3), 1 / 2];
  const scale = discounts.reduce((sum, discount) => sum + discount, 0);
  const [first, second, third] = discounts.map((discount) => discount / scale);
  const weights = { utility: 2, diversity: 0.6, freshness: 0.1, halfLifeHours: 72 };
  const fresh = 0.1 * 2 ** (-200 / 72);
  test.each([
    { ids: "", told: ["candidates"], objective: 0, remark: "nothing chosen" },
    { ids: "a", told: [], objective: first * (1 + 0.1), remark: "weights of three places for one" },
    {
      ids: "ab",
      told: [],
      objective: first * 1.1 + second * (0.8 + 0.05) - 0.6 * 0.6,
      remark: "one pair, cosine 3/5",
    },
    {
      ids: "bad",
      told: [],
      objective: first * 0.85 + second * 1.1 + third * (0.4 + fresh) - (0.6 * 0.6) / 3,
      remark: "cosines below 0 count as 0",
    },
    { ids: "ac", told: [], objective: first * 1.1 + second * 0.6 - 0.6 * 0.25, remark: "override" },
  ])("$ids: $remark", ({ ids, objective }) => {
    const similarity = [{ a: "c", b: "a", value: 0.25 }];
    const question = questionOf({ candidates, k: 3, weights, similarity });
    expect(check(question, answerOf(ids, 3)).objective).toBeCloseTo(objective, 12);
  });

  test("less what soft rules cost, each told", () => {
    const rules = { maxPerGroup: { "*": 1 }, spacing: true, soft: { maxPerGroup: 3, spacing: 5 } };
    const soft = check(questionOf({ candidates, k: 4, rules }), answerOf("abcd", 4));
    const free = check(questionOf({ candidates, k: 4 }), answerOf("abcd", 4));
    expect(soft.paid).toEqual([
      { rule: "maxPerGroup:red", count: 1, cost: 3 },
      { rule: "maxPerGroup:blue", count: 1, cost: 3 },
      { rule: "spacing", count: 2, cost: 10 },
    ]);
    expect(soft.broken).toEqual([]);
    expect(soft.objective).toBeCloseTo(free.objective - 16, 12);
  });
});

describe("broken rules are named", () => {
  test.each<{ rules: RequestedRules; ids: string; k: number; broken: string[]; remark: string }>([
    { rules: {}, ids: "ab", k: 2, broken: [], remark: "none" },
    { rules: {}, ids: "ax", k: 2, broken: ["unknown:x"], remark: "an id nobody sent" },
    { rules: {}, ids: "aa", k: 2, broken: ["duplicate:a"], remark: "an id twice" },
    { rules: {}, ids: "abc", k: 2, broken: ["length"], remark: "more than asked for" },
    { rules: {}, ids: "ab", k: 3, broken: ["length"], remark: "fewer, for no reason" },
    {
      rules: { maxPerGroup: { "*": 1 } },
      ids: "ab",
      k: 2,
      broken: ["maxPerGroup:red"],
      remark: "over the general limit",
    },
    {
      rules: { maxPerGroup: { "*": 2, red: 0 } },
      ids: "ac",
      k: 2,
      broken: ["maxPerGroup:red"],
      remark: "over a group's own",
    },
    {
      rules: { minPerGroup: { blue: 1, green: 1 } },
      ids: "ab",
      k: 2,
      broken: ["minPerGroup:blue", "minPerGroup:green"],
      remark: "below two minima",
    },
    {
      rules: { minPerGroup: { "*": 1 } },
      ids: "ab",
      k: 2,
      broken: ["minPerGroup:blue"],
      remark: "below the general minimum",
    },
    {
      rules: { minFresh: { count: 2, withinHours: 71 } },
      ids: "ab",
      k: 2,
      broken: ["minFresh"],
      remark: "an hour too old",
    },
    {
      rules: { minFresh: { count: 1, withinHours: 1e9 } },
      ids: "c",
      k: 1,
      broken: ["minFresh"],
      remark: "without an age",
    },
    {
      rules: { pinned: [{ id: "b", position: 1 }] },
      ids: "ab",
      k: 2,
      broken: ["pinned:b@1"],
      remark: "a pin moved",
    },
    {
      rules: { pinned: [{ id: "d", position: 7 }] },
      ids: "ab",
      k: 2,
      broken: ["pinned:d@7"],
      remark: "a pin beyond the end",
    },
    { rules: { spacing: true }, ids: "ab", k: 2, broken: ["spacing"], remark: "alike neighbours" },
    { rules: { excluded: ["b"] }, ids: "ab", k: 2, broken: ["excluded"], remark: "the excluded" },
  ])("$broken: $remark", ({ rules, ids, k, broken }) => {
    expect(brokenBy(rules, ids, k)).toEqual(broken);
  });
});

describe("a short answer says what shortened it, and could not be longer", () => {
  const red = ["maxPerGroup:red"];
  test.each<{ rules: RequestedRules; ids: string; told: string[]; broken: string[] }>([
    { rules: {}, ids: "abcd", told: ["candidates"], broken: [] },
    { rules: {}, ids: "abcd", told: [], broken: ["shortenedBy"] },
    { rules: {}, ids: "abcd", told: ["spacing"], broken: ["shortenedBy"] },
    { rules: {}, ids: "abc", told: ["candidates"], broken: ["length"] },
    { rules: { excluded: ["a", "b"] }, ids: "cd", told: ["candidates", "excluded"], broken: [] },
    { rules: { maxPerGroup: { red: 1 } }, ids: "acd", told: ["candidates", ...red], broken: [] },
    { rules: { maxPerGroup: { red: 1 } }, ids: "acd", told: red, broken: ["shortenedBy"] },
    { rules: { maxPerGroup: { red: 1 } }, ids: "ac", told: red, broken: ["length"] },
    { rules: { spacing: true }, ids: "acbd", told: ["candidates"], broken: [] },
    { rules: { spacing: true }, ids: "acb", told: ["candidates"], broken: ["length"] },
  ])("$rules, answered $ids, told $told: $broken", ({ rules, ids, told, broken }) => {
    expect(brokenBy(rules, ids, 5, told)).toEqual(broken);
  });
});

/** Wrong answers made from right ones; each must be caught, whatever the question. */
const mutations: readonly {
  readonly name: string;
  mutate(answer: RankingAnswer, question: RankingQuestion): RankingAnswer | undefined;
}[] = [
  {
    name: "an item twice",
    mutate: (answer) => withItems(answer, [...answer.items.slice(0, -1), answer.items[0]], 2),
  },
  {
    name: "an unknown id",
    mutate: (answer) => withItems(answer, [{ id: "?", position: 1 }, ...answer.items.slice(1)], 1),
  },
  {
    name: "positions swapped, order kept",
    mutate: ({ items, ...rest }) => ({
      ...rest,
      items: items.map(({ id }, index) => ({ id, position: items.length - index })),
    }),
  },
  {
    name: "positions from 0",
    mutate: ({ items, ...rest }) => ({
      ...rest,
      items: items.map(({ id, position }) => ({ id, position: position - 1 })),
    }),
  },
  {
    name: "the last item dropped",
    mutate: (answer) => withItems(answer, answer.items.slice(0, -1), 1),
  },
  {
    name: "another k claimed",
    mutate: (answer) => ({ ...answer, requested: answer.requested + 1 }),
  },
  {
    name: "a reason made up",
    mutate: (answer) => ({ ...answer, shortenedBy: [...answer.shortenedBy, "minFresh"] }),
  },
  {
    name: "a reason kept back",
    mutate: (answer) =>
      answer.shortenedBy.length === 0
        ? undefined
        : { ...answer, shortenedBy: answer.shortenedBy.slice(1) },
  },
  {
    name: "an excluded item let in",
    mutate: (answer, { dropped, candidates, rules }) => {
      const [barred] = [...dropped, ...candidates].filter(({ id }) => rules.excluded.has(id));
      if (barred === undefined) return undefined;
      return withItems(answer, [{ id: barred.id, position: 1 }, ...answer.items.slice(1)], 1);
    },
  },
];

function withItems(
  answer: RankingAnswer,
  items: RankingAnswer["items"],
  lengthMin: number,
): RankingAnswer | undefined {
  if (answer.items.length < lengthMin) return undefined;
  return { ...answer, items: items.map(({ id }, index) => ({ id, position: index + 1 })) };
}

/** Rules tightened until a right answer breaks them. */
const tightenings: readonly {
  readonly rule: string;
  tighten(answer: RankingAnswer, question: RankingQuestion): Partial<RankingQuestion["rules"]>;
}[] = [
  { rule: "excluded", tighten: (answer) => ({ excluded: new Set([answer.items[0].id]) }) },
  {
    rule: "pinned",
    tighten: ({ items }) => ({
      pinned: { value: [{ id: items[0].id, position: 2 }], penalty: undefined },
    }),
  },
  {
    rule: "minFresh",
    tighten: ({ items }) => ({
      minFresh: { value: { count: items.length + 1, withinHours: 1e9 }, penalty: undefined },
    }),
  },
  {
    rule: "minPerGroup",
    tighten: () => ({ minPerGroup: { value: new Map([["nowhere", 1]]), penalty: undefined } }),
  },
  {
    rule: "maxPerGroup",
    tighten: ({ items }, { candidates: all }) => ({
      maxPerGroup: {
        value: new Map(
          all
            .filter(({ id }) => id === items[0].id)
            .flatMap(({ groups }) => groups.map((group) => [group, 0])),
        ),
        penalty: undefined,
      },
    }),
  },
];

describe("over all kinds of rules", () => {
  const right = Array.from({ length: 600 }, (_, seed) => {
    const sizes = { candidateCount: seed % 7, positionCount: 1 + (seed % 4) };
    const question = questionOf(rankingRequest(seed, sizes));
    return { question, answer: bestAnswer(question) };
  }).flatMap(({ question, answer }) => (answer === undefined ? [] : [{ question, answer }]));

  test("right answers pass", () => {
    expect(right.length).toBeGreaterThan(300);
    for (const { question, answer } of right) expect(check(question, answer).broken).toEqual([]);
  });

  test.each(mutations)("caught: $name", ({ mutate }) => {
    let tried = 0;
    for (const { question, answer } of right) {
      const wrong = mutate(answer, question);
      if (wrong === undefined || canonicalJson(wrong) === canonicalJson(answer)) continue;
      tried += 1;
      expect(check(question, wrong).broken).not.toEqual([]);
    }
    expect(tried).toBeGreaterThan(40);
  });

  test.each(tightenings)("reacts when $rule is tightened", ({ rule, tighten }) => {
    let tried = 0;
    for (const { question, answer } of right) {
      if (answer.items.length === 0) continue;
      const rules = { ...question.rules, ...tighten(answer, question) };
      const first = question.candidates.find(({ id }) => id === answer.items[0].id);
      if (rule === "maxPerGroup" && first?.groups.length === 0) continue;
      tried += 1;
      const { broken } = check({ ...question, rules }, answer);
      expect(broken.some((name) => name.startsWith(rule))).toBe(true);
    }
    expect(tried).toBeGreaterThan(100);
  });

  test("a better order claimed for the same items changes the objective, as recomputed", () => {
    for (const { question, answer } of right) {
      const ids = answer.items.map(({ id }) => id).toReversed();
      const reversed = { ...answer, items: ids.map((id, index) => ({ id, position: index + 1 })) };
      const { broken, objective } = check(question, reversed);
      if (broken.length > 0) continue;
      expect(objective).toBeLessThanOrEqual(check(question, answer).objective + 1e-12);
    }
  });
});

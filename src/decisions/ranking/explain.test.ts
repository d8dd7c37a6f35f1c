/**
 * Explanations: every number is checked by making the exchange and asking the judge.
 */
import { readFileSync } from "node:fs";
import { describe, expect, test } from "vitest";
import { z } from "zod";
import { canonicalJson, present } from "#foundation";
import { bestOrder } from "../../../test/generators/ranking-oracle.ts";
import { rankingRequest } from "../../../test/generators/ranking-requests.ts";
import type { Reason } from "../decision-type.ts";
import { check } from "./check.ts";
import { complete } from "./complete.ts";
import { ranking } from "./definition.ts";
import { explain } from "./explain.ts";
import { formulate } from "./formulate.ts";
import { read } from "./read.ts";
import { parseRanking } from "./request/parse.ts";
import type { RankingAnswer, RankingRequest } from "./schema.ts";

const chosenFacts = z.looseObject({
  position: z.number(),
  utility: z.number(),
  freshness: z.number(),
  similarity: z.number(),
  heldBy: z.array(z.string()),
  paying: z.array(z.string()),
  alternative: z.object({ id: z.string(), loss: z.number() }).nullable(),
});
const leftOutFacts = z.looseObject({
  score: z.number(),
  position: z.number(),
  loss: z.number(),
  blockedBy: z.array(z.string()),
  allowed: z.object({ position: z.number(), loss: z.number() }).nullable(),
  scoreEnough: z.number().nullable(),
});

/** A request with a best answer to it, its explanation and the means to try another answer. */
function solved(body: RankingRequest) {
  const setting = { policy: ranking.defaultPolicy, items: undefined, atUtcMs: 0 };
  const question = complete(parseRanking(body), setting);
  const problem = formulate(question);
  const best = bestOrder(problem);
  if (best === undefined) return undefined;
  const answer = read(question, best.sample);
  const reasons = explain(question, problem, answer);
  return {
    body,
    question,
    answer,
    reasons,
    chosen: of(reasons, "chosen").map(({ subject, facts }) => ({
      subject,
      facts: chosenFacts.parse(facts),
    })),
    leftOut: of(reasons, "left-out").map(({ subject, facts }) => ({
      subject,
      facts: leftOutFacts.parse(facts),
    })),
    objective: best.objective,
    /** The judge's word on the answer with `id` at `position` instead. */
    exchanged: (position: number, id: string) => {
      const report = check(question, withItem(answer, position, id));
      const aside = ["length", "shortenedBy"];
      return { ...report, broken: report.broken.filter((name) => !aside.includes(name)) };
    },
    /** The judge's word with an item there that is of no group and no age. */
    withFiller: (position: number) => {
      const filler = { ...question.candidates[0], id: "filler", groups: [], ageHours: undefined };
      const wider = { ...question, candidates: [...question.candidates, filler] };
      return check(wider, withItem(answer, position, "filler"));
    },
  };
}

function withItem(answer: RankingAnswer, position: number, id: string): RankingAnswer {
  const items = answer.items.map((item) => (item.position === position ? { id, position } : item));
  return { ...answer, items };
}

function of(reasons: readonly Reason[], kind: Reason["kind"]): readonly Reason[] {
  return reasons.filter((reason) => reason.kind === kind);
}

const cases = Array.from({ length: 500 }, (_, seed) => {
  const sizes = { candidateCount: 2 + (seed % 6), positionCount: 1 + (seed % 4) };
  return solved(rankingRequest(seed, sizes));
}).flatMap((found) => found ?? []);

describe("over all kinds of rules, of a best answer", () => {
  test("reasons have their members in the order they are sealed in", () => {
    for (const { reasons } of cases) expect(JSON.stringify(reasons)).toBe(canonicalJson(reasons));
  });

  test("the parts sum to the objective", () => {
    for (const { question, answer, chosen } of cases) {
      const { objective, paid } = check(question, answer);
      const parts = chosen.reduce(
        (sum, { facts }) => sum + facts.utility + facts.freshness + facts.similarity,
        0,
      );
      expect(parts - paid.reduce((sum, { cost }) => sum + cost, 0)).toBeCloseTo(objective, 9);
    }
  });

  test.each([
    ["without diversity", { diversity: 0 }],
    ["without likeness", { diversity: 1 }],
  ])("no part is the -0 that a record cannot hold, %s", (_remark, weights) => {
    const embeddings = [
      [1, 0],
      [0, 1],
    ];
    const candidates = embeddings.map((embedding, index) => ({
      id: `${index}`,
      score: 1,
      embedding,
    }));
    const { reasons } = present(solved({ candidates, k: 2, weights }), "answer");
    const facts = reasons.map((reason) => reason.facts);
    expect(facts).toEqual(JSON.parse(JSON.stringify(facts)));
  });

  test("an item without age has no freshness, to the last bit", () => {
    const candidates = Array.from({ length: 9 }, (_, index) => ({
      id: `${index}`,
      score: index / 7,
    }));
    const { chosen } = present(solved({ candidates, k: 3, weights: { utility: 0.3 } }), "answer");
    expect(chosen.map(({ facts }) => facts.freshness)).toEqual([0, 0, 0]);
  });

  test("each replacement is allowed and loses what is said, and none gains", () => {
    let replaced = 0;
    for (const { chosen, exchanged, objective } of cases) {
      for (const { facts } of chosen) {
        if (facts.alternative === null) continue;
        replaced += 1;
        const report = exchanged(facts.position, facts.alternative.id);
        expect(report.broken).toEqual([]);
        expect(objective - report.objective).toBeCloseTo(facts.alternative.loss, 9);
        expect(facts.alternative.loss).toBeGreaterThan(-1e-12);
      }
    }
    expect(replaced).toBeGreaterThan(300);
  });

  test("where no replacement is named, none is allowed", () => {
    let fixed = 0;
    for (const { question, answer, chosen, exchanged } of cases) {
      const inside = new Set(answer.items.map(({ id }) => id));
      for (const { facts } of chosen) {
        if (facts.alternative !== null) continue;
        for (const { id } of question.candidates) {
          if (inside.has(id)) continue;
          fixed += 1;
          expect(exchanged(facts.position, id).broken).not.toEqual([]);
        }
      }
    }
    expect(fixed).toBeGreaterThan(50);
  });

  test("each item left out is blocked by the rules named, and loses what is said", () => {
    let blocked = 0;
    for (const { leftOut, exchanged, objective } of cases) {
      expect(leftOut.length).toBeLessThanOrEqual(5);
      for (const { subject, facts } of leftOut) {
        const report = exchanged(facts.position, subject);
        expect(report.broken.sort()).toEqual(facts.blockedBy.toSorted());
        expect(objective - report.objective).toBeCloseTo(facts.loss, 9);
        if (facts.blockedBy.length > 0) blocked += 1;
        if (facts.allowed === null) continue;
        const allowed = exchanged(facts.allowed.position, subject);
        expect(allowed.broken).toEqual([]);
        expect(objective - allowed.objective).toBeCloseTo(facts.allowed.loss, 9);
      }
    }
    expect(blocked).toBeGreaterThan(100);
  });

  test("solved again, the score that is enough brings the item in; just less seldom does", () => {
    let tried = 0;
    let needed = 0;
    for (const { body, leftOut } of cases) {
      for (const { subject, facts } of leftOut) {
        if (facts.scoreEnough === null) continue;
        tried += 1;
        expect(includes(rescored(body, subject, facts.scoreEnough + 1e-9), subject)).toBe(true);
        const less = rescored(body, subject, facts.scoreEnough - 1e-4);
        if (!includes(less, subject)) needed += 1;
      }
    }
    expect(tried).toBeGreaterThan(300);
    expect(needed / tried).toBeGreaterThan(0.9);
  });

  test("where no score is named, none would do", () => {
    let unnamed = 0;
    let wouldDo = 0;
    for (const { body, leftOut } of cases) {
      if (body.weights?.utility === 0) continue;
      for (const { subject, facts } of leftOut) {
        if (facts.scoreEnough !== null) continue;
        unnamed += 1;
        if (includes(rescored(body, subject, 1e6), subject)) wouldDo += 1;
      }
    }
    expect(unnamed).toBeGreaterThan(50);
    expect(wouldDo).toBe(0);
  });

  test("what holds an item breaks when it leaves", () => {
    let held = 0;
    for (const { chosen, withFiller } of cases) {
      for (const { facts } of chosen) {
        for (const rule of facts.heldBy) {
          held += 1;
          expect(withFiller(facts.position).broken).toContain(rule);
        }
      }
    }
    expect(held).toBeGreaterThan(50);
  });
});

function rescored(body: RankingRequest, id: string, score: number): RankingRequest {
  const candidates = body.candidates.map((candidate) =>
    candidate.id === id ? { ...candidate, score } : candidate,
  );
  return { ...body, candidates };
}

function includes(body: RankingRequest, id: string): boolean {
  const { answer } = present(solved(body), "answer");
  return answer.items.some((item) => item.id === id);
}

test("the catalogue's page shows the example, its answer and its reasons as they are", () => {
  const page = readFileSync(`${import.meta.dirname}/../../../docs/catalogue/ranking.md`, "utf8");
  const [request, answer] = Array.from(page.matchAll(/```json\n(.*?)```/gs), ([, json]) =>
    JSON.parse(json),
  );
  expect(request).toEqual(ranking.example);
  const found = present(solved(parseRanking(ranking.example)), "answer");
  expect(answer).toEqual(found.answer);
  for (const { subject, text } of found.reasons) expect(page).toContain(`| ${subject} | ${text} |`);
});

test("an excluded item is a near miss that its exclusion blocks", () => {
  const candidates = ["a", "b", "c"].map((id, index) => ({ id, score: 3 - index }));
  const found = solved({ candidates, k: 1, rules: { excluded: ["a"] } });
  const [first, second] = present(found, "answer").leftOut;
  expect(first.subject).toBe("a");
  expect(first.facts).toMatchObject({ loss: -1, blockedBy: ["excluded"], allowed: null });
  expect(first.facts.scoreEnough).toBeNull();
  expect(second).toMatchObject({ subject: "c", facts: { loss: 1, blockedBy: [] } });
});

test("an empty answer has a reason and no items", () => {
  const { reasons } = present(solved({ candidates: [], k: 2 }), "answer");
  expect(reasons).toHaveLength(1);
  expect(reasons[0].text).toContain("0 of 2 positions filled from 0 candidates");
});

test("ids that were never offered are passed over", () => {
  const setting = { policy: ranking.defaultPolicy, items: undefined, atUtcMs: 0 };
  const question = complete({ candidates: [{ id: "a", score: 1 }], k: 2 }, setting);
  const items = [
    { id: "?", position: 1 },
    { id: "a", position: 2 },
  ];
  const answer = { items, requested: 2, shortenedBy: [] };
  const subjects = explain(question, formulate(question), answer).map(({ subject }) => subject);
  expect(subjects).toEqual(["answer", "a"]);
});

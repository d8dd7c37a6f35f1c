/**
 * A decision in its reader's terms: names in place of ids, what the request said over what is
 * registered, attempts out of a record, stocks of decisions.
 */
import { describe, expect, test } from "vitest";
import type { DecisionView } from "#wire";
import { FIXTURE } from "../charts/fixture.ts";
import { answerLines, idsIn, itemSetOf } from "./answer-lines.ts";
import { attemptsIn } from "./attempts.ts";
import { merged, standing } from "./stock.ts";

const REGISTERED = [
  { id: "1", title: "LANTERN", price: 1295, group: ["lighting"] },
  { id: "2", title: "TROWEL", price: 695, group: ["garden"] },
];
const reason = (subject: string, kind: "chosen" | "left-out" | "answer", text: string) => {
  return { subject, kind, text, facts: { alternative: { id: "2", loss: 1 }, insteadOf: "3" } };
};

const VIEW: DecisionView = {
  reply: {
    decisionId: "01981f3a-5b00-7000-8000-000000000000",
    answer: { items: [{ id: "1", position: 1 }, { id: "9" }], requested: 2, shortenedBy: [] },
    quality: {
      ...{ rung: "rule", status: "feasible", objective: 0, bound: null, gap: null },
      ...{ ruleObjective: 0, solver: "rule" },
    },
    reasons: [
      reason("answer", "answer", "2 of 2."),
      reason("1", "chosen", 'Better than "2", not than "un\\"known".'),
      reason("2", "left-out", 'Would lose 1 in place of "1".'),
    ],
    policy: "homepage@1",
    timing: { receivedAt: "2011-07-01T09:30:00Z", deadlineMs: 50, totalMs: 1, solveMs: 1 },
  },
  request: {
    candidates: [
      { id: "1", score: 0.5, price: 1000 },
      { id: "2", score: 0.4 },
    ],
    k: 2,
  },
  record: { items: { name: "shop", version: 3, digest: "0" } },
  recordDigest: "0",
  outcomes: [],
};

describe("the answer in its reader's terms", () => {
  test("names, prices, groups and scores, the request's own first", () => {
    const { whole, chosen, leftOut } = answerLines(VIEW, REGISTERED);
    expect(whole).toBe("2 of 2.");
    expect(chosen).toEqual([
      {
        ...{ id: "1", name: "LANTERN", price: 1000, groups: ["lighting"], score: 0.5, position: 1 },
        reason: 'Better than “TROWEL”, not than “un"known”.',
      },
      {
        ...{ id: "9", name: "9", price: undefined, groups: [], score: undefined, position: 2 },
        reason: undefined,
      },
    ]);
    expect(leftOut).toEqual([
      {
        ...{ id: "2", name: "TROWEL", price: 695, groups: ["garden"], score: 0.4 },
        ...{ position: undefined, reason: "Would lose 1 in place of “LANTERN”." },
      },
    ]);
  });

  test("looks up every id it will name, once", () => {
    expect(idsIn(VIEW).toSorted()).toEqual(["1", "2", "3", "9"]);
    expect(itemSetOf(VIEW.record)).toEqual({ name: "shop", version: 3 });
    expect(itemSetOf({ items: null })).toBeUndefined();
  });

  test("an answer of another shape, and an erased request, leave nothing to list", () => {
    const reply = { ...VIEW.reply, answer: { price: 12 }, reasons: [] };
    expect(answerLines({ ...VIEW, reply, request: null }, [])).toEqual({
      ...{ whole: undefined, chosen: [], leftOut: [] },
    });
  });
});

describe("attemptsIn", () => {
  test("a record without attempts has none", () => expect(attemptsIn({})).toEqual([]));

  test("joins attempts and their times; a tick is a share of the run", () => {
    const attempt = {
      ...{ lane: 1, solver: "tabu", end: "stopped", status: "feasible", ticks: 4, work: 10 },
      ...{ workLimit: 20, best: { objective: 2 }, bound: null, exchanges: [{}], fault: null },
      improvements: [
        { tick: 0, objective: 1 },
        { tick: 2, objective: 2 },
      ],
    };
    const record = { decided: { attempts: [attempt] }, timing: { attempts: [[10, 30]] } };
    expect(attemptsIn(record)).toEqual([
      {
        ...{ lane: 2, solver: "tabu", startMs: 10, endMs: 30, end: "stopped", status: "feasible" },
        ...{ work: 10, workLimit: 20, objective: 2, bound: undefined, exchangeCount: 1 },
        incumbents: [
          { aboutMs: 10, objective: 1 },
          { aboutMs: 20, objective: 2 },
        ],
        fault: undefined,
      },
    ]);
  });
});

describe("a stock of decisions", () => {
  test("holds each once, newest first, however they come", () => {
    const shuffled = [...FIXTURE.slice(60), ...FIXTURE.slice(0, 70)];
    expect(merged(shuffled, FIXTURE.slice(30, 90))).toEqual(FIXTURE);
    expect(merged([], [])).toEqual([]);
  });

  test("what can be said of none, and of some", () => {
    expect(standing([])).toEqual({ latencyMsMedian: 0, provedShare: 0, gapMedian: null });
    const { latencyMsMedian, provedShare } = standing(FIXTURE);
    const faster = FIXTURE.filter(({ latencyMs }) => latencyMs < latencyMsMedian).length;
    expect(faster).toBeLessThan(60);
    expect(provedShare * 120).toBe(FIXTURE.filter(({ rung }) => rung === "proved").length);
  });
});

/**
 * The sample against a platform that only takes notes: where it plays, where it does not, what it
 * leaves behind first, and that it ends when asked.
 */
import { describe, expect, test } from "vitest";
import type { Clock } from "#foundation";
import { playShop } from "./play-shop.ts";

const ID = "01981f3a-5b00-7000-8000-000000000000";
const INSTANT = "2011-07-01T09:30:00.000Z";
const DECISION = {
  ...{ decisionId: ID, type: "ranking", policy: "homepage@1", at: INSTANT },
  ...{ rung: "rule", status: "feasible", latencyMs: 1, deadlineMs: 1000, gap: null },
};
const policyNamed = (name: string) => ({
  ...{ reference: `${name}@1`, name, version: 1, type: "ranking", policy: {}, digest: "0" },
  ...{ createdAt: INSTANT, principal: "someone" },
});
const REPLY = {
  decisionId: ID,
  answer: { items: [], requested: 10, shortenedBy: [] },
  quality: {
    ...{ rung: "rule", status: "feasible", objective: 0, bound: null, gap: null },
    ...{ ruleObjective: 0, solver: "rule" },
  },
  reasons: [],
  policy: "demo-shop@1",
  timing: { receivedAt: INSTANT, deadlineMs: 1000, totalMs: 1, solveMs: 0 },
};

/** A platform with these decisions and policies; `calls` are the requests it has had. */
function platform(decisions: readonly unknown[], policies: readonly unknown[]) {
  const calls: string[] = [];
  const answerTo = (call: string): unknown => {
    if (call === "GET /v1/decisions") return { items: decisions };
    if (call === "GET /v1/policies") return { items: policies };
    if (call.startsWith("PUT")) return { name: "demo-shop", version: 1, digest: "0", itemCount: 1 };
    return call === "POST /v1/decisions/ranking" ? REPLY : {};
  };
  const fetch = async (input: string | URL | Request, init?: RequestInit): Promise<Response> => {
    const call = `${init?.method} ${new URL(String(input)).pathname}`;
    calls.push(call);
    return Response.json(answerTo(call));
  };
  return { calls, fetch };
}

/** A clock on which every wait is over at once, noting how long it would have been. */
function patientClock(waits: number[]): Clock {
  return {
    utcMs: () => 0,
    monotonicMs: () => 0,
    after: (delayMs, action) => {
      waits.push(delayMs);
      setImmediate(action);
      return () => {};
    },
  };
}

const play = (fetch: typeof globalThis.fetch, countMax: number, signal: AbortSignal, more = {}) =>
  playShop("http://platform.test", countMax, {
    fetch,
    clock: patientClock([]),
    signal,
    progress: () => {},
    ...more,
  });

describe("the sample", () => {
  test("plays on an untouched store, its policy first, until asked to end", async () => {
    const { calls, fetch } = platform([], [policyNamed("homepage")]);
    const told: [number, number][] = [];
    const waits: number[] = [];
    const stopping = new AbortController();
    const played = await play(fetch, 100, stopping.signal, {
      clock: patientClock(waits),
      progress: (count: number, planned: number) => {
        told.push([count, planned]);
        if (count === 4) stopping.abort();
      },
    });
    expect(played).toBe(4);
    expect(told).toEqual([1, 2, 3, 4].map((count) => [count, 100]));
    expect(calls.slice(2)).toEqual([
      "POST /v1/policies",
      "PUT /v1/items/demo-shop",
      ...Array.from({ length: 4 }, () => "POST /v1/decisions/ranking"),
    ]);
    expect(waits.slice(-4)).toEqual([20, 20, 20, 20]);
  });

  test.each([
    ["has a decision", [DECISION], []],
    ["has been played on, though all its decisions are gone", [], [policyNamed("demo-shop")]],
  ])("leaves a store alone that %s", async (_remark, decisions, policies) => {
    const { calls, fetch } = platform(decisions, policies);
    expect(await play(fetch, 4, new AbortController().signal)).toBe(0);
    expect(calls).toEqual(["GET /v1/decisions", "GET /v1/policies"]);
  });
});

/**
 * The decisions that the charts are drawn from in the gallery: two policies, every rung, gaps from
 * none to a fifth, and a few answers later than their deadline.
 */
import type { DecisionSummary } from "#wire";
import type { AttemptSpan } from "../decision/attempts.ts";
import { RUNGS } from "../words.ts";
import type { Deadlines } from "./latency-steps.ts";

const COUNT = 120;
const FIRST_MS = Date.UTC(2011, 6, 1, 9, 30);

/** A saw-tooth of uneven teeth between 0 and 1: varied, and the same on every machine. */
const wave = (index: number, teeth: number): number => ((index * teeth) % 37) / 36;

/** 120 decisions a second apart, newest first. */
export const FIXTURE: readonly DecisionSummary[] = Object.freeze(
  Array.from({ length: COUNT }, (_, index): DecisionSummary => {
    const isSlow = index % 3 === 0;
    const rung = RUNGS[Math.floor(wave(index, 5) * 4.99)]?.name ?? "rule";
    const hasBound = rung !== "rule" && rung !== "safe";
    return {
      decisionId: `01981f3a-5b00-7000-8000-${String(index).padStart(12, "0")}`,
      type: "ranking",
      policy: isSlow ? "seasonal@2" : "homepage@1",
      at: new Date(FIRST_MS + index * 1000).toISOString(),
      rung,
      status: rung === "proved" ? "optimal" : "feasible",
      latencyMs: Math.round((isSlow ? 30 : 4) * (1 + 6 * wave(index, 11) ** 3) * 100) / 100,
      deadlineMs: isSlow ? 250 : 25,
      gap:
        rung === "proved" ? 0 : hasBound ? Math.round(wave(index, 7) ** 2 * 2000) / 10_000 : null,
    };
  }).toReversed(),
);

/** What the fixture's policies promise. */
export const FIXTURE_DEADLINES: Deadlines = new Map([
  ["homepage@1", 25],
  ["seasonal@2", 250],
]);

const ATTEMPT = {
  ...{ status: "feasible", workLimit: 20_000, objective: 0.2, bound: undefined },
  ...{ exchangeCount: 0, fault: undefined },
};

/** A race of three runs on two lanes, one of them cut short. */
export const FIXTURE_ATTEMPTS: readonly AttemptSpan[] = Object.freeze([
  {
    ...ATTEMPT,
    ...{ lane: 1, solver: "branch-and-bound", startMs: 0.4, endMs: 15.4, end: "finished" },
    ...{ status: "optimal", work: 7796, bound: 0.2153 },
    incumbents: [
      { aboutMs: 0.4, objective: 0.21 },
      { aboutMs: 6.4, objective: 0.2153 },
    ],
  },
  {
    ...ATTEMPT,
    ...{ lane: 2, solver: "tabu", startMs: 0.9, endMs: 9.6, end: "finished", work: 21_560 },
    incumbents: [{ aboutMs: 2.1, objective: 0.2111 }],
  },
  {
    ...ATTEMPT,
    ...{ lane: 2, solver: "annealing", startMs: 9.7, endMs: 16.8, end: "stopped", work: 14_383 },
    incumbents: [],
  },
]);

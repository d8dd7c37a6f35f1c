/**
 * Budgets. A budget is opened once per decision and handed down. It counts work as well as time: solvers report work
 * at *ticks* and may be told to stop only there, so that a run can be repeated from the tick numbers alone.
 */
import type { Clock } from "./clock.ts";

/** What a solver is told at a tick. */
export type TickReply = "continue" | "stop";

/** The budget as a solver sees it. Work is in the solver's own units (moves evaluated, nodes opened). */
export interface WorkBudget {
  /** Reports `work` units done since the last tick and counts one tick; the solver stops at once on `stop`. */
  tick(work: number): TickReply;
}

/** The time of one decision, on the monotonic clock. */
export interface DecisionBudget {
  readonly openedAtMs: number;
  /** When the reply must have left. */
  readonly deadlineAtMs: number;
  /** When searching must have ended, so that the fallback, the record and the reply still fit. */
  readonly searchUntilMs: number;
}

/** Opens a decision's budget: `reserveMs` of `deadlineMs` are set aside for what comes after the search. */
export function openBudget(clock: Clock, deadlineMs: number, reserveMs: number): DecisionBudget {
  const openedAtMs = clock.monotonicMs();
  const deadlineAtMs = openedAtMs + deadlineMs;
  return Object.freeze({
    openedAtMs,
    deadlineAtMs,
    searchUntilMs: Math.max(openedAtMs, deadlineAtMs - reserveMs),
  });
}

/** A budget that ends after `workLimit` units and otherwise never; the budget of tests and benchmarks. */
export function workBudget(workLimit: number): WorkBudget {
  let spent = 0;
  return {
    tick: (work) => {
      spent += work;
      return spent >= workLimit ? "stop" : "continue";
    },
  };
}

/**
 * Budgets. A budget is opened once per decision and handed down. It counts work as well as time:
 * solvers report work at *ticks* and may be told to stop only there, so that a run can be repeated
 * from the tick numbers alone.
 */
/** What a solver is told at a tick. */
export type TickReply = "continue" | "stop";

/**
 * The budget as a solver sees it. Work is in the solver's own units (moves evaluated, nodes
 * opened).
 */
export interface WorkBudget {
  /**
   * Reports `work` units done since the last tick and counts one tick; the solver stops at once on
   * `stop`.
   */
  tick(work: number): TickReply;
}

/** The time of one decision, as instants on the monotonic clock. */
export interface DecisionBudget {
  readonly openedAtMs: number;
  /** When solvers are told to stop. */
  readonly searchUntilMs: number;
  /** When threads that did not stop are ended. */
  readonly abandonAtMs: number;
  /** When the reply must have left. */
  readonly deadlineAtMs: number;
}

/** How much of the reserve a solver may overrun before its thread is ended. */
const OVERRUN_SHARE = 0.3;

/**
 * Opens a decision's budget at the instant its request arrived. `reserveMs` of `deadlineMs`, at
 * most half of it, are set aside at once for what comes after the search - fallback, record,
 * reply - and no solver can use them up.
 */
export function openBudget(
  openedAtMs: number,
  deadlineMs: number,
  reserveMs: number,
): DecisionBudget {
  const reservedMs = reserveWithin(deadlineMs, reserveMs);
  const searchUntilMs = openedAtMs + deadlineMs - reservedMs;
  return Object.freeze({
    openedAtMs,
    searchUntilMs,
    abandonAtMs: searchUntilMs + reservedMs * OVERRUN_SHARE,
    deadlineAtMs: openedAtMs + deadlineMs,
  });
}

/**
 * What of `deadlineMs` is set aside where a policy asks for `reserveMs`: half at most, so that a
 * request in more of a hurry than its policy foresaw still gets a search.
 */
export function reserveWithin(deadlineMs: number, reserveMs: number): number {
  return Math.min(reserveMs, deadlineMs / 2);
}

/**
 * A budget that ends after `workLimit` units and otherwise never; the budget of tests and
 * benchmarks.
 */
export function workBudget(workLimit: number): WorkBudget {
  let spent = 0;
  return {
    tick: (work) => {
      spent += work;
      return spent >= workLimit ? "stop" : "continue";
    },
  };
}

/**
 * What a search for embeddings has spent and may still spend. Work is counted in qubits looked at.
 */
import type { Clock, WorkBudget } from "#foundation";

/** Work between two ticks: some hundred microseconds. */
const TICK_WORK = 20_000;

/** Gathers work into ticks of a budget. */
export class Effort {
  work = 0;
  stopped = false;
  #pending = 0;
  readonly #budget: WorkBudget;

  constructor(budget: WorkBudget) {
    this.#budget = budget;
  }

  /** Counts `work`. True once the search has to end. */
  spend(work: number): boolean {
    this.work += work;
    this.#pending += work;
    if (this.stopped || this.#pending < TICK_WORK) return this.stopped;
    this.stopped = this.#budget.tick(this.#pending) === "stop";
    this.#pending = 0;
    return this.stopped;
  }
}

/** A budget that ends with `effort`, which pays, or after `workMax` of it. */
export function shareOf(effort: Effort, workMax: number): WorkBudget {
  const end = effort.work + workMax;
  return {
    tick: (work) => (effort.spend(work) || effort.work >= end ? "stop" : "continue"),
  };
}

/** A budget that ends `limitMs` milliseconds from now. */
export function timeBudget(clock: Clock, limitMs: number): WorkBudget {
  const endMs = clock.monotonicMs() + limitMs;
  return { tick: () => (clock.monotonicMs() >= endMs ? "stop" : "continue") };
}

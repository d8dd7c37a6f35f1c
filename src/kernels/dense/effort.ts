/**
 * The budget of one search: work is reported in small amounts and gathered into ticks, so that
 * being asked to stop takes effect soon but costs little.
 */
import type { WorkBudget } from "#foundation";

/** Numbers brought up to date between two ticks: some tens of microseconds. */
const TICK_WORK = 100_000;

/** Counts work. */
export class Effort {
  /** Whether the budget said stop; then for good. */
  isOver = false;
  readonly #budget: WorkBudget;
  #pending = 0;

  constructor(budget: WorkBudget) {
    this.#budget = budget;
  }

  /** Counts `work`; whether to go on. */
  spend(work: number): boolean {
    this.#pending += work;
    if (this.#pending < TICK_WORK || this.isOver) return !this.isOver;
    this.isOver = this.#budget.tick(this.#pending) === "stop";
    this.#pending = 0;
    return !this.isOver;
  }
}

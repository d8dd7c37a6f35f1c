/** The best packing so far, what a better one has to reach, and the budget of the search. */
import type { WorkBudget } from "#foundation";
import type { AnswerExchange } from "../answer-exchange.ts";

/** Allowance for rounding in bounds of integral problems. */
const ROUNDING = 1e-5;

/** Keeps the best; once the budget said stop, it stays stopped. */
export class Incumbent {
  packed: Uint8Array | undefined;
  profit = Number.NEGATIVE_INFINITY;
  isStopped = false;
  private readonly budget: WorkBudget;
  private readonly isIntegral: boolean;
  private readonly onBetter: AnswerExchange<Uint8Array>["onBetter"];

  constructor(
    profits: Float64Array,
    budget: WorkBudget,
    onBetter?: AnswerExchange<Uint8Array>["onBetter"],
  ) {
    this.budget = budget;
    this.onBetter = onBetter;
    this.isIntegral = profits.every(Number.isInteger);
  }

  /** Keeps a copy of `packed` if it is better. */
  offer(packed: Uint8Array, profit: number): boolean {
    if (profit <= this.profit) return false;
    this.profit = profit;
    this.packed = packed.slice();
    this.onBetter?.(packed.slice());
    return true;
  }

  /** Bounds up to here leave no room for anything better. */
  get floor(): number {
    if (this.isIntegral) return this.profit + 1 - ROUNDING;
    return this.profit + 1e-9 * Math.max(1, Math.abs(this.profit));
  }

  /** Whether nothing under `bound` can improve on the best. */
  isCutOff(bound: number): boolean {
    return bound === Number.NEGATIVE_INFINITY || bound <= this.floor;
  }

  /** Reports work; whether to go on. */
  spend(work: number): boolean {
    if (!this.isStopped && this.budget.tick(work) === "stop") this.isStopped = true;
    return !this.isStopped;
  }
}

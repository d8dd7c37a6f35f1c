/** The best assignment so far, what a better one may cost, and the budget of the search. */
import type { WorkBudget } from "#foundation";
import type { AnswerExchange } from "../answer-exchange.ts";

/** Allowance for rounding in bounds of integral problems. */
const ROUNDING = 1e-5;
/** Where to aim the bound, above it, before anything is known. */
const AIM_SHARE = 0.05;

/** Keeps the best; once the budget said stop, it stays stopped. */
export class Incumbent {
  agentOf: Int32Array | undefined;
  cost = Number.POSITIVE_INFINITY;
  isStopped = false;
  private readonly budget: WorkBudget;
  private readonly isIntegral: boolean;
  private readonly onBetter: AnswerExchange<Int32Array>["onBetter"];

  constructor(
    costs: Float64Array,
    budget: WorkBudget,
    onBetter?: AnswerExchange<Int32Array>["onBetter"],
  ) {
    this.budget = budget;
    this.onBetter = onBetter;
    this.isIntegral = costs.every(
      (cost) => Number.isInteger(cost) || cost === Number.POSITIVE_INFINITY,
    );
  }

  /** Keeps a copy of `agentOf` if it is cheaper. */
  offer(agentOf: Int32Array, cost: number): void {
    if (cost >= this.cost) return;
    this.cost = cost;
    this.agentOf = agentOf.slice();
    this.onBetter?.(agentOf.slice());
  }

  /** Whether nothing that costs `bound` or more can improve on the best. */
  isCutOff(bound: number): boolean {
    if (bound === Number.POSITIVE_INFINITY) return true;
    if (this.isIntegral) return bound > this.cost - 1 + ROUNDING;
    return bound >= this.cost - 1e-9 * Math.max(1, Math.abs(this.cost));
  }

  /** The cost subgradient steps aim at: the best known, or somewhat above the `bound`. */
  aim(bound: number): number {
    return this.agentOf === undefined ? bound + AIM_SHARE * Math.abs(bound) + 1 : this.cost;
  }

  /** Reports work; whether to go on. */
  spend(work: number): boolean {
    if (!this.isStopped && this.budget.tick(work) === "stop") this.isStopped = true;
    return !this.isStopped;
  }
}

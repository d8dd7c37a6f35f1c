/** The best answer so far, what a better one has to reach, and the budget of the search. */
import type { WorkBudget } from "#foundation";
import type { AnswerExchange } from "./answer-exchange.ts";

/** Allowance for rounding in bounds of integral problems. */
const ROUNDING = 1e-5;

/**
 * Keeps the best, which is the one of the greatest value: a search for the least cost offers, and
 * asks of, costs with their sign turned. Once the budget said stop, it stays stopped.
 */
export class Incumbent<Answer extends { slice(): Answer }> {
  answer: Answer | undefined;
  value = Number.NEGATIVE_INFINITY;
  isStopped = false;
  private readonly budget: WorkBudget;
  private readonly isIntegral: boolean;
  private readonly onBetter: AnswerExchange<Answer>["onBetter"];

  /** `terms` are what the values of answers are sums of. */
  constructor(
    terms: Float64Array,
    budget: WorkBudget,
    onBetter?: AnswerExchange<Answer>["onBetter"],
  ) {
    this.budget = budget;
    this.onBetter = onBetter;
    this.isIntegral = terms.every(Number.isInteger);
  }

  /** Keeps a copy of `answer` if it is better. */
  offer(answer: Answer, value: number): void {
    if (value <= this.value) return;
    this.value = value;
    this.answer = answer.slice();
    this.onBetter?.(answer.slice());
  }

  /** Bounds up to here leave no room for anything better. */
  get floor(): number {
    if (this.isIntegral) return this.value + 1 - ROUNDING;
    return this.value + 1e-9 * Math.max(1, Math.abs(this.value));
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

/**
 * One run of a search over a quadratic problem: its budget, its best answer, and what it hears of
 * other solvers. Whatever is told outside is feasible for certain: where sums are not exact, the
 * verifier has the last word.
 */
import {
  objectiveTolerance,
  type Sample,
  type SolveOptions,
  type SolveResult,
  verify,
} from "#problem";
import type { QuadraticState } from "./state.ts";

/** Terms looked at between two ticks: some tens of microseconds. */
const TICK_WORK = 20_000;

/** Of the tolerance between two sums of an objective, what a search counts as better. */
const MARGIN_SHARE = 1e-3;

/** Budget and incumbent of one run. */
export class QuadraticRun {
  stopped = false;
  best: { readonly sample: Sample; readonly objective: number } | undefined;
  /** What is worth less than this is a step in the right direction, not rounding. */
  readonly margin: number;
  readonly #options: SolveOptions;
  readonly #state: QuadraticState;
  /** A feasible state is better than the best one when its objective is below this. */
  #threshold = Number.POSITIVE_INFINITY;
  #received: Sample | undefined;
  #pending = 0;
  #work = 0;

  /** A run that goes on from `before`, whose best sample is known outside already. */
  constructor(
    options: SolveOptions,
    state: QuadraticState,
    before?: Pick<SolveResult, "best" | "work">,
  ) {
    this.#options = options;
    this.#state = state;
    this.margin = MARGIN_SHARE * objectiveTolerance(state.layout.problem);
    this.best = before?.best;
    this.#work = before?.work ?? 0;
    if (this.best !== undefined) this.#threshold = state.layout.sign * this.best.objective;
  }

  /** Counts what the state has looked at, and one more. True once the run has to end. */
  spend(): boolean {
    const work = this.#state.takeWork() + 1;
    this.#work += work;
    this.#pending += work;
    if (this.#pending < TICK_WORK || this.stopped) return this.stopped;
    const reply = this.#options.budget.tick(this.#pending);
    this.#pending = 0;
    this.stopped = reply === "stop";
    if (!this.stopped) this.#received = this.#options.exchange?.() ?? this.#received;
    return this.stopped;
  }

  /** The sample received since the last call, if any. */
  takeReceived(): Sample | undefined {
    const sample = this.#received;
    this.#received = undefined;
    return sample;
  }

  /** Whether the state is feasible and better than the best so far. */
  isAhead(): boolean {
    return this.#state.brokenCount === 0 && this.#state.objective < this.#threshold;
  }

  /** Makes the state the best answer if it is one, and announces it. */
  offer(): void {
    if (!this.isAhead()) return;
    const { layout, objective } = this.#state;
    const sample = this.#state.sample();
    this.#threshold = objective - (layout.isIntegral ? 0 : this.margin);
    let value = layout.sign * objective + 0; // A plain zero, whatever the sign.
    if (!layout.isIntegral) {
      const verdict = verify(layout.problem, sample);
      if (!verdict.feasible) return;
      value = verdict.objective;
    }
    if (this.best !== undefined && layout.sign * (value - this.best.objective) >= 0) return;
    this.best = Object.freeze({ sample, objective: value });
    this.#options.onIncumbent?.(sample, value);
  }

  /** Closes the run. */
  result(): SolveResult {
    const status = this.best === undefined ? "unknown" : "feasible";
    return Object.freeze({ status, best: this.best, bound: undefined, work: this.#work });
  }
}

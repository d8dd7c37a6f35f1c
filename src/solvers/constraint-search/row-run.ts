/**
 * One run of a search: its budget, its best answer, and what it hears of other solvers. A better
 * answer is noted at once and told at the next tick, tens of microseconds later: early in a search
 * every other move is one. Whatever is told is feasible for certain: where sums are not exact, the
 * verifier has the last word.
 */
import {
  objectiveTolerance,
  type Sample,
  type SolveOptions,
  type SolveResult,
  verify,
} from "#problem";
import type { RowState } from "./state.ts";

/** Entries looked at between two ticks: some tens of microseconds. */
const TICK_WORK = 20_000;
/** Of the tolerance between two sums of an objective, what a search counts as better. */
const MARGIN_SHARE = 1e-3;

/** Budget and incumbent of one run. */
export class RowRun {
  stopped = false;
  best: SolveResult["best"];
  /** The least objective of a feasible state since the round began. */
  roundBest = Number.POSITIVE_INFINITY;
  readonly #options: SolveOptions;
  readonly #state: RowState;
  /** What is worth less than this is rounding. */
  readonly #margin: number;
  /** A feasible state is better than what was noted when its objective is below this. */
  #threshold = Number.POSITIVE_INFINITY;
  readonly #noted: Int32Array;
  #isNoted = false;
  #received: Sample | undefined;
  #work = 0;

  constructor(options: SolveOptions, state: RowState) {
    const { problem, isIntegral } = state.layout;
    this.#options = options;
    this.#state = state;
    this.#margin = isIntegral ? 0 : MARGIN_SHARE * objectiveTolerance(problem);
    this.#noted = new Int32Array(problem.variableCount);
  }

  /** Ticks when it is time. True once the run has to end. */
  isOver(): boolean {
    const { work } = this.#state;
    if (work < TICK_WORK || this.stopped) return this.stopped;
    this.tell();
    this.#work += work;
    this.#state.work = 0;
    this.stopped = this.#options.budget.tick(work) === "stop";
    if (!this.stopped) this.#received = this.#options.exchange?.() ?? this.#received;
    return this.stopped;
  }

  /** The sample received since the last call, if any. */
  takeReceived(): Sample | undefined {
    const sample = this.#received;
    this.#received = undefined;
    return sample;
  }

  /** From now on `roundBest` counts anew. */
  beginRound(): void {
    this.roundBest = Number.POSITIVE_INFINITY;
  }

  /** Notes the state if it is feasible and better. */
  note(): void {
    const { broken, objective, values } = this.#state;
    if (broken.count > 0) return;
    if (objective < this.roundBest) this.roundBest = objective;
    if (objective >= this.#threshold) return;
    this.#noted.set(values);
    this.#threshold = objective - this.#margin;
    this.#isNoted = true;
  }

  /** Tells what was noted, if it was not told yet. */
  tell(): void {
    if (!this.#isNoted) return;
    this.#isNoted = false;
    const { problem, sign } = this.#state.layout;
    const sample = { values: this.#noted.slice() };
    const { feasible, objective } = verify(problem, sample);
    const isBetter = this.best === undefined || sign * (objective - this.best.objective) < 0;
    if (feasible && isBetter) {
      this.best = Object.freeze({ sample, objective });
      this.#options.onIncumbent?.(sample, objective);
    } else if (this.best === undefined) {
      this.#threshold = Number.POSITIVE_INFINITY;
    } else {
      this.#threshold = sign * this.best.objective - this.#margin;
    }
  }

  /** Closes the run. */
  result(): SolveResult {
    this.tell();
    this.#work += this.#state.work;
    const status = this.best === undefined ? "unknown" : "feasible";
    return Object.freeze({ status, best: this.best, bound: undefined, work: this.#work });
  }
}

/**
 * One run of a search: its budget, its best answer, and what it hears of other solvers. A better
 * answer is written down when the search leaves it and told at a tick soon after: early in a search
 * every other move is one. Whatever is told is feasible for certain: the verifier has the last
 * word.
 */
import {
  objectiveTolerance,
  type Sample,
  type SolveOptions,
  type SolveResult,
  verify,
} from "#problem";
import type { RowState } from "./state.ts";

/** Entries looked at between two ticks: some tenths of a millisecond. */
const TICK_WORK = 5_000;
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
  readonly margin: number;
  /** Work between two answers told, so that judging them takes no more time than finding them. */
  readonly #size: number;
  /** A feasible state is better than what was noted when its objective is below this. */
  #threshold = Number.POSITIVE_INFINITY;
  /** Whether the state itself is that. */
  #isAhead = false;
  readonly #noted: Int32Array;
  #isNoted = false;
  #sinceTold = 0;
  #received: Sample | undefined;
  #work = 0;

  constructor(options: SolveOptions, state: RowState) {
    const { problem, isIntegral } = state.layout;
    this.#options = options;
    this.#state = state;
    this.margin = isIntegral ? 0 : MARGIN_SHARE * objectiveTolerance(problem);
    this.#noted = new Int32Array(problem.variableCount);
    const { objective, constraints: rows } = problem;
    this.#size = objective.columns.length + rows.columns.length + rows.pairFirsts.length;
  }

  /** Ticks when it is time. True once the run has to end. */
  isOver(): boolean {
    const { work } = this.#state;
    if (work < TICK_WORK || this.stopped) return this.stopped;
    this.#work += work;
    this.#state.work = 0;
    this.#sinceTold += work;
    if (this.best === undefined || this.#sinceTold >= this.#size) this.tell();
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

  /** Looks whether the state, as it was kept, is feasible and better. */
  look(): void {
    const { broken, objective } = this.#state;
    if (broken.count > 0) return;
    if (objective < this.roundBest) this.roundBest = objective;
    if (objective < this.#threshold) this.#isAhead = true;
  }

  /** Writes the state down, as it was kept, if it is better; before a move that makes it worse. */
  leave(): void {
    if (!this.#isAhead) return;
    this.#state.copyKept(this.#noted);
    this.#threshold = this.#state.objective - this.margin;
    this.#isAhead = false;
    this.#isNoted = true;
  }

  /** Tells of what is better, if it was not told yet. */
  tell(): void {
    this.leave();
    if (!this.#isNoted) return;
    this.#isNoted = false;
    this.#sinceTold = 0;
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
      this.#threshold = sign * this.best.objective - this.margin;
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

/**
 * One run of a search that proposes spins: the budget's ticks, and the best sample. Vector
 * operations of kernels and terms looked at in plain code are gathered until they are worth a tick.
 */
import type { QuadraticProblem, SolveOptions, SolveResult } from "#problem";
import { BestSample } from "../best-sample.ts";
import type { SpinForm } from "./spin-form.ts";

/** Vector operations between two ticks: half a millisecond or so. */
export const TICK_OPERATIONS = 5_000_000;

/** Vector operations that calling a kernel takes as long as. */
export const CALL_OPERATIONS = 5_000;

/** Vector operations that count as one unit of work: as much as a term of other searches. */
const OPERATIONS_PER_WORK = 160;

/** Budget and incumbent of one run. */
export class SpinRun {
  isStopped = false;
  readonly #form: SpinForm;
  readonly #budget: SolveOptions["budget"];
  readonly #best: BestSample;
  #energyBest = Number.POSITIVE_INFINITY;
  #operations = 0;
  #work = 0;

  constructor(problem: QuadraticProblem, options: SolveOptions, form: SpinForm) {
    this.#form = form;
    this.#budget = options.budget;
    this.#best = new BestSample(problem, options);
    if (options.start !== undefined) this.#best.begin(options.start);
  }

  /** Counts vector operations; true once the run has to end. */
  spend(operations: number): boolean {
    this.#operations += operations;
    if (this.#operations < TICK_OPERATIONS || this.isStopped) return this.isStopped;
    const work = Math.ceil(this.#operations / OPERATIONS_PER_WORK);
    this.#operations = 0;
    this.#work += work;
    this.isStopped = this.#budget.tick(work) === "stop";
    return this.isStopped;
  }

  /** A tick between preparations, which are no work; true once the run has to end. */
  pause(): boolean {
    if (!this.isStopped) this.isStopped = this.#budget.tick(0) === "stop";
    return this.isStopped;
  }

  /** Takes spins, -1 or +1, of this energy if that is less than any before. */
  offer(spins: ArrayLike<number>, energy: number): void {
    if (energy >= this.#energyBest) return;
    this.#energyBest = energy;
    this.#best.take(this.#form.lift(spins));
  }

  /** Closes the run. */
  result(): SolveResult {
    const best = this.#best.known;
    const status = best === undefined ? "unknown" : "feasible";
    return Object.freeze({ status, best, bound: undefined, work: this.#work });
  }
}

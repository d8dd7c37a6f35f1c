/**
 * One run of an exact kernel on a quadratic problem: its budget, its best sample, and the way from
 * the kernel's objective, which is always made small and knows no offset, to the problem's.
 */
import type { QuadraticProblem, SolveOptions, SolveResult } from "#problem";
import { BestSample } from "./best-sample.ts";

/** Work gathered into one tick: some tens of microseconds to a millisecond. */
const TICK_WORK = 100_000;

/** Budget and incumbent of one run. */
export class ExactRun {
  readonly #problem: QuadraticProblem;
  readonly #options: SolveOptions;
  readonly #best: BestSample;
  #work = 0;
  #pending = 0;
  #isStopped = false;

  constructor(problem: QuadraticProblem, options: SolveOptions) {
    this.#problem = problem;
    this.#options = options;
    this.#best = new BestSample(problem, options);
    if (options.start !== undefined) this.judge(options.start.values);
  }

  /** The kernel's objective of the best sample; infinite while there is none. */
  get reached(): number {
    return this.#best.known === undefined ? Infinity : this.#toKernel(this.#best.known.objective);
  }

  /** Counts work; true once the run has to end. */
  readonly spend = (work: number): boolean => {
    this.#work += work;
    this.#pending += work;
    if (this.#pending < TICK_WORK || this.#isStopped) return this.#isStopped;
    this.#isStopped = this.#options.budget.tick(this.#pending) === "stop";
    this.#pending = 0;
    return this.#isStopped;
  };

  /** Takes the sample if it is feasible and better; its objective as the kernel counts it. */
  readonly judge = (values: Int32Array): number | undefined => {
    const objective = this.#best.take({ values });
    return objective === undefined ? undefined : this.#toKernel(objective);
  };

  /** A proof: the best sample is an optimum, or there is none to be had. */
  proved(method: string): SolveResult {
    const best = this.#best.known;
    const status = best === undefined ? "infeasible" : "optimal";
    return Object.freeze({ status, best, bound: best?.objective, method, work: this.#work });
  }

  /** An early end; `kernelBound` holds for every sample. */
  stopped(method: string, kernelBound: number): SolveResult {
    const best = this.#best.known;
    const status = best === undefined ? "unknown" : "feasible";
    const isKnown = Number.isFinite(kernelBound);
    const bound = isKnown ? this.#fromKernel(Math.min(kernelBound, this.reached)) : undefined;
    return Object.freeze({ status, best, bound, method, work: this.#work });
  }

  #toKernel(objective: number): number {
    const rest = objective - this.#problem.objective.offset;
    return this.#problem.sense === "minimise" ? rest : -rest;
  }

  #fromKernel(objective: number): number {
    const rest = this.#problem.sense === "minimise" ? objective : -objective;
    return rest + this.#problem.objective.offset;
  }
}

/**
 * One run of an exact kernel on what a recogniser took out of a problem: counts its work, hands its
 * answers on as samples of the problem itself, and says at the end what was proved of them. Every
 * sample is judged against the problem before it is passed on.
 */
import type { WorkBudget } from "#foundation";
import {
  isBetterObjective,
  type NormalForm,
  quadraticScale,
  type Sample,
  type SolveOptions,
  type SolveResult,
  sampleOfColumns,
  verifyQuadratic,
} from "#problem";

/** How a kernel ended: a proof that nothing is better, or that nothing fits, or neither. */
export type KernelEnd = "optimal" | "infeasible" | "stopped";

/** What a bound may be off by, relative to all terms, where these are too large to be exact. */
const ROUNDING = 1e-9;

/** One run. */
export class KernelRun {
  /** The budget for the kernel. */
  readonly budget: WorkBudget;
  readonly #form: NormalForm;
  readonly #options: SolveOptions;
  readonly #method: string;
  readonly #exactMax: number;
  #best: { readonly sample: Sample; readonly objective: number } | undefined;
  /** Whether the problem refused an answer the kernel gave: then nothing is proved by answers. */
  #isRefused = false;
  #work = 0;

  /**
   * `method` is what proves, as the literature calls it; its proofs are exact for whole objectives
   * whose terms add up to at most `exactMax`; beyond, they are bounds with an allowance.
   */
  constructor(
    form: NormalForm,
    options: SolveOptions,
    method: string,
    exactMax = Number.POSITIVE_INFINITY,
  ) {
    this.#form = form;
    this.#options = options;
    this.#method = method;
    this.#exactMax = exactMax;
    this.#best = feasibleStart(form, options);
    this.budget = {
      tick: (work) => {
        this.#work += work;
        return options.budget.tick(work);
      },
    };
  }

  /** Passes on the sample in which the columns of the normal form have these values. */
  offer(chosen: ArrayLike<number>): void {
    const { problem } = this.#form;
    const sample = sampleOfColumns(this.#form, chosen);
    const { feasible, objective } = verifyQuadratic(problem, sample);
    const best = this.#best?.objective;
    if (!feasible) {
      this.#isRefused = true;
      return;
    }
    if (best !== undefined && !isBetterObjective(problem.sense, objective, best)) return;
    this.#best = { sample, objective };
    this.#options.onIncumbent?.(sample, objective);
  }

  /**
   * The result. `bound` is what no answer costs less than, by the normal form's costs and without
   * its constant.
   */
  conclude(end: KernelEnd, bound: number): SolveResult {
    const part = { best: this.#best, method: this.#method, work: this.#work };
    if (end === "infeasible")
      return { ...part, best: undefined, status: "infeasible", bound: undefined };
    const { magnitude, isIntegral } = quadraticScale(this.#form.problem);
    const isExact = !isIntegral || magnitude <= this.#exactMax;
    if (end === "optimal" && isExact && !this.#isRefused && this.#best !== undefined) {
      return { ...part, status: "optimal", bound: this.#best.objective };
    }
    const sign = this.#form.problem.sense === "minimise" ? 1 : -1;
    const allowance = end === "optimal" ? ROUNDING * magnitude : 0;
    const own = sign * (bound + this.#form.constant - allowance);
    const status = this.#best === undefined ? "unknown" : "feasible";
    return { ...part, status, bound: Number.isFinite(own) ? own : undefined };
  }
}

/** The start, where it can be an answer; it is known already, so nobody is told. */
function feasibleStart({ problem }: NormalForm, { start }: SolveOptions) {
  if (start === undefined) return undefined;
  const { feasible, objective } = verifyQuadratic(problem, start);
  return feasible ? { sample: start, objective } : undefined;
}

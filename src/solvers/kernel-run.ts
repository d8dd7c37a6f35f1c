/**
 * One run of a kernel, exact or heuristic, on what a recogniser took out of a problem: counts its
 * work, hands its answers on as samples of the problem itself, and says at the end what was proved
 * of them, if anything. Every sample is judged against the problem before it is passed on.
 */
import type { WorkBudget } from "#foundation";
import {
  type NormalForm,
  quadraticScale,
  type SolveOptions,
  type SolveResult,
  sampleOfColumns,
} from "#problem";
import { BestSample } from "./best-sample.ts";

/** How a kernel ended: a proof that nothing is better, or that nothing fits, or neither. */
export type KernelEnd = "optimal" | "infeasible" | "stopped";

/** What a bound may be off by, relative to all terms, where these are too large to be exact. */
const ROUNDING = 1e-9;

/** One run. */
export class KernelRun {
  /** The budget for the kernel. */
  readonly budget: WorkBudget;
  readonly #form: NormalForm;
  readonly #best: BestSample;
  readonly #method: string;
  readonly #exactMax: number;
  /** Whether the problem refused an answer the kernel gave: then nothing is proved by answers. */
  #isRefused = false;
  #work = 0;

  /**
   * `method` is what proves or searches, as the literature calls it; its proofs are exact for whole
   * objectives whose terms add up to at most `exactMax`; beyond, they are bounds with an allowance.
   */
  constructor(
    form: NormalForm,
    options: SolveOptions,
    method: string,
    exactMax = Number.POSITIVE_INFINITY,
  ) {
    this.#form = form;
    this.#method = method;
    this.#exactMax = exactMax;
    this.#best = new BestSample(form.problem, options);
    if (options.start !== undefined) this.#best.begin(options.start);
    this.budget = {
      tick: (work) => {
        this.#work += work;
        return options.budget.tick(work);
      },
    };
  }

  /** Passes on the sample in which the columns of the normal form have these values. */
  offer(chosen: ArrayLike<number>): void {
    const objective = this.#best.take(sampleOfColumns(this.#form, chosen));
    if (objective === undefined) this.#isRefused = true;
  }

  /**
   * The result. `bound` is what no answer costs less than, by the normal form's costs and without
   * its constant.
   */
  conclude(end: KernelEnd, bound: number): SolveResult {
    const best = this.#best.known;
    const part = { best, method: this.#method, work: this.#work };
    if (end === "infeasible")
      return { ...part, best: undefined, status: "infeasible", bound: undefined };
    const isProof = end === "optimal" && !this.#isRefused && best !== undefined;
    if (isProof && this.#isExact()) {
      return { ...part, status: "optimal", bound: best.objective };
    }
    const sign = this.#form.problem.sense === "minimise" ? 1 : -1;
    const allowance =
      end === "optimal" ? ROUNDING * quadraticScale(this.#form.problem).magnitude : 0;
    const own = sign * (bound + this.#form.constant - allowance);
    const status = best === undefined ? "unknown" : "feasible";
    return { ...part, status, bound: Number.isFinite(own) ? own : undefined };
  }

  /** Whether whole costs add up to few enough to be told apart. */
  #isExact(): boolean {
    if (this.#exactMax === Number.POSITIVE_INFINITY) return true;
    const { magnitude, isIntegral } = quadraticScale(this.#form.problem);
    return !isIntegral || magnitude <= this.#exactMax;
  }
}

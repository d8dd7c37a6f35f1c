/**
 * One run of an exact kernel on what a recogniser took out of a problem: counts its work, hands its
 * answers on as samples of the problem itself, and says at the end what was proved of them. Every
 * sample is judged against the problem before it is passed on.
 */
import type { WorkBudget } from "#foundation";
import {
  isBetterObjective,
  type NormalForm,
  type Sample,
  type SolveOptions,
  type SolveResult,
  type Support,
  sampleOfColumns,
  verifyQuadratic,
} from "#problem";

/** How a kernel ended: a proof that nothing is better, or that nothing fits, or neither. */
export type KernelEnd = "optimal" | "infeasible" | "stopped";

/** One run. */
export class KernelRun {
  /** The budget for the kernel. */
  readonly budget: WorkBudget;
  readonly #form: NormalForm;
  readonly #options: SolveOptions;
  readonly #method: string;
  #best: { readonly sample: Sample; readonly objective: number } | undefined;
  #work = 0;

  /** `method` is what proves, as the literature calls it. */
  constructor(form: NormalForm, options: SolveOptions, method: string) {
    this.#form = form;
    this.#options = options;
    this.#method = method;
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
    if (!feasible) return;
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
    if (end === "optimal" && this.#best !== undefined) {
      return { ...part, status: "optimal", bound: this.#best.objective };
    }
    const sign = this.#form.problem.sense === "minimise" ? 1 : -1;
    const own = sign * (bound + this.#form.constant);
    const isKnown = end === "stopped" && Number.isFinite(own);
    const status = this.#best === undefined ? "unknown" : "feasible";
    return { ...part, status, bound: isKnown ? own : undefined };
  }
}

/** The start, where it can be an answer; it is known already, so nobody is told. */
function feasibleStart({ problem }: NormalForm, { start }: SolveOptions) {
  if (start === undefined) return undefined;
  const { feasible, objective } = verifyQuadratic(problem, start);
  return feasible ? { sample: start, objective } : undefined;
}

/** Whether there is what a solver needs. */
export function supportIf(found: unknown, what: string): Support {
  return found === undefined
    ? { kind: "no", reason: `the problem is not ${what}` }
    : { kind: "yes" };
}

/**
 * The best sample of a run on a quadratic problem. What an engine or a kernel says of its own
 * answers is not believed: each is judged by the definition, and told outside only if it is better.
 */
import {
  isBetterObjective,
  type QuadraticProblem,
  type Sample,
  type SolveOptions,
  type SolveResult,
  verifyQuadratic,
} from "#problem";

/** Keeps the best of the samples it is given. */
export class BestSample {
  #known: SolveResult["best"];
  readonly #problem: QuadraticProblem;
  readonly #onIncumbent: SolveOptions["onIncumbent"];

  constructor(problem: QuadraticProblem, { onIncumbent }: Pick<SolveOptions, "onIncumbent">) {
    this.#problem = problem;
    this.#onIncumbent = onIncumbent;
  }

  /** The best; `undefined` while none was feasible. */
  get known(): SolveResult["best"] {
    return this.#known;
  }

  /** Begins with a sample that is known outside already: nobody is told. */
  begin(sample: Sample): void {
    const { feasible, objective } = verifyQuadratic(this.#problem, sample);
    if (feasible) this.#known = Object.freeze({ sample, objective });
  }

  /** Takes the sample if it is feasible and better; its objective if it is feasible. */
  take(sample: Sample): number | undefined {
    const { feasible, objective } = verifyQuadratic(this.#problem, sample);
    if (!feasible) return undefined;
    const known = this.#known?.objective;
    if (known !== undefined && !isBetterObjective(this.#problem.sense, objective, known)) {
      return objective;
    }
    this.#known = Object.freeze({ sample, objective });
    this.#onIncumbent?.(sample, objective);
    return objective;
  }
}

/** The result of a run that was told to stop before it was prepared: its start, if that holds. */
export function unprepared(problem: QuadraticProblem, options: SolveOptions): SolveResult {
  const best = new BestSample(problem, options);
  if (options.start !== undefined) best.begin(options.start);
  const status = best.known === undefined ? "unknown" : "feasible";
  return Object.freeze({ status, best: best.known, bound: undefined, work: 0 });
}

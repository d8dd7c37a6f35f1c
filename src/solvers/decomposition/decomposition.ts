/**
 * Decomposition: large problems by parts of a size that another solver is good at. One part after
 * the other is set free while everything around it stays, and its answer is taken over where it is
 * better, so that the whole only ever improves. Passes of connected parts (breadth first) and
 * passes by impact take turns; the inner solver comes from outside and may be any, a device's
 * included.
 */
import { randomStream, type TickReply, type WorkBudget } from "#foundation";
import { inSteps } from "#kernels";
import {
  isBetterObjective,
  type QuadraticProblem,
  type SolveOptions,
  type SolveResult,
  type Solver,
  type Support,
  solverOf,
  verifyQuadratic,
} from "#problem";
import { BestSample } from "../best-sample.ts";
import { layOutWithin, type QuadraticLayout } from "../quadratic-layout.ts";
import { Regions } from "./regions.ts";
import { partOf, subProblem } from "./sub-problem.ts";

/** Below this there is nothing to take apart. */
const VARIABLES_MIN = 2;
/** Neighbours that are laid out at most: some 24 bytes each. */
const TERMS_MAX = 16_000_000;
/** Sorting variables by impact has no ticks inside: up to here it takes some 20 ms. */
const IMPACT_VARIABLES_MAX = 50_000;
/** Work by term and variable of a part that making its problem is worth. */
const WORK_PER_TERM = 20;
/** The same of any part, however small. */
const WORK_PER_PART = 20_000;
/** Judging a whole answer is put off until parts have had this much work by term of the whole. */
const WORK_PER_JUDGEMENT = 60;

/** Who solves parts, and how large they are. */
export interface DecompositionParts {
  readonly name: string;
  /** Finds the first answer, and need not be good. */
  readonly starter: Solver;
  /** The first that takes a part solves it. */
  readonly inner: readonly InnerSolver[];
  readonly sizeMax: number;
}

/** A solver of parts, with what it may spend on each term and variable of one. */
export interface InnerSolver {
  readonly solver: Solver;
  readonly workPerTerm: number;
}

/** The solver; runs until its budget ends, or until there is nothing to set free. */
export function decomposition(parts: DecompositionParts): Solver {
  return solverOf("quadratic", {
    name: parts.name,
    version: 2,
    guarantee: "heuristic",
    supports,
    solve: (problem, options) => new Run(problem, options, parts).solve(),
  });
}

function supports({ variableCount, objective, constraints }: QuadraticProblem): Support {
  const no = (reason: string): Support => ({ kind: "no", reason });
  if (variableCount < VARIABLES_MIN) return no("at least two variables");
  if (constraints.pairFirsts.length > 0) return no("linear rows, got products in rows");
  const terms = objective.columns.length + constraints.columns.length;
  return terms <= TERMS_MAX ? { kind: "yes" } : no(`up to ${TERMS_MAX} terms, got ${terms}`);
}

class Run {
  readonly #problem: QuadraticProblem;
  readonly #options: SolveOptions;
  readonly #parts: DecompositionParts;
  readonly #best: BestSample;
  readonly #budget: WorkBudget = { tick: (work) => this.#tick(work) };
  #isStopped = false;
  #work = 0;
  /** Work since the whole was judged, while there is something to judge. */
  #workUnjudged: number | undefined;

  constructor(problem: QuadraticProblem, options: SolveOptions, parts: DecompositionParts) {
    this.#problem = problem;
    this.#options = options;
    this.#parts = parts;
    this.#best = new BestSample(problem, options);
    if (options.start !== undefined) this.#best.begin(options.start);
  }

  solve(): SolveResult {
    const values = this.#firstValues();
    if (values !== undefined && !this.#isStopped) this.#improve(values);
    const best = this.#best.known;
    const status = best === undefined ? "unknown" : "feasible";
    return Object.freeze({ status, best, bound: undefined, work: this.#work });
  }

  /** A feasible answer to begin with, if one is given or found. */
  #firstValues(): Int32Array | undefined {
    if (this.#best.known === undefined) {
      const { starter } = this.#parts;
      const { seed, start } = this.#options;
      starter.solve(this.#problem, {
        seed,
        start,
        budget: this.#budget,
        onIncumbent: (sample) => this.#best.take(sample),
      });
    }
    return this.#best.known?.sample.values.slice();
  }

  #improve(values: Int32Array): void {
    const layout = layOutWithin(this.#problem, { budget: this.#budget });
    if (layout === undefined || layout.free.length === 0) return;
    const random = randomStream(this.#options.seed, this.#parts.name);
    const regions = new Regions(layout, this.#parts.sizeMax, random);
    for (let pass = 0; !this.#isStopped; pass += 1) {
      const isByImpact = pass % 2 === 1 && layout.free.length <= IMPACT_VARIABLES_MAX;
      if (isByImpact) regions.beginByImpact(values);
      else regions.beginConnected();
      this.#tick(layout.neighbours.length + layout.variableCount);
      while (!this.#isStopped && !regions.isPassOver) {
        const region = isByImpact ? regions.nextByImpact() : regions.nextConnected();
        this.#improveRegion(layout, region, values, random.below(2 ** 31 - 1));
      }
    }
    this.#judge(values);
  }

  /** Solves one part, and takes its answer over where that is better. */
  #improveRegion(
    layout: QuadraticLayout,
    region: readonly number[],
    values: Int32Array,
    seed: number,
  ): void {
    const part = inSteps(subProblem(layout, region, values), this.#budget);
    if (part === undefined) return;
    const start = partOf(region, values);
    const terms =
      part.variableCount + part.objective.columns.length + part.constraints.columns.length;
    this.#tick(WORK_PER_PART + WORK_PER_TERM * terms);
    const inner = this.#parts.inner.find(({ solver }) => solver.supports(part).kind === "yes");
    if (inner === undefined || this.#isStopped) return;
    let left = terms * inner.workPerTerm;
    const tick = (work: number): TickReply => {
      left -= work;
      return this.#tick(work) === "stop" || left <= 0 ? "stop" : "continue";
    };
    const { best } = inner.solver.solve(part, { seed, start, budget: { tick } });
    if (best === undefined) return;
    const before = verifyQuadratic(part, start).objective;
    const after = verifyQuadratic(part, best.sample);
    if (!after.feasible || !isBetterObjective("minimise", after.objective, before)) return;
    for (const [place, variable] of region.entries()) values[variable] = best.sample.values[place];
    this.#workUnjudged ??= 0;
    const size = this.#problem.objective.columns.length + this.#problem.constraints.columns.length;
    if (this.#workUnjudged >= WORK_PER_JUDGEMENT * (size + values.length)) this.#judge(values);
  }

  /** Judges the whole, and tells of it if it is better. */
  #judge(values: Int32Array): void {
    if (this.#workUnjudged === undefined) return;
    this.#workUnjudged = undefined;
    this.#best.take({ values: values.slice() });
  }

  /** Once it has said stop, it says so for ever. */
  #tick(work: number): TickReply {
    if (this.#isStopped) return "stop";
    this.#work += work;
    if (this.#workUnjudged !== undefined) this.#workUnjudged += work;
    this.#isStopped = this.#options.budget.tick(work) === "stop";
    return this.#isStopped ? "stop" : "continue";
  }
}

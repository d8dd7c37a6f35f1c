/**
 * The solver contract: four members, the same for exact, heuristic, quantum-inspired and quantum
 * methods. Capability is a question (`supports`), not an exception; work is bounded by a budget;
 * randomness comes from the seed alone.
 */
import { assert, type WorkBudget } from "#foundation";
import {
  isOfKind,
  type Problem,
  type ProblemKind,
  type ProblemOf,
  type Sample,
} from "./problem.ts";

/** Whether a solver can take a problem; the reason is recorded when it cannot. */
export type Support = { readonly kind: "yes" } | { readonly kind: "no"; readonly reason: string };

/** What a solver's answer is worth: proved best, within its own bound, or best found. */
export type Guarantee = "exact" | "bounded" | "heuristic";

/** What a solver is given besides the problem. */
export interface SolveOptions {
  /**
   * Safe integer; the same problem, seed, start and tick replies give the same result on every run.
   */
  readonly seed: number;
  readonly budget: WorkBudget;
  /** A feasible or infeasible place to begin. */
  readonly start?: Sample | undefined;
  /** Called with each strictly better feasible sample, at the moment it is found. */
  readonly onIncumbent?: ((sample: Sample, objective: number) => void) | undefined;
  /**
   * Called directly after a tick that said `continue`: a better sample another solver has found, or
   * `undefined`. Using it is voluntary.
   */
  readonly exchange?: (() => Sample | undefined) | undefined;
}

/** How a run ended. `optimal` and `infeasible` are proofs. */
export type SolveStatus = "optimal" | "feasible" | "infeasible" | "unknown";

/** What a solver returns. */
export interface SolveResult {
  readonly status: SolveStatus;
  /** The best feasible sample found; absent when none was. */
  readonly best: { readonly sample: Sample; readonly objective: number } | undefined;
  /** No solution at least as long as `best` has a better objective than this. */
  readonly bound: number | undefined;
  /**
   * What proved the status or the bound, as the literature calls it; absent: the solver's own name
   * says it.
   */
  readonly method?: string | undefined;
  /** With `infeasible`: rules that cannot hold together, none of them superfluous. */
  readonly conflict?: readonly string[] | undefined;
  /** Work done, in the solver's own units. */
  readonly work: number;
}

/**
 * Turns a problem, a budget and a seed into samples. Implementations keep no state between calls.
 */
export interface Solver {
  readonly name: string;
  /** Raised whenever the same seed may give another result. */
  readonly version: number;
  readonly guarantee: Guarantee;
  /** The one kind of problem it solves. */
  readonly problemKind: ProblemKind;
  supports(problem: Problem): Support;
  /** @throws AssertionError when the problem is of another kind. */
  solve(problem: Problem, options: SolveOptions): SolveResult;
}

/** A solver as it is written: for problems of one kind. */
export interface SolverDefinition<Kind extends ProblemKind>
  extends Pick<Solver, "name" | "version" | "guarantee"> {
  supports(problem: ProblemOf<Kind>): Support;
  solve(problem: ProblemOf<Kind>, options: SolveOptions): SolveResult;
}

/** Makes a solver of problems of one kind one that can be asked about all. */
export function solverOf<Kind extends ProblemKind>(
  kind: Kind,
  { name, version, guarantee, supports, solve }: SolverDefinition<Kind>,
): Solver {
  return Object.freeze({
    name,
    version,
    guarantee,
    problemKind: kind,
    supports: (problem: Problem): Support => {
      if (isOfKind(problem, kind)) return supports(problem);
      return { kind: "no", reason: `${name} solves ${kind} problems, not ${problem.kind} ones` };
    },
    solve: (problem: Problem, options: SolveOptions) => {
      assert(isOfKind(problem, kind), `a problem that ${name} supports`);
      return solve(problem, options);
    },
  });
}

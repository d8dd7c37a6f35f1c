/**
 * A solver for one structure: it takes what the structure's recogniser takes out of a problem, has
 * an exact kernel run on it, and says what was proved. Each such solver adds only its own kernel
 * and the way from the kernel's answer to the columns of the normal form.
 */
import { assert } from "#foundation";
import {
  type NormalForm,
  type QuadraticProblem,
  type SolveOptions,
  type Solver,
  type Structure,
  solverOf,
} from "#problem";
import { type KernelEnd, KernelRun } from "./kernel-run.ts";

/** A structure of which a problem has a normal form. */
type Recognised = Extract<Structure, { readonly form: NormalForm }>;

/** How a kernel ended, and what no answer costs less than, by the normal form without constant. */
export interface KernelEnding {
  readonly end: KernelEnd;
  readonly bound: number;
}

/** What is a structure's own about its solver. */
export interface StructureSolver<Found extends Recognised> {
  /** The structure's name is the solver's. */
  readonly name: Found["kind"];
  readonly version: number;
  /** The structure in words, with its article. */
  readonly what: string;
  readonly recognise: (problem: QuadraticProblem) => Found | undefined;
  /** What proves, as the literature calls it. */
  readonly method: string;
  /** Up to which sum of all terms whole costs are told apart; absent: always. */
  exactMaxOf?(found: Found): number;
  /** Runs the kernel on the budget of `run` and offers `run` its answers. */
  solve(found: Found, run: KernelRun, options: SolveOptions): KernelEnding;
}

/** Makes the solver. */
export function structureSolver<Found extends Recognised>(own: StructureSolver<Found>): Solver {
  const { name, version, what, recognise, method } = own;
  return solverOf("quadratic", {
    name,
    version,
    guarantee: "exact",
    supports: (problem) =>
      recognise(problem) === undefined
        ? { kind: "no", reason: `the problem is not ${what}` }
        : { kind: "yes" },
    solve: (problem, options) => {
      const found = recognise(problem);
      assert(found !== undefined, what);
      const run = new KernelRun(found.form, options, method, own.exactMaxOf?.(found));
      const { end, bound } = own.solve(found, run, options);
      return run.conclude(end, bound);
    },
  });
}

/** How a kernel ended that gave this answer, or none, and searched everything or not. */
export function endOf(answer: unknown, isProved: boolean): KernelEnd {
  if (!isProved) return "stopped";
  return answer === undefined ? "infeasible" : "optimal";
}

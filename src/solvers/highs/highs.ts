/**
 * HiGHS (Q. Huangfu, J. A. J. Hall, Mathematical Programming Computation 10, 2018) behind the
 * solver contract: linear constrained problems, and quadratic ones by linearisation. It runs on the
 * caller's thread and is stopped where it calls back or reads its clock, which tells no time, so
 * the same ticks give the same answer. What it says is rounded to integers and judged by the
 * definition before it is passed on.
 */
import { type QuadraticProblem, type Solver, solverOf } from "#problem";
import { ProgrammeRun } from "./programme-run.ts";
import { supportsProgramme } from "./support.ts";

/** Up to here linearising is worth a try without being asked for. */
const PRODUCTS_FEW = 200;
/** Up to here it can be asked for by name. */
const PRODUCTS_MAX = 50_000;

/** Proves, or ends with its budget: problems that are linear but for a few products. */
export const highs: Solver = solver("highs", PRODUCTS_FEW);

/** The same for any problem that can be linearised at all; for comparison, not for speed. */
export const highsLinearised: Solver = solver("highs-linearised", PRODUCTS_MAX);

function solver(name: string, productCountMax: number): Solver {
  return solverOf("quadratic", {
    name,
    version: 3,
    guarantee: "exact",
    supports: (problem: QuadraticProblem) => supportsProgramme(problem, productCountMax),
    solve: (problem, options) => new ProgrammeRun(problem, options).solve(),
  });
}

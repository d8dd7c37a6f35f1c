/**
 * Answers that come from elsewhere, made feasible. Values drawn at random
 * stand for what circuits and annealers measure; `mending` and `descent` have the same work.
 */
import { present, type RandomStream, randomStream, workBudget } from "#foundation";

import { type QuadraticProblem, type Sample, VARTYPE, verifyQuadratic } from "#problem";
import { solverNamed } from "#solvers";
import type { FigureOptions } from "../../../src/cli/bench/figure-program.ts";
import type { Reading } from "../../../src/cli/bench/reading.ts";
import { constrainedFamilies } from "../../../test/search/constrained-problems.ts";

const OURS = "mending";
const BASELINE = "descent";
/** What QAOA gives to each measurement it mends. */
const WORK = 20_000;
const SIZES: readonly number[] = [6, 10, 14];
const PROBLEMS = 12;
const STARTS = 8;

/** How many of such answers become feasible, and how good. */
export function measureMending({ isQuick }: FigureOptions): readonly Reading[] {
  const totals = { starts: 0, ours: 0, theirs: 0 };
  const readings = Object.keys(constrainedFamilies).map((family) => {
    const counts = { starts: 0, ours: 0, theirs: 0, better: 0, worse: 0 };
    for (let number = 1; number <= (isQuick ? 1 : PROBLEMS); number += 1) {
      const size = SIZES[number % SIZES.length];
      const problem = constrainedFamilies[family](randomStream(number, family), size);
      const stream = randomStream(number, family, "starts");
      for (let seed = 1; seed <= STARTS; seed += 1) {
        const start = randomSample(problem, stream);
        const ours = mendedCost(problem, OURS, { start, seed });
        const theirs = mendedCost(problem, BASELINE, { start, seed });
        counts.starts += 1;
        counts.ours += Number(Number.isFinite(ours));
        counts.theirs += Number(Number.isFinite(theirs));
        counts.better += Number(ours < theirs);
        counts.worse += Number(ours > theirs);
      }
    }
    totals.starts += counts.starts;
    totals.ours += counts.ours;
    totals.theirs += counts.theirs;
    return {
      what: `${family}: random answers mended`,
      goal: "",
      reached: `${counts.ours} of ${counts.starts}, by ${BASELINE} ${counts.theirs}`,
      spread: `${counts.better} better, ${counts.worse} worse than by ${BASELINE}`,
      isMet: null,
    };
  });
  const { starts, ours, theirs } = totals;
  const all = {
    what: `random answers mended with ${WORK} units of work`,
    goal: `more than by ${BASELINE}`,
    reached: `${ours} of ${starts}, by ${BASELINE} ${theirs}`,
    spread: `${PROBLEMS} problems of each family, ${STARTS} starts each`,
    isMet: ours > theirs,
  };
  return [...readings, all];
}

function randomSample(problem: QuadraticProblem, stream: RandomStream): Sample {
  const { lowerBounds, upperBounds, vartypes } = problem;
  const values = Int32Array.from(lowerBounds, (lower, variable) => {
    if (vartypes[variable] === VARTYPE.spin) return 2 * stream.below(2) - 1;
    return lower + stream.below(upperBounds[variable] - lower + 1);
  });
  return { values };
}

/** Of the answer, to be made small; infinite where none was feasible. */
function mendedCost(
  problem: QuadraticProblem,
  name: string,
  options: { readonly start: Sample; readonly seed: number },
): number {
  const solver = present(solverNamed(name), name);
  const { best } = solver.solve(problem, { ...options, budget: workBudget(WORK) });
  const verdict = best && verifyQuadratic(problem, best.sample);
  if (!verdict?.feasible) return Number.POSITIVE_INFINITY;
  return problem.sense === "minimise" ? verdict.objective : -verdict.objective;
}

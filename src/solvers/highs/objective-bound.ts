/**
 * What the engine's bound is worth. It computes in doubles with tolerances, so its bound is taken
 * with a margin; where every objective is a whole number the next whole number is as good a bound,
 * and the margin costs nothing.
 */
import { type QuadraticProblem, quadraticScale } from "#problem";

/** The engine's absolute tolerance on objectives, and rounding relative to their size. */
const ABSOLUTE_MARGIN = 1e-6;
const RELATIVE_MARGIN = 1e-9;

/** The engine's bound as a bound of the problem's objective. */
export function boundWithin(problem: QuadraticProblem, engineBound: number): number {
  const margin = marginOf(engineBound);
  const isMinimum = problem.sense === "minimise";
  const bound = isMinimum ? engineBound - margin : engineBound + margin;
  if (!isIntegral(problem)) return bound;
  return isMinimum ? Math.ceil(bound) : Math.floor(bound);
}

/** Whether `objective` is as good as `bound` allows, up to the margins of both. */
export function meets(problem: QuadraticProblem, objective: number, bound: number): boolean {
  const distance = problem.sense === "minimise" ? objective - bound : bound - objective;
  // The margin just given, the gap the engine stops at, and its tolerances in rows.
  return distance <= (isIntegral(problem) ? 0 : 4 * marginOf(bound));
}

function marginOf(bound: number): number {
  return ABSOLUTE_MARGIN + RELATIVE_MARGIN * Math.abs(bound);
}

function isIntegral(problem: QuadraticProblem): boolean {
  const { isIntegral: isWhole, magnitude } = quadraticScale(problem);
  return isWhole && magnitude < Number.MAX_SAFE_INTEGER;
}

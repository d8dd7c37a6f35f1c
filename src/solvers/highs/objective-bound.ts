/**
 * What the engine is given for an objective, and what its bound is worth. It computes in doubles
 * with absolute tolerances, so small costs are scaled up before, and its bound is taken with a
 * margin; where every objective is a whole number the next whole number is as good a bound, and the
 * margin costs nothing.
 */
import { type QuadraticProblem, quadraticScale } from "#problem";

/** The engine's absolute tolerance on objectives, and rounding relative to their size. */
const ABSOLUTE_MARGIN = 1e-6;
const RELATIVE_MARGIN = 1e-9;

/** The largest cost is scaled up to this at least: then tolerances are small beside the costs. */
const LARGEST_COST_MIN = 1024;
/** Weights of soft rows may be next to the least double: they are scaled no further. */
const SCALE_MAX = 2 ** 960;

/** How the engine's objective becomes the problem's: `offset` plus what it says over `scale`. */
export interface ObjectiveUnits {
  readonly offset: number;
  /** A power of two, from 1. */
  readonly scale: number;
}

/** What to multiply costs by; 1 where objectives are whole and so at least 1 apart. */
export function costScale(problem: QuadraticProblem, costs: readonly number[]): number {
  if (isIntegral(problem)) return 1;
  const largest = costs.reduce((most, cost) => Math.max(most, Math.abs(cost)), 0);
  let scale = 1;
  while (largest * scale < LARGEST_COST_MIN && scale < SCALE_MAX) scale *= 2;
  return scale;
}

/** The engine's bound as a bound of the problem's objective. */
export function boundWithin(
  problem: QuadraticProblem,
  engineBound: number,
  units: ObjectiveUnits,
): number {
  const own = engineBound / units.scale;
  const margin = marginOf(own, units);
  const isMinimum = problem.sense === "minimise";
  const bound = units.offset + (isMinimum ? own - margin : own + margin);
  if (!isIntegral(problem)) return bound;
  return isMinimum ? Math.ceil(bound) : Math.floor(bound);
}

/** Whether `objective` is as good as `bound` allows, up to the margins of both. */
export function meets(
  problem: QuadraticProblem,
  objective: number,
  bound: number,
  units: ObjectiveUnits,
): boolean {
  const distance = problem.sense === "minimise" ? objective - bound : bound - objective;
  // The margin just given, the gap the engine stops at, and its tolerances in rows.
  return distance <= (isIntegral(problem) ? 0 : 4 * marginOf(bound - units.offset, units));
}

/** For a bound without its offset, which is added in doubles too. */
function marginOf(bound: number, { offset, scale }: ObjectiveUnits): number {
  const rounding = RELATIVE_MARGIN * Math.abs(bound) + Number.EPSILON * Math.abs(offset);
  return ABSOLUTE_MARGIN / scale + rounding;
}

function isIntegral(problem: QuadraticProblem): boolean {
  const { isIntegral: isWhole, magnitude } = quadraticScale(problem);
  return isWhole && magnitude < Number.MAX_SAFE_INTEGER;
}

/**
 * The verdict on a sample of any problem. Each kind has its own judge, which shares no code with
 * any solver: what a solver says of its own sample is never believed.
 */
import { unreachable } from "#foundation";
import { quadraticScale } from "./model/quadratic-scale.ts";
import { verifyQuadratic } from "./model/verify-quadratic.ts";
import type { Problem, Sample } from "./problem.ts";
import { selectionScale, verifySelection } from "./selection/verify-selection.ts";
import type { Verdict } from "./verdict.ts";

/**
 * Judges `sample`.
 *
 * @throws AssertionError when it is no sample of the problem: see `sampleFlaw`.
 */
export function verify(problem: Problem, sample: Sample): Verdict {
  switch (problem.kind) {
    case "ordered-selection":
      return verifySelection(problem, sample);
    case "quadratic":
      return verifyQuadratic(problem, sample);
    default:
      return unreachable(problem);
  }
}

/** Relative slack between sums of the same terms in different orders. */
const ROUNDING = 1e-9;

/**
 * How far two ways to add up the same objective may differ, by the size of what is summed: an
 * objective may be a small difference of large terms, or all its terms may be tiny. Less than the
 * step between two values of an objective of integers.
 */
export function objectiveTolerance(problem: Problem): number {
  switch (problem.kind) {
    case "ordered-selection":
      return ROUNDING * selectionScale(problem);
    case "quadratic": {
      const { magnitude, isIntegral } = quadraticScale(problem);
      const isExact = isIntegral && magnitude <= Number.MAX_SAFE_INTEGER;
      return isExact ? Math.min(0.25, ROUNDING * magnitude) : ROUNDING * magnitude;
    }
    default:
      return unreachable(problem);
  }
}

/**
 * The support vector machine of two sides on a given Gram matrix, by sequential minimal
 * optimisation: the pair of rows that violates the conditions of an optimum most, judged by second
 * order, is solved exactly until no pair violates them.
 *
 * Source: R.-E. Fan, P.-H. Chen and C.-J. Lin, J. Machine Learning Research 6 (2005).
 */
import type { DualScore } from "./dual-score.ts";

const VIOLATION_MAX = 1e-3;
/** Pairs solved for each row learnt from before it is good enough as it is. */
const STEPS_PER_ROW = 200;
/** Where the kernel sees no difference between two rows, the step is long instead of infinite. */
const CURVATURE_MIN = 1e-12;

/** Learns; `price` above 0 is what a row on the wrong side of its margin costs. */
export function fitKernelSvm(
  gram: Float64Array,
  size: number,
  sides: Float64Array,
  price: number,
): DualScore {
  const duals = new Float64Array(size);
  const gradient = new Float64Array(size).fill(-1);
  const problem = { gram, size, sides, price, duals, gradient };
  for (let step = 0; step < STEPS_PER_ROW * size; step += 1) {
    const pair = worstPair(problem);
    if (pair === undefined) break;
    solvePair(problem, pair);
  }
  return { weights: duals.map((dual, at) => dual * sides[at]), bias: biasOf(problem) };
}

/** min 1/2 a'Qa - sum a with Q = sides' sides gram, 0 <= a <= price, sides'a = 0. */
interface DualProblem {
  readonly gram: Float64Array;
  readonly size: number;
  readonly sides: Float64Array;
  readonly price: number;
  readonly duals: Float64Array;
  /** Q a - 1. */
  readonly gradient: Float64Array;
}

interface Pair {
  readonly up: number;
  readonly down: number;
}

function mayRise({ duals, sides, price }: DualProblem, at: number): boolean {
  return sides[at] > 0 ? duals[at] < price : duals[at] > 0;
}

function mayFall({ duals, sides, price }: DualProblem, at: number): boolean {
  return sides[at] > 0 ? duals[at] > 0 : duals[at] < price;
}

function worstPair(problem: DualProblem): Pair | undefined {
  const { gram, size, sides, gradient } = problem;
  let up = -1;
  let highest = Number.NEGATIVE_INFINITY;
  for (let at = 0; at < size; at += 1) {
    const pull = -sides[at] * gradient[at];
    if (pull > highest && mayRise(problem, at)) {
      up = at;
      highest = pull;
    }
  }
  if (up < 0) return undefined;
  let down = -1;
  let [lowest, gainMost] = [Number.POSITIVE_INFINITY, 0];
  for (let at = 0; at < size; at += 1) {
    if (!mayFall(problem, at)) continue;
    const pull = -sides[at] * gradient[at];
    lowest = Math.min(lowest, pull);
    const gap = highest - pull;
    if (gap <= 0) continue;
    const curvature = gram[up * size + up] + gram[at * size + at] - 2 * gram[up * size + at];
    const gain = (gap * gap) / Math.max(curvature, CURVATURE_MIN);
    if (gain > gainMost) {
      down = at;
      gainMost = gain;
    }
  }
  return down < 0 || highest - lowest < VIOLATION_MAX ? undefined : { up, down };
}

function solvePair({ gram, size, sides, price, duals, gradient }: DualProblem, pair: Pair): void {
  const { up, down } = pair;
  const curvature = gram[up * size + up] + gram[down * size + down] - 2 * gram[up * size + down];
  const gap = sides[down] * gradient[down] - sides[up] * gradient[up];
  const roomUp = sides[up] > 0 ? price - duals[up] : duals[up];
  const roomDown = sides[down] > 0 ? duals[down] : price - duals[down];
  const step = Math.min(gap / Math.max(curvature, CURVATURE_MIN), roomUp, roomDown);
  // Rounding must not leave a dual a hair away from its bound: it would be chosen for ever.
  duals[up] = step === roomUp ? (sides[up] > 0 ? price : 0) : duals[up] + sides[up] * step;
  duals[down] =
    step === roomDown ? (sides[down] > 0 ? 0 : price) : duals[down] - sides[down] * step;
  for (let at = 0; at < size; at += 1) {
    gradient[at] += sides[at] * step * (gram[at * size + up] - gram[at * size + down]);
  }
}

/** The mean over rows on their margin; without any, the middle of what the others allow. */
function biasOf(problem: DualProblem): number {
  const { size, sides, gradient } = problem;
  let [sum, count] = [0, 0];
  let [low, high] = [Number.NEGATIVE_INFINITY, Number.POSITIVE_INFINITY];
  for (let at = 0; at < size; at += 1) {
    const pull = -sides[at] * gradient[at];
    const [rises, falls] = [mayRise(problem, at), mayFall(problem, at)];
    if (rises && falls) {
      sum += pull;
      count += 1;
    } else if (rises) {
      low = Math.max(low, pull);
    } else {
      high = Math.min(high, pull);
    }
  }
  if (count > 0) return sum / count;
  if (low > Number.NEGATIVE_INFINITY && high < Number.POSITIVE_INFINITY) return (low + high) / 2;
  // All rows on one side.
  return size === 0 ? 0 : sides[0];
}

/**
 * The quasi-Newton method of Broyden, Fletcher, Goldfarb and Shanno with backtracking (J. Nocedal
 * and S. Wright, Numerical Optimization, 2006, sections 3.1 and 6.1): values and gradients, a few
 * hundred variables at most.
 */
import { Evaluations, type MinimiseLimits, type Minimum } from "./minimum.ts";

/** A value and its gradient. */
export interface Slope {
  readonly value: number;
  readonly gradient: Float64Array;
}

/** A step counts if it gains this share of what the slope promises. */
const SUFFICIENT = 1e-4;
/** Halvings of a step before the method gives up. */
const HALVINGS_MAX = 30;
/** Gradients this long, relative to the value, are flat. */
const FLAT = 1e-12;
/** Steps that gain less than this, relative to the value, gain rounding. */
const STALLED = 1e-15;

/** Minimises `f` from `start`, the first step being `step` long. */
export function quasiNewton(
  f: (point: Float64Array) => Slope,
  start: Float64Array,
  { step, ...limits }: MinimiseLimits & { readonly step: number },
): Minimum {
  const size = start.length;
  const evaluations = new Evaluations(limits);
  const slopeAt = (at: Float64Array): Slope => {
    const slope = f(at);
    return { ...slope, value: evaluations.take(at, slope.value) };
  };
  let point = start.slice();
  let here = slopeAt(point);
  let inverse: Float64Array | undefined;
  while (evaluations.mayGoOn && norm(here.gradient) > FLAT * (1 + Math.abs(here.value))) {
    inverse ??= scaledIdentity(size, step / norm(here.gradient));
    let direction = times(inverse, here.gradient).map((x) => -x);
    let rate = dot(direction, here.gradient);
    if (rate >= 0) {
      inverse = scaledIdentity(size, step / norm(here.gradient));
      direction = here.gradient.map((x) => (-x * step) / norm(here.gradient));
      rate = dot(direction, here.gradient);
    }
    const next = backtracked({ point, here, direction, rate }, slopeAt, evaluations);
    if (next === undefined) break;
    if (here.value - next.slope.value <= STALLED * (1 + Math.abs(here.value))) break;
    const moved = next.point.map((x, at) => x - point[at]);
    const bent = next.slope.gradient.map((x, at) => x - here.gradient[at]);
    update(inverse, moved, bent);
    point = next.point;
    here = next.slope;
  }
  return evaluations.minimum(start);
}

interface Line {
  readonly point: Float64Array;
  readonly here: Slope;
  readonly direction: Float64Array;
  readonly rate: number;
}

/** The first of ever shorter steps that gains enough. */
function backtracked(
  { point, here, direction, rate }: Line,
  slopeAt: (at: Float64Array) => Slope,
  evaluations: Evaluations,
) {
  let share = 1;
  for (let halving = 0; halving < HALVINGS_MAX && evaluations.mayGoOn; halving += 1, share /= 2) {
    const ahead = point.map((x, at) => x + share * direction[at]);
    const slope = slopeAt(ahead);
    if (slope.value <= here.value + SUFFICIENT * share * rate) return { point: ahead, slope };
  }
  return undefined;
}

/** The estimate of the inverse Hessian after a move that bent the gradient so. */
function update(inverse: Float64Array, moved: Float64Array, bent: Float64Array): void {
  const size = moved.length;
  const along = dot(moved, bent);
  if (!(along > FLAT * norm(moved) * norm(bent))) return;
  const turned = times(inverse, bent);
  const factor = (1 + dot(bent, turned) / along) / along;
  for (let row = 0; row < size; row += 1) {
    for (let column = 0; column < size; column += 1) {
      inverse[row * size + column] +=
        factor * moved[row] * moved[column] -
        (turned[row] * moved[column] + moved[row] * turned[column]) / along;
    }
  }
}

function scaledIdentity(size: number, scale: number): Float64Array {
  const matrix = new Float64Array(size * size);
  for (let row = 0; row < size; row += 1) matrix[row * size + row] = scale;
  return matrix;
}

function times(matrix: Float64Array, vector: Float64Array): Float64Array {
  const { length } = vector;
  return vector.map((_, row) => dot(matrix.subarray(row * length, (row + 1) * length), vector));
}

function dot(a: Float64Array, b: Float64Array): number {
  let sum = 0;
  for (let at = 0; at < a.length; at += 1) sum += a[at] * b[at];
  return sum;
}

function norm(vector: Float64Array): number {
  return Math.sqrt(dot(vector, vector));
}

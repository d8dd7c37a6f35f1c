/** The range of a product of two variables, or of one with itself, from their bounds. */

/** Bounds of all variables. */
interface Bounds {
  readonly lower: Float64Array;
  readonly upper: Float64Array;
}

/** Least and greatest value; 0 times infinity is 0, as the finite bound is met exactly. */
export function productRange(
  { lower, upper }: Bounds,
  first: number,
  second: number,
): readonly [least: number, greatest: number] {
  const ends = [
    times(lower[first], lower[second]),
    times(lower[first], upper[second]),
    times(upper[first], lower[second]),
    times(upper[first], upper[second]),
  ];
  if (first !== second) return [Math.min(...ends), Math.max(...ends)];
  const reachesZero = lower[first] <= 0 && upper[first] >= 0;
  return [reachesZero ? 0 : Math.min(ends[0], ends[3]), Math.max(ends[0], ends[3])];
}

function times(a: number, b: number): number {
  return a === 0 || b === 0 ? 0 : a * b;
}

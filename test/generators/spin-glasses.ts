/**
 * Spin glasses for tests of kernels: from pairs, and random ones of a shape.
 */
import type { RandomStream } from "#foundation";
import type { SpinGlass } from "#kernels";

/** Two spins and what couples them. */
export type Pair = readonly [first: number, second: number, coupling: number];

/** What random glasses are like. */
export interface GlassShape {
  readonly spinCount: number;
  /** Share of pairs that are coupled. */
  readonly density: number;
  /** Greatest coupling and bias. */
  readonly couplingMax: number;
  readonly biasMax: number;
}

/** The glass of `pairs` and `biases`; neighbours stand in the order of the pairs. */
export function glassOf(
  spinCount: number,
  pairs: readonly Pair[],
  biases: readonly number[],
): SpinGlass {
  const rows = Array.from({ length: spinCount }, (_, spin) =>
    pairs.flatMap(([first, second, coupling]) => {
      if (first === spin) return [[second, coupling]];
      return second === spin ? [[first, coupling]] : [];
    }),
  );
  const starts = [0];
  for (const row of rows) starts.push(starts[starts.length - 1] + row.length);
  const entries = rows.flat();
  return {
    spinCount,
    biases: Int32Array.from(biases),
    starts: Int32Array.from(starts),
    neighbours: Int32Array.from(entries, ([neighbour]) => neighbour),
    couplings: Int32Array.from(entries, ([, coupling]) => coupling),
  };
}

/** A random glass with whole couplings, none of them 0, and whole biases. */
export function randomGlass(random: RandomStream, shape: GlassShape): SpinGlass {
  const { spinCount, density, couplingMax, biasMax } = shape;
  const draw = (most: number) => random.below(2 * most + 1) - most;
  const pairs: Pair[] = [];
  for (let second = 1; second < spinCount; second += 1) {
    for (let first = 0; first < second; first += 1) {
      if (random.unit() < density) pairs.push([first, second, draw(couplingMax) || 1]);
    }
  }
  const biases = Array.from({ length: spinCount }, () => draw(biasMax));
  return glassOf(spinCount, pairs, biases);
}

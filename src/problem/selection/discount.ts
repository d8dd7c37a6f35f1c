/**
 * Discounts: what a position is worth and how worth fades with age. Both rest on the project's own
 * exponential and logarithm, so that two engines formulate the same problem to the last bit.
 */
import { assert } from "#foundation";
import { exp2, log } from "#kernels";

/**
 * The weights of positions 1 to `positionCount`: 1 / log2(1 + p), scaled to sum to 1 (the discount
 * of normalised discounted cumulative gain; K. Järvelin and J. Kekäläinen, ACM TOIS 20(4), 2002).
 */
export function positionWeights(positionCount: number): Float64Array {
  const weights = new Float64Array(positionCount);
  let total = 0;
  for (let index = 0; index < positionCount; index += 1) {
    weights[index] = 1 / log(index + 2); // The base of the logarithm cancels in the scaling.
    total += weights[index];
  }
  for (let index = 0; index < positionCount; index += 1) weights[index] /= total;
  return weights;
}

/**
 * What is left after `age` of what halves every `halfLife` (same unit): 2^(-age / halfLife), from 1
 * down to 0.
 */
export function halfLifeDecay(age: number, halfLife: number): number {
  assert(age >= 0 && halfLife > 0, "an age from 0 and a half-life above 0");
  return exp2(-age / halfLife);
}

/**
 * Zero-noise extrapolation: the same circuit made noisier on purpose, and what the value would be
 * with none (K. Temme, S. Bravyi, J. Gambetta, Physical Review Letters 119, 180509, 2017). For
 * expectation values only: it says nothing of single outcomes, and it makes their variance larger.
 */
import { assert } from "#foundation";
import type { Circuit } from "../circuit.ts";
import { inverted } from "../transform.ts";

/** An expectation value measured at a multiple of the device's noise. */
export interface NoisyValue {
  readonly scale: number;
  readonly value: number;
}

/** How values are carried on to scale 0: a straight line, or the polynomial through all of them. */
export type Extrapolation = "linear" | "richardson";

/**
 * `circuit`, then undone and redone until it is `scale` times as long; its effect is the same.
 *
 * @param scale an odd number from 1.
 * @throws Fault `circuit-not-unitary` when it measures, resets or decides.
 */
export function foldedCircuit(circuit: Circuit, scale: number): Circuit {
  assert(Number.isSafeInteger(scale) && scale % 2 === 1 && scale > 0, `an odd scale, got ${scale}`);
  const back = inverted(circuit).operations;
  const rounds = Array.from({ length: (scale - 1) / 2 }, () => [...back, ...circuit.operations]);
  return Object.freeze({ ...circuit, operations: [...circuit.operations, ...rounds.flat()] });
}

/**
 * The value at scale 0.
 *
 * @param values at two different scales or more.
 */
export function zeroNoiseLimit(values: readonly NoisyValue[], method: Extrapolation): number {
  const scales = new Set(values.map(({ scale }) => scale));
  assert(scales.size === values.length && scales.size > 1, "two different scales or more");
  return method === "linear" ? lineAtZero(values) : polynomialAtZero(values);
}

/** The least-squares line. */
function lineAtZero(values: readonly NoisyValue[]): number {
  const count = values.length;
  const meanScale = values.reduce((sum, { scale }) => sum + scale, 0) / count;
  const meanValue = values.reduce((sum, { value }) => sum + value, 0) / count;
  let [above, below] = [0, 0];
  for (const { scale, value } of values) {
    above += (scale - meanScale) * (value - meanValue);
    below += (scale - meanScale) ** 2;
  }
  return meanValue - (above / below) * meanScale;
}

/** Lagrange's polynomial. */
function polynomialAtZero(values: readonly NoisyValue[]): number {
  return values.reduce((sum, { scale, value }, index) => {
    const weight = values.reduce(
      (product, other, place) =>
        place === index ? product : (product * other.scale) / (other.scale - scale),
      1,
    );
    return sum + weight * value;
  }, 0);
}

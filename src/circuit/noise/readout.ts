/**
 * Misread outcomes, and what can be inferred from them. Each bit is misread by itself, so the
 * matrix of 2^n outcomes is a product of n small ones and is never written down.
 */
import { Fault } from "#foundation";
import { CIRCUIT_FAULTS } from "../faults.ts";
import type { ReadoutError } from "./noise-model.ts";

/** Weights of outcomes: counts, probabilities, or estimates, which may be negative. */
export type OutcomeWeights = Readonly<Record<string, number>>;

/** Bits of an outcome up to which all outcomes are listed. */
const BITS_MAX = 20;

/** What is read when `distribution` is there; `errors[i]` is that of bit i of the index. */
export function confused(
  distribution: Float64Array<ArrayBuffer>,
  errors: readonly ReadoutError[],
): Float64Array<ArrayBuffer> {
  return errors.reduce((weights, { oneGivenZero, zeroGivenOne }, bit) => {
    return mixed(weights, bit, [1 - oneGivenZero, zeroGivenOne, oneGivenZero, 1 - zeroGivenOne]);
  }, distribution);
}

/**
 * The distribution that would on average be read as `counts`: the inverse of {@link confused}. It
 * is unbiased and adds up to 1, but can have negative entries where counts are few.
 *
 * @param errors in the order of the characters of a key, spaces left out.
 * @throws Fault `circuit-readout-invalid` for keys of another length and errors that add up to 1.
 */
export function invertedReadout(
  counts: OutcomeWeights,
  errors: readonly ReadoutError[],
): OutcomeWeights {
  const { weights, keys } = indexed(counts, errors.length);
  const estimate = errors.toReversed().reduce((before, { oneGivenZero, zeroGivenOne }, bit) => {
    const determinant = 1 - oneGivenZero - zeroGivenOne;
    if (Math.abs(determinant) < 1e-9) throw invalid("errors that leave something to be read");
    const inverse = [1 - zeroGivenOne, -zeroGivenOne, -oneGivenZero, 1 - oneGivenZero];
    return mixed(
      before,
      bit,
      inverse.map((entry) => entry / determinant),
    );
  }, weights);
  return keyed(estimate, keys);
}

/**
 * The same by iterative Bayesian unfolding from the uniform distribution: never negative, more
 * cautious the fewer the rounds (G. D'Agostini, NIM A 362, 487, 1995; for qubits B. Nachman et al.,
 * npj Quantum Information 6, 84, 2020).
 *
 * @throws Fault `circuit-readout-invalid` for keys of another length.
 */
export function unfoldedReadout(
  counts: OutcomeWeights,
  errors: readonly ReadoutError[],
  rounds: number,
): OutcomeWeights {
  const { weights, keys } = indexed(counts, errors.length);
  const byBit = errors.toReversed();
  let estimate = new Float64Array(weights.length).fill(1 / weights.length);
  for (let round = 0; round < rounds; round += 1) {
    const predicted = confused(estimate, byBit);
    const ratio = weights.map((weight, index) => (weight === 0 ? 0 : weight / predicted[index]));
    const pulled = byBit.reduce((before, { oneGivenZero, zeroGivenOne }, bit) => {
      return mixed(before, bit, [1 - oneGivenZero, oneGivenZero, zeroGivenOne, 1 - zeroGivenOne]);
    }, ratio);
    estimate = estimate.map((value, index) => value * pulled[index]);
  }
  return keyed(estimate, keys);
}

/** `weights` with every pair of outcomes that differ in `bit` multiplied by a 2 by 2 matrix. */
function mixed(
  weights: Float64Array<ArrayBuffer>,
  bit: number,
  [a, b, c, d]: readonly number[],
): Float64Array<ArrayBuffer> {
  const result = new Float64Array(weights.length);
  const step = 1 << bit;
  for (let index = 0; index < weights.length; index += 1) {
    if ((index & step) !== 0) continue;
    const [zero, one] = [weights[index], weights[index | step]];
    result[index] = a * zero + b * one;
    result[index | step] = c * zero + d * one;
  }
  return result;
}

interface Indexed {
  /** Shares that add up to 1, by the outcome read as a binary number. */
  readonly weights: Float64Array<ArrayBuffer>;
  /** A key, to know where the spaces go. */
  readonly keys: string;
}

function indexed(counts: OutcomeWeights, bitCount: number): Indexed {
  if (bitCount > BITS_MAX) throw invalid(`at most ${BITS_MAX} bits, got ${bitCount}`);
  const entries = Object.entries(counts);
  const total = entries.reduce((sum, [, count]) => sum + count, 0);
  const weights = new Float64Array(2 ** bitCount);
  for (const [key, count] of entries) {
    const bits = key.replaceAll(" ", "");
    if (bits.length !== bitCount) throw invalid(`outcomes of ${bitCount} bits, got ${key}`);
    weights[Number.parseInt(`0${bits}`, 2)] += count / total;
  }
  return { weights, keys: entries[0]?.[0] ?? "0".repeat(bitCount) };
}

/** Outcomes by key; those that weigh nothing are left out. */
function keyed(weights: Float64Array, pattern: string): OutcomeWeights {
  const bitCount = Math.log2(weights.length);
  const result: Record<string, number> = {};
  for (const [outcome, weight] of weights.entries()) {
    if (Math.abs(weight) < 1e-12) continue;
    const bits = bitCount === 0 ? [] : [...outcome.toString(2).padStart(bitCount, "0")];
    const key = [...pattern].map((mark) => (mark === " " ? " " : bits.shift())).join("");
    result[key] = weight;
  }
  return Object.freeze(result);
}

function invalid(expectation: string): Fault {
  return new Fault(CIRCUIT_FAULTS.readoutInvalid, {
    detail: `readout to be corrected, expected ${expectation}`,
  });
}

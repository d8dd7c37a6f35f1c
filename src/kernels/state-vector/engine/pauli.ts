/**
 * Expectation values of sums of Pauli products, computed from the state as it lies in memory.
 */
import { assert } from "#foundation";
import type { StateVector, StoredState } from "./state-vector.ts";

/**
 * A coefficient times a product of Pauli operators on distinct qubits; no operator on a qubit means
 * the identity.
 */
export interface PauliTerm {
  readonly coefficient: number;
  readonly operators: readonly { readonly qubit: number; readonly pauli: "X" | "Y" | "Z" }[];
}

/** Numbers per partial sum; partial sums are added in order, so every machine adds alike. */
const BLOCK_BITS = 14;

/** The real number <state| sum of terms |state>; the state need not be normalised. */
export function expectation(state: StateVector, terms: readonly PauliTerm[]): number {
  const { stored } = state;
  return terms.reduce((sum, term) => sum + term.coefficient * productExpectation(stored, term), 0);
}

/** The squared norm of the state: 1 but for rounding, unless something projected it. */
export function squaredNorm(state: StateVector): number {
  return expectation(state, [{ coefficient: 1, operators: [] }]);
}

function productExpectation(stored: StoredState, { operators }: PauliTerm): number {
  const { placement } = stored;
  let [flips, signs, factor, yCount] = [0, 0, 1, 0];
  for (const { qubit, pauli } of operators) {
    const bit = 1 << placement.bitOf[qubit];
    assert(((flips | signs) & bit) === 0, `Pauli product: qubit ${qubit} occurs twice`);
    if (pauli !== "Z") flips |= bit;
    if (pauli === "X") continue;
    signs |= bit;
    // Upside down, Z and Y change sign.
    if ((placement.flipMask & bit) !== 0) factor = -factor;
    if (pauli === "Y") yCount += 1;
  }
  const { real, imaginary } = overlap(stored, flips, signs);
  // Each Y is i X Z: i^y times the overlap is real.
  switch (yCount & 3) {
    case 0:
      return factor * real;
    case 1:
      return -factor * imaginary;
    case 2:
      return -factor * real;
    default:
      return factor * imaginary;
  }
}

/** Sum over z of conj(a(z ^ flips)) a(z) (-1)^(z . signs). */
function overlap(stored: StoredState, flips: number, signs: number) {
  const { layout, kernels, memory } = stored;
  const { bytesPerNumber, re, im, sums } = layout;
  const laneCount = 16 / bytesPerNumber;
  const laneSigns = Float64Array.from({ length: laneCount }, (_, lane) =>
    parity(lane & signs) === 1 ? -1 : 1,
  );
  const signsAt = sums + 64;
  const numbers =
    bytesPerNumber === 4
      ? new Float32Array(memory.buffer, signsAt, laneCount)
      : new Float64Array(memory.buffer, signsAt, laneCount);
  numbers.set(laneSigns);
  const partial = new Float64Array(memory.buffer, sums, 4);
  const kernel = kernels[`pauli${flips & (laneCount - 1)}`];
  const aboveLanes = (mask: number) => (mask & ~(laneCount - 1)) * bytesPerNumber;
  const block = 2 ** Math.min(BLOCK_BITS, layout.bitCount) * bytesPerNumber;
  const end = 2 ** layout.bitCount * bytesPerNumber;
  let [real, imaginary] = [0, 0];
  for (let from = 0; from < end; from += block) {
    const [flipBytes, signBytes] = [aboveLanes(flips), aboveLanes(signs)];
    kernel(re, im, from, from + block, flipBytes, signBytes, signsAt, sums);
    real += partial[0] + partial[1];
    imaginary += partial[2] + partial[3];
  }
  return { real, imaginary };
}

function parity(value: number): number {
  let odd = 0;
  for (let rest = value; rest !== 0; rest &= rest - 1) odd ^= 1;
  return odd;
}

/**
 * The mean of the costs of a state under measurement of all qubits: the objective of QAOA.
 */
import { assert } from "#foundation";
import type { Costs } from "./costs.ts";
import type { StateVector } from "./state-vector.ts";

/** Amplitudes per partial sum; adding partial sums keeps the error of 2^28 additions small. */
const BLOCK = 2 ** 12;

/**
 * The sum of |amplitude|^2 cost over all basis states of `state`, which was made with these
 * `costs`.
 */
export function expectedCost(state: StateVector, costs: Costs): number {
  const { re, im, placement } = state.stored;
  const upright = placement.bitOf.every((bit, qubit) => bit === qubit);
  assert(upright && placement.flipMask === 0, "the state was made with costs");
  const size = 2 ** state.qubitCount;
  let total = 0;
  for (let from = 0; from < size; from += BLOCK) {
    let sum = 0;
    const end = Math.min(size, from + BLOCK);
    for (let z = from; z < end; z += 1) {
      const cost = costs.kind === "indexed" ? costs.values[costs.indices[z]] : costs.values[z];
      sum += (re[z] * re[z] + im[z] * im[z]) * cost;
    }
    total += sum;
  }
  return total;
}

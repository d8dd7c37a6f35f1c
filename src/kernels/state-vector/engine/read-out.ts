/**
 * Reading a state: amplitudes and probabilities in the order of the caller's qubits. The state
 * itself may store qubits in other places and upside down.
 */
import type { ComplexTable } from "./product-table.ts";
import type { StateVector, StoredState } from "./state-vector.ts";

/** All amplitudes, in doubles: 16 bytes each. */
export function amplitudes(state: StateVector): ComplexTable {
  const { stored, qubitCount } = state;
  const re = new Float64Array(2 ** qubitCount);
  const im = new Float64Array(2 ** qubitCount);
  forEachStored(stored, (index, at) => {
    re[index] = stored.re[at];
    im[index] = stored.im[at];
  });
  return { re, im };
}

/**
 * The probability of each outcome of measuring `qubits`, the first being the least significant bit
 * of the outcome. All qubits if absent. Outcomes are summed in index order, so the result does not
 * depend on threads.
 */
export function probabilities(state: StateVector, qubits?: readonly number[]): Float64Array {
  const { stored, qubitCount } = state;
  const measured = qubits ?? Array.from({ length: qubitCount }, (_, qubit) => qubit);
  const sums = new Float64Array(2 ** measured.length);
  const places = measured.map((qubit) => stored.placement.bitOf[qubit]);
  const outcomeOf = bitGatherer(places, stored.layout.bitCount);
  const flips = outcomeOf(stored.placement.flipMask);
  const { re, im } = stored;
  for (let at = 0; at < re.length; at += 1) {
    sums[outcomeOf(at) ^ flips] += re[at] * re[at] + im[at] * im[at];
  }
  return sums;
}

/** The basis state whose amplitude is at a place in memory, as a function of that place. */
export function basisStateOf({ placement, layout }: StoredState): (at: number) => number {
  const gather = bitGatherer(placement.bitOf, layout.bitCount);
  return (at) => gather(at ^ placement.flipMask);
}

function forEachStored(stored: StoredState, visit: (index: number, at: number) => void): void {
  const basisState = basisStateOf(stored);
  const idle = idleMask(stored);
  for (let at = 0; at < stored.re.length; at += 1) {
    if ((at & idle) === 0) visit(basisState(at), at);
  }
}

/** Stored bits that hold no qubit; they are 0. */
function idleMask({ layout, qubitCount }: StoredState): number {
  return 2 ** layout.bitCount - 2 ** qubitCount;
}

/** The function that moves bit places[i] of a number to bit i: two table look-ups. */
function bitGatherer(places: readonly number[], bitCount: number): (value: number) => number {
  const lowBits = Math.min(bitCount, 14);
  const mask = 2 ** lowBits - 1;
  const move = (value: number) =>
    places.reduce((moved, place, at) => moved | (((value >> place) & 1) << at), 0);
  const low = Int32Array.from({ length: 2 ** lowBits }, (_, value) => move(value));
  const high = Int32Array.from({ length: 2 ** (bitCount - lowBits) }, (_, value) =>
    move(value << lowBits),
  );
  return (value) => low[value & mask] | high[value >> lowBits];
}

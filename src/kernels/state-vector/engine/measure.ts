/**
 * Measurement: probabilities of a single qubit, projection, and samples of all qubits at once.
 */
import { assert, type RandomStream } from "#foundation";
import { log } from "../../portable-math.ts";
import { expectation, squaredNorm } from "./pauli.ts";
import { basisStateOf } from "./read-out.ts";
import type { StateVector } from "./state-vector.ts";

/**
 * Outcomes of repeated measurement of all qubits: `counts[i]` times the basis state `outcomes[i]`,
 * each once.
 */
export interface Samples {
  readonly outcomes: Int32Array;
  readonly counts: Int32Array;
}

/** The probability that measuring `qubit` gives 1. */
export function probabilityOfOne(state: StateVector, qubit: number): number {
  const norm = squaredNorm(state);
  const z = expectation(state, [{ coefficient: 1, operators: [{ qubit, pauli: "Z" }] }]);
  return Math.min(1, Math.max(0, (norm - z) / (2 * norm)));
}

/** Keeps what has `qubit` at `outcome`, whose squared norm is given, and normalises. */
export function project(state: StateVector, qubit: number, outcome: 0 | 1, weight: number): void {
  assert(weight > 0, `outcome ${outcome} of qubit ${qubit}: expected to be possible, got 0`);
  const kept = 1 / Math.sqrt(weight);
  const factors = outcome === 1 ? [0, 0, kept, 0] : [kept, 0, 0, 0];
  state.apply([{ kind: "diagonal", qubits: [qubit], factors }]);
}

/**
 * Measures all qubits `shots` times; the state stays. The same stream gives the same samples.
 * Method: `shots` uniform numbers in ascending order, made from exponential gaps (J. L. Bentley and
 * J. B. Saxe, ACM TOMS 6, 1980), merged with the running sum of the probabilities: one look at each
 * amplitude.
 */
export function sample(state: StateVector, shots: number, stream: RandomStream): Samples {
  const { stored } = state;
  const { re, im } = stored;
  const points = ascendingPoints(shots, stream);
  const scale = totalOf(re, im) / points.total;
  const places: number[] = [];
  const counts: number[] = [];
  let [sum, next, last] = [0, 0, 0];
  for (let at = 0; at < re.length && next < shots; at += 1) {
    const weight = re[at] * re[at] + im[at] * im[at];
    if (weight === 0) continue;
    sum += weight;
    last = at;
    const first = next;
    while (next < shots && points.at[next] * scale < sum) next += 1;
    if (next === first) continue;
    places.push(at);
    counts.push(next - first);
  }
  // Rounding may leave the last points above the sum: they belong to the last possible outcome.
  if (next < shots) {
    places.push(last);
    counts.push(shots - next);
  }
  const basisState = basisStateOf(stored);
  return { outcomes: Int32Array.from(places, basisState), counts: Int32Array.from(counts) };
}

/**
 * Partial sums of shots + 1 exponential gaps: the points, as shares of the total, are sorted
 * uniform numbers.
 */
function ascendingPoints(shots: number, stream: RandomStream) {
  const at = new Float64Array(shots);
  let total = 0;
  for (let shot = 0; shot < shots; shot += 1) {
    total -= log(1 - stream.unit());
    at[shot] = total;
  }
  return { at, total: total - log(1 - stream.unit()) };
}

function totalOf(re: Float32Array | Float64Array, im: Float32Array | Float64Array): number {
  let total = 0;
  for (let at = 0; at < re.length; at += 1) total += re[at] * re[at] + im[at] * im[at];
  return total;
}

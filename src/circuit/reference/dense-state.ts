/**
 * The reference engine: two arrays, one matrix at a time, every loop as in a textbook. It is the
 * yardstick of the fast engine and of every test, and it must stay obvious rather than become
 * quick.
 */
import { assert, type RandomStream } from "#foundation";
import type { UnitaryOperation } from "../circuit.ts";
import { type AppliedUnitary, appliedUnitary } from "../gates/applied-unitary.ts";
import type { Amplitudes, QuantumState, StateEngine } from "../state-engine.ts";

/** The reference engine, up to 20 qubits. */
export const referenceEngine: StateEngine = Object.freeze({
  name: "reference",
  qubitCountMax: 20,
  bytesFor: (qubitCount: number) => 16 * 2 ** qubitCount,
  start: (qubitCount: number): QuantumState => {
    const state = new DenseState(qubitCount);
    state.re[0] = 1;
    return state;
  },
});

class DenseState implements QuantumState {
  readonly qubitCount: number;
  readonly re: Float64Array;
  readonly im: Float64Array;

  constructor(qubitCount: number) {
    this.qubitCount = qubitCount;
    this.re = new Float64Array(2 ** qubitCount);
    this.im = new Float64Array(2 ** qubitCount);
  }

  apply(operations: readonly UnitaryOperation[]): void {
    for (const operation of operations) applyMatrix(this, appliedUnitary(operation));
  }

  probabilityOfOne(qubit: number): number {
    return this.distribution([qubit])[1];
  }

  collapse(qubit: number, value: 0 | 1): void {
    const probability = this.distribution([qubit])[value];
    assert(probability > 0, `an outcome that can happen, got ${value} of qubit ${qubit}`);
    const factor = 1 / Math.sqrt(probability);
    for (let index = 0; index < this.re.length; index += 1) {
      const kept = bitOf(index, qubit) === value ? factor : 0;
      this.re[index] *= kept;
      this.im[index] *= kept;
    }
  }

  distribution(qubits: readonly number[]): Float64Array {
    const probabilities = new Float64Array(2 ** qubits.length);
    for (let index = 0; index < this.re.length; index += 1) {
      probabilities[gathered(index, qubits)] += this.re[index] ** 2 + this.im[index] ** 2;
    }
    return probabilities;
  }

  sample(qubits: readonly number[], shots: number, random: RandomStream): Uint32Array {
    const running = this.distribution(qubits);
    for (let index = 1; index < running.length; index += 1) running[index] += running[index - 1];
    const total = running[running.length - 1];
    const outcomes = new Uint32Array(shots);
    for (let shot = 0; shot < shots; shot += 1) {
      outcomes[shot] = firstAbove(running, random.unit() * total);
    }
    return outcomes;
  }

  amplitudes(): Amplitudes {
    return this;
  }

  copy(): QuantumState {
    const twin = new DenseState(this.qubitCount);
    twin.re.set(this.re);
    twin.im.set(this.im);
    return twin;
  }

  release(): void {}
}

/**
 * For every basis state whose targets are all 0 and whose controls fit, mixes the 2^targets states
 * above it.
 */
function applyMatrix(state: DenseState, unitary: AppliedUnitary): void {
  const { matrix, controls, targets } = unitary;
  const places = Array.from({ length: matrix.size }, (_, local) => scattered(local, targets));
  const re = new Float64Array(matrix.size);
  const im = new Float64Array(matrix.size);
  for (let base = 0; base < state.re.length; base += 1) {
    if (targets.some((target) => bitOf(base, target) === 1)) continue;
    if (controls.some(({ qubit, value }) => bitOf(base, qubit) !== value)) continue;
    for (let row = 0; row < matrix.size; row += 1) {
      re[row] = 0;
      im[row] = 0;
      for (let column = 0; column < matrix.size; column += 1) {
        const entry = row * matrix.size + column;
        const source = base + places[column];
        re[row] += matrix.re[entry] * state.re[source] - matrix.im[entry] * state.im[source];
        im[row] += matrix.re[entry] * state.im[source] + matrix.im[entry] * state.re[source];
      }
    }
    for (let row = 0; row < matrix.size; row += 1) {
      state.re[base + places[row]] = re[row];
      state.im[base + places[row]] = im[row];
    }
  }
}

function bitOf(index: number, qubit: number): number {
  return (index >>> qubit) & 1;
}

/** The bits of `index` at `qubits`, packed, the first qubit lowest. */
function gathered(index: number, qubits: readonly number[]): number {
  return qubits.reduce((bits, qubit, place) => bits | (bitOf(index, qubit) << place), 0);
}

/** The index with the bits of `local` at `qubits` and 0 elsewhere. */
function scattered(local: number, qubits: readonly number[]): number {
  return qubits.reduce((bits, qubit, place) => bits | (bitOf(local, place) << qubit), 0);
}

/** The first entry of an ascending array that is above `level`. */
function firstAbove(ascending: Float64Array, level: number): number {
  let low = 0;
  let high = ascending.length - 1;
  while (low < high) {
    const middle = (low + high) >>> 1;
    if (ascending[middle] > level) high = middle;
    else low = middle + 1;
  }
  return low;
}

/**
 * The reference engine: two arrays, one matrix at a time, every loop as in a textbook. It is the
 * yardstick of the fast engine and of every test, and it must stay obvious rather than become
 * quick.
 */
import { assert, type RandomStream } from "#foundation";
import type { PauliTerm, Samples } from "#kernels";
import type { UnitaryOperation } from "../circuit.ts";
import { type AppliedUnitary, appliedUnitary } from "../gates/applied-unitary.ts";
import { gateRow } from "../gates/gate-table.ts";
import type { Amplitudes, QuantumState, StateEngine } from "../state-engine.ts";

/** The reference engine, up to 20 qubits. */
export const referenceEngine: StateEngine = Object.freeze({
  name: "reference",
  qubitCountMax: 20,
  impossible: 1e-13,
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
    for (let index = 0; index < this.re.length; index += 1) {
      if (bitOf(index, qubit) === value) continue;
      this.re[index] = 0;
      this.im[index] = 0;
    }
    this.normalise();
  }

  distribution(qubits: readonly number[]): Float64Array {
    const probabilities = new Float64Array(2 ** qubits.length);
    for (let index = 0; index < this.re.length; index += 1) {
      probabilities[gathered(index, qubits)] += this.re[index] ** 2 + this.im[index] ** 2;
    }
    const total = probabilities.reduce((sum, probability) => sum + probability, 0);
    return probabilities.map((probability) => probability / total);
  }

  sample(qubits: readonly number[], shots: number, random: RandomStream): Samples {
    const running = this.distribution(qubits);
    for (let index = 1; index < running.length; index += 1) running[index] += running[index - 1];
    const total = running[running.length - 1];
    const tally = new Map<number, number>();
    for (let shot = 0; shot < shots; shot += 1) {
      const outcome = firstAbove(running, random.unit() * total);
      tally.set(outcome, (tally.get(outcome) ?? 0) + 1);
    }
    const ascending = [...tally].sort(([a], [b]) => a - b);
    return {
      outcomes: Int32Array.from(ascending, ([outcome]) => outcome),
      counts: Int32Array.from(ascending, ([, count]) => count),
    };
  }

  expectation(terms: readonly PauliTerm[]): number {
    let sum = 0;
    for (const { coefficient, operators } of terms) {
      const image = new DenseState(this.qubitCount);
      image.re.set(this.re);
      image.im.set(this.im);
      for (const { qubit, pauli } of operators) {
        applyMatrix(image, {
          matrix: gateRow(pauli.toLowerCase()).matrix([]),
          diagonal: pauli === "Z",
          controls: [],
          targets: [qubit],
        });
      }
      for (let index = 0; index < this.re.length; index += 1) {
        const overlap = this.re[index] * image.re[index] + this.im[index] * image.im[index];
        sum += coefficient * overlap;
      }
    }
    return sum / this.#squaredNorm();
  }

  normalise(): void {
    const factor = 1 / Math.sqrt(this.#squaredNorm());
    for (let index = 0; index < this.re.length; index += 1) {
      this.re[index] *= factor;
      this.im[index] *= factor;
    }
  }

  #squaredNorm(): number {
    let sum = 0;
    for (let index = 0; index < this.re.length; index += 1) {
      sum += this.re[index] ** 2 + this.im[index] ** 2;
    }
    return sum;
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

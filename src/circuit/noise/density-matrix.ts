/**
 * Density matrices: what noise leaves of a state, exactly. The matrix is kept as a vector over row
 * and column bits, so that a gate is its matrix on the row bits and the conjugate on the column
 * bits, and noise is one matrix on both.
 */
import type { UnitaryOperation } from "../circuit.ts";
import { type ComplexMatrix, zeroMatrix } from "../gates/matrix.ts";
import { operationsMatrix } from "../gates/operations-matrix.ts";
import { eventQubits, krausOperators, type NoiseEvent } from "./event.ts";

/** Qubits up to which a density matrix is made: it takes 16 * 4^qubits bytes. */
export const DENSITY_QUBITS_MAX = 13;

/** A mixed state, changed in place; its trace is the probability of what led to it. */
export class DensityMatrix {
  readonly qubitCount: number;
  /** Entry (row, column) at `row + column * 2^qubitCount`. */
  readonly #re: Float64Array;
  readonly #im: Float64Array;

  /** All qubits |0>, or a copy of `other`. */
  constructor(qubitCount: number, other?: DensityMatrix) {
    this.qubitCount = qubitCount;
    this.#re = other === undefined ? new Float64Array(4 ** qubitCount) : other.#re.slice();
    this.#im = other === undefined ? new Float64Array(4 ** qubitCount) : other.#im.slice();
    if (other === undefined) this.#re[0] = 1;
  }

  /** Applies a gate. */
  apply(operation: UnitaryOperation): void {
    const qubits = [...operation.controls.map(({ qubit }) => qubit), ...operation.targets];
    const matrix = operationsMatrix([operation], qubits);
    this.#mix(matrix, qubits);
    const conjugate = { ...matrix, im: matrix.im.map((value) => -value) };
    this.#mix(conjugate, this.#columns(qubits));
  }

  /** Lets `event` happen. */
  suffer(event: NoiseEvent): void {
    const qubits = eventQubits(event);
    this.#mix(superoperator(krausOperators(event)), [...qubits, ...this.#columns(qubits)]);
  }

  /** Keeps the part where `qubit` is `value`. */
  project(qubit: number, value: 0 | 1): void {
    const mask = 2 ** qubit + 2 ** (qubit + this.qubitCount);
    const kept = value * mask;
    for (let index = 0; index < this.#re.length; index += 1) {
      if ((index & mask) === kept) continue;
      this.#re[index] = 0;
      this.#im[index] = 0;
    }
  }

  /** Adds `other`. */
  add(other: DensityMatrix): void {
    for (let index = 0; index < this.#re.length; index += 1) {
      this.#re[index] += other.#re[index];
      this.#im[index] += other.#im[index];
    }
  }

  /** Multiplies by `factor`. */
  scale(factor: number): void {
    for (let index = 0; index < this.#re.length; index += 1) {
      this.#re[index] *= factor;
      this.#im[index] *= factor;
    }
  }

  /** The sum of the diagonal. */
  trace(): number {
    return this.diagonal().reduce((sum, probability) => sum + probability, 0);
  }

  /** The probabilities of the basis states. */
  diagonal(): Float64Array {
    const size = 2 ** this.qubitCount;
    return Float64Array.from({ length: size }, (_, state) => this.#re[state * (size + 1)]);
  }

  #columns(qubits: readonly number[]): readonly number[] {
    return qubits.map((qubit) => qubit + this.qubitCount);
  }

  /** Multiplies every slice along `bits` by `matrix`, of which most entries are 0. */
  #mix(matrix: ComplexMatrix, bits: readonly number[]): void {
    const { size } = matrix;
    const places = Int32Array.from({ length: size }, (_, local) =>
      bits.reduce((sum, bit, index) => sum + ((local >> index) & 1) * 2 ** bit, 0),
    );
    const mask = places[size - 1];
    const filled = Int32Array.from(matrix.re.keys()).filter(
      (entry) => matrix.re[entry] !== 0 || matrix.im[entry] !== 0,
    );
    const [fromRe, fromIm] = [new Float64Array(size), new Float64Array(size)];
    const [toRe, toIm] = [new Float64Array(size), new Float64Array(size)];
    for (let base = 0; base < this.#re.length; base += 1) {
      if ((base & mask) !== 0) continue;
      for (let local = 0; local < size; local += 1) {
        fromRe[local] = this.#re[base + places[local]];
        fromIm[local] = this.#im[base + places[local]];
        toRe[local] = 0;
        toIm[local] = 0;
      }
      for (let index = 0; index < filled.length; index += 1) {
        const entry = filled[index];
        const row = (entry / size) | 0;
        const column = entry % size;
        const re = matrix.re[entry];
        const im = matrix.im[entry];
        toRe[row] += re * fromRe[column] - im * fromIm[column];
        toIm[row] += re * fromIm[column] + im * fromRe[column];
      }
      for (let local = 0; local < size; local += 1) {
        this.#re[base + places[local]] = toRe[local];
        this.#im[base + places[local]] = toIm[local];
      }
    }
  }
}

/** Row bits low, column bits high: the sum over K of conjugate(K) x K. */
function superoperator(operators: readonly ComplexMatrix[]): ComplexMatrix {
  const [{ size }] = operators;
  const result = zeroMatrix(size * size);
  for (const { re, im } of operators) {
    for (let a = 0; a < size * size; a += 1) {
      for (let b = 0; b < size * size; b += 1) {
        // a is an entry of the conjugate (columns of the density matrix), b of K (rows).
        const row = Math.floor(a / size) * size + Math.floor(b / size);
        const column = (a % size) * size + (b % size);
        const entry = row * result.size + column;
        result.re[entry] += re[a] * re[b] + im[a] * im[b];
        result.im[entry] += re[a] * im[b] - im[a] * re[b];
      }
    }
  }
  return result;
}

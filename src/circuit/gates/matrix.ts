/**
 * Dense complex matrices of gates: small, square, row-major. Index bits follow the qubits with the
 * first qubit as the least significant bit, so `matrix[row][column]` with row 0b10 speaks of the
 * second qubit being 1.
 */
import { assert } from "#foundation";
import type { Complex } from "./complex.ts";

/** A square matrix; entry (row, column) is at `row * size + column`. Read-only by convention. */
export interface ComplexMatrix {
  readonly size: number;
  readonly re: Float64Array;
  readonly im: Float64Array;
}

/** A matrix from its rows; plain numbers are real entries. */
export function matrixFromRows(rows: readonly (readonly (Complex | number)[])[]): ComplexMatrix {
  const matrix = zeroMatrix(rows.length);
  for (const [row, entries] of rows.entries()) {
    assert(entries.length === matrix.size, "a square matrix");
    for (const [column, entry] of entries.entries()) setEntry(matrix, row, column, entry);
  }
  return matrix;
}

/** The diagonal matrix with these entries. */
export function diagonalMatrix(entries: readonly (Complex | number)[]): ComplexMatrix {
  const matrix = zeroMatrix(entries.length);
  for (const [index, entry] of entries.entries()) setEntry(matrix, index, index, entry);
  return matrix;
}

/** The permutation that sends basis state `from` to `images[from]`. */
export function permutationMatrix(images: readonly number[]): ComplexMatrix {
  const matrix = zeroMatrix(images.length);
  for (const [from, to] of images.entries()) setEntry(matrix, to, from, 1);
  return matrix;
}

/** The identity of the given size. */
export function identityMatrix(size: number): ComplexMatrix {
  return diagonalMatrix(new Array<number>(size).fill(1));
}

/** `a b`: first `b`, then `a`. */
export function multiply(a: ComplexMatrix, b: ComplexMatrix): ComplexMatrix {
  assert(a.size === b.size, "matrices of equal size");
  const { size } = a;
  const result = zeroMatrix(size);
  for (let row = 0; row < size; row += 1) {
    for (let inner = 0; inner < size; inner += 1) {
      const re = a.re[row * size + inner];
      const im = a.im[row * size + inner];
      if (re === 0 && im === 0) continue;
      for (let column = 0; column < size; column += 1) {
        const source = inner * size + column;
        const target = row * size + column;
        result.re[target] += re * b.re[source] - im * b.im[source];
        result.im[target] += re * b.im[source] + im * b.re[source];
      }
    }
  }
  return result;
}

/** The conjugate transpose. */
export function adjoint(matrix: ComplexMatrix): ComplexMatrix {
  const { size } = matrix;
  const result = zeroMatrix(size);
  for (let row = 0; row < size; row += 1) {
    for (let column = 0; column < size; column += 1) {
      result.re[column * size + row] = matrix.re[row * size + column];
      result.im[column * size + row] = -matrix.im[row * size + column];
    }
  }
  return result;
}

/**
 * `matrix` acting only where all of `count` new qubits, put before its own, are 1: the identity
 * elsewhere. Being first, the controls are the low bits of the index.
 */
export function controlledMatrix(matrix: ComplexMatrix, count: number): ComplexMatrix {
  const allOnes = (1 << count) - 1;
  const result = identityMatrix(matrix.size << count);
  for (let row = 0; row < matrix.size; row += 1) {
    for (let column = 0; column < matrix.size; column += 1) {
      const target = ((row << count) | allOnes) * result.size + ((column << count) | allOnes);
      result.re[target] = matrix.re[row * matrix.size + column];
      result.im[target] = matrix.im[row * matrix.size + column];
    }
  }
  return result;
}

/** The greatest absolute difference between two entries in the same place. */
export function distance(a: ComplexMatrix, b: ComplexMatrix): number {
  assert(a.size === b.size, "matrices of equal size");
  let greatest = 0;
  for (let index = 0; index < a.re.length; index += 1) {
    greatest = Math.max(greatest, Math.hypot(a.re[index] - b.re[index], a.im[index] - b.im[index]));
  }
  return greatest;
}

/** Whether every entry off the diagonal is exactly 0. */
export function isDiagonal(matrix: ComplexMatrix): boolean {
  for (let index = 0; index < matrix.re.length; index += 1) {
    const onDiagonal = index % (matrix.size + 1) === 0;
    if (!onDiagonal && (matrix.re[index] !== 0 || matrix.im[index] !== 0)) return false;
  }
  return true;
}

/** A matrix of zeros to be filled. */
export function zeroMatrix(size: number): ComplexMatrix {
  return { size, re: new Float64Array(size * size), im: new Float64Array(size * size) };
}

function setEntry(
  matrix: ComplexMatrix,
  row: number,
  column: number,
  entry: Complex | number,
): void {
  const index = row * matrix.size + column;
  matrix.re[index] = typeof entry === "number" ? entry : entry.re;
  matrix.im[index] = typeof entry === "number" ? 0 : entry.im;
}

/**
 * The matrix of a list of operations on a few qubits, worked out column by column.
 */
import type { UnitaryOperation } from "../circuit.ts";
import { appliedUnitary } from "./applied-unitary.ts";
import { type ComplexMatrix, identityMatrix, zeroMatrix } from "./matrix.ts";

/**
 * The unitary of `operations` in order, the first of `qubits` being the least significant bit of
 * the index.
 */
export function operationsMatrix(
  operations: readonly UnitaryOperation[],
  qubits: readonly number[],
): ComplexMatrix {
  return operations.reduce(
    (matrix, operation) => applied(operation, matrix, qubits),
    identityMatrix(1 << qubits.length),
  );
}

/** `operation` after `before`: rows are mixed, every column alike. */
function applied(
  operation: UnitaryOperation,
  before: ComplexMatrix,
  qubits: readonly number[],
): ComplexMatrix {
  const { matrix, controls, targets } = appliedUnitary(operation);
  const { size } = before;
  const place = (qubit: number) => qubits.indexOf(qubit);
  const places = targets.map(place);
  const after = zeroMatrix(size);
  for (let row = 0; row < size; row += 1) {
    const acts = controls.every(({ qubit, value }) => ((row >> place(qubit)) & 1) === value);
    const local = places.reduce((bits, at, index) => bits | (((row >> at) & 1) << index), 0);
    const base = places.reduce((bits, at) => bits & ~(1 << at), row);
    for (let other = 0; other < matrix.size; other += 1) {
      const source = places.reduce(
        (bits, at, index) => bits | (((other >> index) & 1) << at),
        base,
      );
      const entry = local * matrix.size + other;
      const re = acts ? matrix.re[entry] : Number(other === local);
      const im = acts ? matrix.im[entry] : 0;
      if (re === 0 && im === 0) continue;
      for (let column = 0; column < size; column += 1) {
        const from = source * size + column;
        const to = row * size + column;
        after.re[to] += re * before.re[from] - im * before.im[from];
        after.im[to] += re * before.im[from] + im * before.re[from];
      }
    }
  }
  return after;
}

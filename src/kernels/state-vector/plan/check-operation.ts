/**
 * What callers must get right: qubits that exist and differ, arrays of the right length, matrices
 * that are unitary where the engine relies on it. Checked once, before anything is planned.
 */
import { assert, unreachable } from "#foundation";
import type { ControlQubit, StateOperation } from "./operation.ts";

/** The most qubits of a matrix operation: so many bits fit beside the narrowest row of a tile. */
const MATRIX_QUBITS_MAX = 8;

/** How far from unitary a matrix may be, entry by entry of its product with its adjoint. */
const TOLERANCE = 1e-6;

/** Raises an assertion unless `operation` makes sense for a state of `qubitCount` qubits. */
export function checkOperation(operation: StateOperation, qubitCount: number): void {
  switch (operation.kind) {
    case "unitary1": {
      const { target, controls, matrix } = operation;
      checkQubits([target, ...qubitsOf(controls)], qubitCount);
      assert(isUnitary(matrix), "unitary1: expected a unitary matrix of eight numbers");
      return;
    }
    case "phase":
      checkQubits(qubitsOf(operation.conditions), qubitCount);
      return;
    case "diagonal":
      checkQubits(operation.qubits, qubitCount);
      checkLength(operation.factors, 2 * 2 ** operation.qubits.length);
      return;
    case "matrix": {
      const { targets, matrix } = operation;
      checkQubits(targets, qubitCount);
      assert(
        targets.length <= MATRIX_QUBITS_MAX,
        `matrix: expected at most ${MATRIX_QUBITS_MAX} qubits, got ${targets.length}`,
      );
      checkLength(matrix, 2 * 4 ** targets.length);
      return;
    }
    case "swap":
      checkQubits(operation.qubits, qubitCount);
      return;
    case "flip":
      checkQubits([operation.qubit], qubitCount);
      return;
    case "cost":
      assert(Number.isFinite(operation.angle), `cost: expected an angle, got ${operation.angle}`);
      return;
    default:
      unreachable(operation);
  }
}

function qubitsOf(controls: readonly ControlQubit[]): readonly number[] {
  return controls.map(({ qubit }) => qubit);
}

function checkQubits(qubits: readonly number[], qubitCount: number): void {
  let seen = 0;
  for (const qubit of qubits) {
    assert(
      Number.isInteger(qubit) && qubit >= 0 && qubit < qubitCount,
      `qubit: expected 0 to ${qubitCount - 1}, got ${qubit}`,
    );
    assert((seen & (1 << qubit)) === 0, `qubit ${qubit}: expected once in an operation`);
    seen |= 1 << qubit;
  }
}

function checkLength(numbers: readonly number[], expected: number): void {
  assert(numbers.length === expected, `expected ${expected} numbers, got ${numbers.length}`);
}

function isUnitary(matrix: readonly number[]): boolean {
  const [ar, ai, br, bi, cr, ci, dr, di] = matrix;
  const first = ar * ar + ai * ai + cr * cr + ci * ci - 1;
  const second = br * br + bi * bi + dr * dr + di * di - 1;
  const re = ar * br + ai * bi + cr * dr + ci * di;
  const im = ar * bi - ai * br + cr * di - ci * dr;
  const worst = Math.max(Math.abs(first), Math.abs(second), Math.abs(re), Math.abs(im));
  return matrix.length === 8 && worst < TOLERANCE;
}

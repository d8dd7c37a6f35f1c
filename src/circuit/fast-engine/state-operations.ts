/**
 * From the gate table's unitaries to what a state vector can do: one-qubit gates and phases with
 * any number of controls, diagonals, swaps and flips. Gates of several qubits come apart by their
 * decompositions; what is known by its matrix alone is multiplied as such where it is small, and
 * otherwise taken apart into rotations of two basis states at a time.
 */
import type { ControlQubit, StateOperation } from "#kernels";
import type { GateOperation, UnitaryOperation } from "../circuit.ts";
import { type AppliedUnitary, appliedUnitary } from "../gates/applied-unitary.ts";
import { gateRow } from "../gates/gate-table.ts";
import { type ComplexMatrix, controlledMatrix } from "../gates/matrix.ts";
import { radians } from "../gates/parameter.ts";
import { twoLevelOperations } from "../gates/two-level.ts";

/** Matrices up to this many qubits, controls included, are multiplied as a whole. */
const MATRIX_QUBITS_MAX = 4;

/** Powers up to this are the gate repeated; beyond, its matrix is raised. */
const REPEATS_MAX = 4;

/** What `operations`, with numbers for all parameters, do to a state vector, in order. */
export function stateOperations(
  operations: readonly UnitaryOperation[],
): readonly StateOperation[] {
  const steps: StateOperation[] = [];
  for (const operation of operations) translate(operation, steps);
  return steps;
}

function translate(operation: UnitaryOperation, steps: StateOperation[]): void {
  const unitary = appliedUnitary(operation);
  const { matrix, controls, targets } = unitary;
  if (targets.length === 0) {
    const factor = { re: matrix.re[0], im: matrix.im[0] };
    steps.push({ kind: "phase", conditions: controls, factor });
  } else if (unitary.diagonal) {
    diagonal(unitary, steps);
  } else if (targets.length === 1) {
    oneQubit(unitary, steps);
  } else if (operation.kind === "gate" && decompose(operation, unitary, steps)) {
    return;
  } else if (targets.length + controls.length <= MATRIX_QUBITS_MAX) {
    wholeMatrix(unitary, steps);
  } else {
    twoLevels(unitary, steps);
  }
}

function diagonal({ matrix, controls, targets }: AppliedUnitary, steps: StateOperation[]): void {
  if (controls.length === 0) {
    steps.push({ kind: "diagonal", qubits: targets, factors: diagonalOf(matrix) });
    return;
  }
  for (let index = 0; index < matrix.size; index += 1) {
    const entry = index * (matrix.size + 1);
    const factor = { re: matrix.re[entry], im: matrix.im[entry] };
    const conditions = [...controls, ...valuesAt(index, targets)];
    steps.push({ kind: "phase", conditions, factor });
  }
}

function oneQubit({ matrix, controls, targets }: AppliedUnitary, steps: StateOperation[]): void {
  const [target] = targets;
  const { re, im } = matrix;
  const isFlip = re[0] === 0 && im[0] === 0 && isOne(matrix, 1) && isOne(matrix, 2);
  if (isFlip && controls.length === 0) steps.push({ kind: "flip", qubit: target });
  else steps.push({ kind: "unitary1", target, controls, matrix: interleaved(matrix) });
}

/** Takes a gate of the table apart; not where its power is more than a few repetitions. */
function decompose(
  operation: GateOperation,
  { controls, targets }: AppliedUnitary,
  steps: StateOperation[],
): boolean {
  const { power } = operation;
  if (!Number.isInteger(power) || Math.abs(power) > REPEATS_MAX) return false;
  const whole = gateRow(operation.gate);
  const base = whole.controlled === undefined ? whole : gateRow(whole.controlled.of);
  const call =
    power < 0
      ? base.inverse(operation.parameters)
      : { gate: base.name, parameters: operation.parameters };
  const { name, decomposition } = gateRow(call.gate);
  if (decomposition === undefined) return false;
  for (let time = 0; time < Math.abs(power); time += 1) {
    if (name === "swap" && controls.length === 0) {
      const [first, second] = targets;
      steps.push({ kind: "swap", qubits: [first, second] });
      continue;
    }
    for (const { gate, parameters, qubits } of decomposition(call.parameters.map(radians))) {
      const inner = qubits.map((place) => targets[place]);
      translate({ kind: "gate", gate, parameters, power: 1, controls, targets: inner }, steps);
    }
  }
  return true;
}

function wholeMatrix({ matrix, controls, targets }: AppliedUnitary, steps: StateOperation[]): void {
  const flips = controls.filter(({ value }) => value === 0).map(({ qubit }) => qubit);
  const flip = () => {
    for (const qubit of flips) steps.push({ kind: "flip", qubit });
  };
  const all = [...controls.map(({ qubit }) => qubit), ...targets];
  flip();
  const numbers = interleaved(controlledMatrix(matrix, controls.length));
  steps.push({ kind: "matrix", targets: all, matrix: numbers });
  flip();
}

function twoLevels(applied: AppliedUnitary, steps: StateOperation[]): void {
  for (const { matrix, controls, targets } of twoLevelOperations(applied).map(appliedUnitary)) {
    steps.push({ kind: "unitary1", target: targets[0], controls, matrix: interleaved(matrix) });
  }
}

function interleaved({ re, im }: ComplexMatrix): readonly number[] {
  return Array.from(re).flatMap((real, entry) => [real, im[entry]]);
}

function diagonalOf({ size, re, im }: ComplexMatrix): readonly number[] {
  return Array.from({ length: size }, (_, index) => index * (size + 1)).flatMap((entry) => [
    re[entry],
    im[entry],
  ]);
}

function isOne({ re, im }: ComplexMatrix, entry: number): boolean {
  return re[entry] === 1 && im[entry] === 0;
}

function valuesAt(index: number, qubits: readonly number[]): readonly ControlQubit[] {
  return qubits.map((qubit, place) => ({ qubit, value: (index >> place) & 1 ? 1 : 0 }));
}

/**
 * From any circuit to the transpiler's steps. Gates of several qubits come apart by the gate
 * table's decompositions; controls become phases of parities; what is known by its matrix alone is
 * taken apart into rotations of two basis states at a time (M. Nielsen and I. Chuang, Quantum
 * Computation and Quantum Information, section 4.5).
 */
import { Fault, unreachable } from "#foundation";
import {
  type Circuit,
  type Control,
  type GateOperation,
  type Operation,
  qubitsOf,
  type UnitaryOperation,
} from "../circuit.ts";
import { CIRCUIT_FAULTS } from "../faults.ts";
import { appliedUnitary } from "../gates/applied-unitary.ts";
import type { GateRow } from "../gates/gate-row.ts";
import { gateRow } from "../gates/gate-table.ts";
import { allOnesPhase } from "../gates/many-qubit-gates.ts";
import type { ComplexMatrix } from "../gates/matrix.ts";
import { REPETITIONS_MAX } from "../gates/modifiers.ts";
import { radians } from "../gates/parameter.ts";
import { twoLevelOperations } from "../gates/two-level.ts";
import { unboundSymbols } from "../transform.ts";
import { intoBasis, oneQubitMatrix, spectrumOf } from "./one-qubit.ts";
import type { Step } from "./step.ts";

/** Qubits of one phase that is taken apart: its gates double with each. */
const WIRES_MAX = 12;

/**
 * The steps of `circuit`, as if every two qubits were coupled.
 *
 * @throws Fault `circuit-input-invalid` for unbound symbols, `circuit-controls-too-many`.
 */
export function loweredCircuit(circuit: Circuit): readonly Step[] {
  const symbols = unboundSymbols(circuit);
  if (symbols.length > 0) {
    const detail = `a circuit to transpile, expected numbers for its symbols, got ${symbols}`;
    throw new Fault(CIRCUIT_FAULTS.inputInvalid, { detail });
  }
  return lowered(circuit.operations);
}

function lowered(operations: readonly Operation[]): readonly Step[] {
  const steps: Step[] = [];
  for (const operation of operations) lowerOperation(operation, steps);
  return steps;
}

function lowerOperation(operation: Operation, steps: Step[]): void {
  switch (operation.kind) {
    case "gate":
    case "unitary":
      lowerUnitary(operation, steps);
      return;
    case "measure":
    case "reset":
    case "barrier":
    case "assign":
      steps.push({ kind: "plain", operation });
      return;
    case "if": {
      const bodies = [lowered(operation.whenTrue), lowered(operation.whenFalse)];
      steps.push({ kind: "flow", operation, qubits: qubitsOf(operation), bodies });
      return;
    }
    case "repeat":
    case "while": {
      const bodies = [lowered(operation.body)];
      steps.push({ kind: "flow", operation, qubits: qubitsOf(operation), bodies });
      return;
    }
    default:
      unreachable(operation);
  }
}

/**
 * The steps of one operation without symbols, up to a global phase.
 *
 * @throws Fault `circuit-controls-too-many`.
 */
export function loweredUnitary(operation: UnitaryOperation): readonly Step[] {
  const steps: Step[] = [];
  lowerUnitary(operation, steps);
  return steps;
}

function lowerUnitary(operation: UnitaryOperation, steps: Step[]): void {
  const { matrix, controls, targets } = appliedUnitary(operation);
  if (targets.length <= 1) {
    lowerControlled(matrix, controls, targets, steps);
    return;
  }
  const isShort = operation.kind === "gate" && Math.abs(operation.power) <= REPETITIONS_MAX;
  if (isShort && Number.isInteger(operation.power)) {
    lowerTimes(operation, controls, targets, steps);
    return;
  }
  for (const part of twoLevelOperations({ matrix, controls, targets })) lowerUnitary(part, steps);
}

/** A gate of the table on several qubits, by its decomposition, as often as its power says. */
function lowerTimes(
  operation: GateOperation,
  controls: readonly Control[],
  targets: readonly number[],
  steps: Step[],
): void {
  const whole = gateRow(operation.gate);
  const base = whole.controlled === undefined ? whole : gateRow(whole.controlled.of);
  const call =
    operation.power < 0
      ? base.inverse(operation.parameters)
      : { gate: base.name, parameters: operation.parameters };
  const row = gateRow(call.gate);
  const angles = call.parameters.map(radians);
  for (let time = 0; time < Math.abs(operation.power); time += 1) {
    lowerRow(row, angles, controls, targets, steps);
  }
}

function lowerRow(
  row: GateRow,
  angles: readonly number[],
  controls: readonly Control[],
  targets: readonly number[],
  steps: Step[],
): void {
  const [first, second] = targets;
  if (controls.length === 0 && (row.name === "rzz" || row.name === "swap")) {
    const swapped = row.name === "swap";
    steps.push({ kind: "pair", qubits: [first, second], angle: angles[0] ?? 0, swapped });
    return;
  }
  for (const { gate, parameters, qubits } of row.decomposition?.(angles) ?? []) {
    const inner = qubits.map((place) => targets[place]);
    lowerUnitary({ kind: "gate", gate, parameters, power: 1, controls, targets: inner }, steps);
  }
}

/** A phase or one-qubit gate that acts where all of `controls` have their values. */
function lowerControlled(
  matrix: ComplexMatrix,
  controls: readonly Control[],
  targets: readonly number[],
  steps: Step[],
): void {
  if (controls.length === 0) {
    for (const qubit of targets) steps.push({ kind: "one", qubit, matrix });
    return;
  }
  const flips = controls.filter(({ value }) => value === 0).map(({ qubit }) => qubit);
  const wires = controls.map(({ qubit }) => qubit);
  const flip = () => {
    for (const qubit of flips) steps.push({ kind: "one", qubit, matrix: oneQubitMatrix("x") });
  };
  flip();
  if (targets.length === 0) lowerPhase(Math.atan2(matrix.im[0], matrix.re[0]), wires, steps);
  for (const target of targets) {
    const spectrum = spectrumOf(matrix);
    const [zero, one] = spectrum.phases;
    steps.push({ kind: "one", qubit: target, matrix: intoBasis(spectrum) });
    lowerPhase(zero, wires, steps);
    lowerPhase(one - zero, [...wires, target], steps);
    steps.push({ kind: "one", qubit: target, matrix: spectrum.basis });
  }
  flip();
}

/** The phase `angle` where all of `wires` are 1. */
function lowerPhase(angle: number, wires: readonly number[], steps: Step[]): void {
  if (angle === 0) return;
  if (wires.length === 2) {
    const [first, second] = wires;
    const matrix = oneQubitMatrix("p", angle / 2);
    steps.push({ kind: "one", qubit: first, matrix });
    steps.push({ kind: "one", qubit: second, matrix });
    steps.push({ kind: "pair", qubits: [first, second], angle: -angle / 2, swapped: false });
    return;
  }
  if (wires.length > WIRES_MAX) {
    const got = wires.length;
    const detail = `a gate to take apart, expected at most ${WIRES_MAX} qubits, got ${got}`;
    throw new Fault(CIRCUIT_FAULTS.controlsTooMany, { detail });
  }
  for (const { gate, parameters, qubits } of allOnesPhase(angle, wires.length)) {
    const targets = qubits.map((place) => wires[place]);
    lowerUnitary({ kind: "gate", gate, parameters, power: 1, controls: [], targets }, steps);
  }
}

/**
 * Circuits in Amazon Braket's dialect of OpenQASM 3: its own gate names and no library. On physical
 * qubits the gates stand in a verbatim box, which the service runs as they are (Amazon Braket
 * Developer Guide, "Verbatim compilation").
 */
import { Fault, unreachable } from "#foundation";
import type { Circuit, GateOperation, MatrixOperation, Operation } from "../../circuit.ts";
import { CIRCUIT_FAULTS } from "../../faults.ts";
import { type GateStep, step } from "../../gates/gate-row.ts";
import { gateRow, gateTable } from "../../gates/gate-table.ts";
import { scaled } from "../../gates/parameter.ts";
import { deferredMeasurements, type Measurement } from "../../noise/deferred.ts";
import { unboundSymbols } from "../../transform.ts";
import { eulerAngles } from "./euler.ts";
import { type WrittenNames, writtenNames } from "./names.ts";
import { parameterText } from "./number-text.ts";

/**
 * `circuit`, gates and then measurements, as Braket reads it; unbound symbols become inputs. A
 * circuit on physical qubits loses its global phase.
 *
 * @throws Fault `circuit-not-writable` for control flow, resets, measurements that something comes
 *   after, powers of gates Braket has not, and matrices on several qubits.
 */
export function writeBraket(circuit: Circuit): string {
  const symbols = unboundSymbols(circuit);
  const braketNames = gateTable.flatMap(({ braket }) => braket ?? []);
  const names = writtenNames(3, circuit, [...symbols, ...braketNames]);
  const isVerbatim = circuit.qubitRegisters.some(({ name }) => name.startsWith("$"));
  const { operations, last } = deferredMeasurements(circuit);
  const calls = operations.flatMap((operation) => callsOf(operation, names));
  const gates = isVerbatim ? calls.filter((call) => !call.startsWith("gphase")) : calls;
  const declared = names.qubitRegisters.filter(() => !isVerbatim);
  const lines = [
    "OPENQASM 3.0;",
    ...symbols.map((name) => `input float ${name};`),
    ...declared.map(({ name, size }) => `qubit[${size}] ${name};`),
    ...names.bitRegisters.map(({ name, size }) => `bit[${size}] ${name};`),
    ...(isVerbatim ? ["#pragma braket verbatim", "box {", ...gates.map(indented), "}"] : gates),
    ...last.map((measurement) => measurementLine(measurement, names)),
  ];
  return `${lines.join("\n")}\n`;
}

function callsOf(operation: Operation, names: WrittenNames): readonly string[] {
  switch (operation.kind) {
    case "gate":
      return gateCalls(operation, names);
    case "unitary":
      return matrixCalls(operation, names);
    case "barrier":
      return [];
    case "measure":
    case "reset":
    case "assign":
    case "if":
    case "repeat":
    case "while":
      throw unwritable("gates and measurements at the end", operation.kind);
    default:
      return unreachable(operation);
  }
}

function gateCalls(operation: GateOperation, names: WrittenNames): readonly string[] {
  const { gate, parameters, power, controls, targets } = operation;
  const { braket, decomposition } = gateRow(gate);
  if (braket === undefined) {
    if (power !== 1) throw unwritable("powers of gates that Braket has", `a power of ${gate}`);
    const steps = gate === "U" ? turns(parameters) : (decomposition?.(parameters) ?? []);
    return steps.flatMap((part) => {
      const inner = part.qubits.map((place) => targets[place]);
      return gateCalls({ ...operation, ...part, targets: inner }, names);
    });
  }
  const modifiers = controls.map(({ value }) => (value === 1 ? "ctrl @ " : "negctrl @ "));
  const raised = power === 1 ? "" : `pow(${power}) @ `;
  const angles = parameters.length === 0 ? "" : `(${parameters.map(parameterText).join(", ")})`;
  const qubits = [...controls.map(({ qubit }) => qubit), ...targets].map(names.qubit).join(", ");
  const call = `${modifiers.join("")}${raised}${braket}${angles}`;
  return [qubits === "" ? `${call};` : `${call} ${qubits};`];
}

/** The specification's U, phase included: Braket's own lacks it. */
function turns([theta, phi, lambda]: GateOperation["parameters"]): readonly GateStep[] {
  return [
    step("p", [0], lambda),
    step("ry", [0], theta),
    step("p", [0], phi),
    step("gphase", [], scaled(theta, 0.5)),
  ];
}

function matrixCalls(operation: MatrixOperation, names: WrittenNames): readonly string[] {
  const { matrix, controls, targets } = operation;
  const plain = { kind: "gate", power: 1, controls } as const;
  if (targets.length > 1) {
    throw unwritable("matrices on single qubits", `one on ${targets.length}`);
  }
  if (targets.length === 0) {
    const phase = Math.atan2(matrix.im[0], matrix.re[0]);
    return gateCalls({ ...plain, gate: "gphase", parameters: [phase], targets }, names);
  }
  const { theta, phi, lambda, gamma } = eulerAngles(matrix);
  return [
    ...gateCalls({ ...plain, gate: "U", parameters: [theta, phi, lambda], targets }, names),
    ...gateCalls({ ...plain, gate: "gphase", parameters: [gamma], targets: [] }, names),
  ];
}

function measurementLine({ qubit, bit }: Measurement, names: WrittenNames): string {
  return `${names.bit(bit)} = measure ${names.qubit(qubit)};`;
}

function indented(line: string): string {
  return `  ${line}`;
}

function unwritable(expected: string, got: string): Fault {
  const detail = `the circuit for Braket, expected ${expected}, got ${got}`;
  return new Fault(CIRCUIT_FAULTS.notWritable, { detail });
}

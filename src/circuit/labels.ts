/**
 * Operations in words, for statistics and drawings.
 */
import { unreachable } from "#foundation";
import type { Circuit, Condition, Operation } from "./circuit.ts";
import { conditionText } from "./openqasm/writing/condition-text.ts";
import { writtenNames } from "./openqasm/writing/names.ts";
import { parameterText } from "./openqasm/writing/number-text.ts";

/** What an operation is counted as: its modifiers and name, without angles and qubits. */
export function kindLabel(operation: Operation): string {
  switch (operation.kind) {
    case "gate":
    case "unitary": {
      const modifiers = operation.controls.map(({ value }) =>
        value === 1 ? "ctrl @ " : "negctrl @ ",
      );
      if (operation.kind === "unitary") return `${modifiers.join("")}matrix`;
      const { power, gate } = operation;
      const raised = power === 1 ? "" : power === -1 ? "inv @ " : `pow(${power}) @ `;
      return `${modifiers.join("")}${raised}${gate}`;
    }
    case "measure":
    case "reset":
    case "barrier":
    case "assign":
    case "if":
    case "repeat":
    case "while":
      return operation.kind;
    default:
      return unreachable(operation);
  }
}

/** A gate's name with its power and angles, as a box shows it. */
export function gateLabel(operation: Extract<Operation, { kind: "gate" | "unitary" }>): string {
  if (operation.kind === "unitary") return "matrix";
  const { gate, power, parameters } = operation;
  const angles = parameters.length === 0 ? "" : `(${parameters.map(parameterText).join(", ")})`;
  return `${gate}${angles}${power === 1 ? "" : `^${power}`}`;
}

/** How a circuit's wires and conditions are called. */
export interface WireLabels {
  readonly qubits: readonly string[];
  readonly bits: readonly string[];
  readonly condition: (condition: Condition) => string;
}

/** The labels of `circuit`, as OpenQASM would write them. */
export function wireLabels(circuit: Circuit): WireLabels {
  const names = writtenNames(3, circuit, []);
  return {
    qubits: Array.from({ length: circuit.qubitCount }, (_, qubit) => names.qubit(qubit)),
    bits: Array.from({ length: circuit.bitCount }, (_, bit) => names.bit(bit)),
    condition: (condition) => conditionText(condition, names),
  };
}

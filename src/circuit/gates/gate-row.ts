/**
 * What one row of the gate table says. Everything that has to know a gate reads its row: parser,
 * writers, simulators, drawing, statistics, transpiler, documentation. Nothing else in the room
 * lists gates.
 */
import type { ComplexMatrix } from "./matrix.ts";
import type { Parameter } from "./parameter.ts";

/**
 * A gate applied to some of the qubits of the gate it is a part of, by their place (0 is the
 * first).
 */
export interface GateStep {
  readonly gate: string;
  readonly parameters: readonly Parameter[];
  readonly qubits: readonly number[];
}

/** A gate with parameters but not yet with qubits. */
export interface GateCall {
  readonly gate: string;
  readonly parameters: readonly Parameter[];
}

/**
 * One gate. Parameters are radians; functions expect exactly as many as there are `parameterNames`.
 */
export interface GateRow {
  /** The name in circuits and drawings; unique. */
  readonly name: string;
  /** What the gate does, in one sentence. */
  readonly sentence: string;
  readonly qubitCount: number;
  readonly parameterNames: readonly string[];
  /**
   * The unitary, 2^qubitCount square, the first qubit being the least significant bit of the index.
   */
  readonly matrix: (angles: readonly number[]) => ComplexMatrix;
  /** The gate that undoes this one, exactly. */
  readonly inverse: (parameters: readonly Parameter[]) => GateCall;
  /**
   * The same unitary, global phase included, from simpler gates in order; absent for `U`, `gphase`
   * and `cx`.
   */
  readonly decomposition: ((parameters: readonly Parameter[]) => readonly GateStep[]) | undefined;
  /**
   * Names in OpenQASM 2 (built in or in qelib1.inc); the first is written. Phases are not
   * observable there.
   */
  readonly openQasm2: readonly string[];
  /** Names in OpenQASM 3 (built in or in stdgates.inc); the first is written. */
  readonly openQasm3: readonly string[];
  /** The name in Amazon Braket's dialect of OpenQASM 3, where it has the same gate. */
  readonly braket?: string;
  /**
   * Two in a row are one with the parameters added, so an integer power multiplies the parameter.
   */
  readonly additive: boolean;
  /** For controlled gates: the gate that acts on the last qubits when the first `count` are 1. */
  readonly controlled: { readonly of: string; readonly count: number } | undefined;
}

/** A step of a decomposition. */
export function step(
  gate: string,
  qubits: readonly number[],
  ...parameters: readonly Parameter[]
): GateStep {
  return { gate, parameters, qubits };
}

/** The inverse of a gate that undoes itself. */
export function selfInverse(gate: string): GateRow["inverse"] {
  return (parameters) => ({ gate, parameters });
}

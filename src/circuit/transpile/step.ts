/**
 * The transpiler's own small language. Between reading a circuit and writing a device's gates there
 * are only one-qubit matrices and one kind of interaction, because every controlled one-qubit gate
 * is exp(-i angle ZZ / 2) between one-qubit gates. Equal up to a global phase is equal here.
 */
import { unreachable } from "#foundation";
import { bitsOf, type Operation, qubitsOf } from "../circuit.ts";
import type { ComplexMatrix } from "../gates/matrix.ts";

/** A 2 by 2 unitary on one qubit. */
export interface OneQubitStep {
  readonly kind: "one";
  readonly qubit: number;
  readonly matrix: ComplexMatrix;
}

/** exp(-i angle ZZ / 2), then an exchange of the two qubits where `swapped`. */
export interface PairStep {
  readonly kind: "pair";
  readonly qubits: readonly [number, number];
  /** Radians, in (-pi/2, pi/2] once merged: a half turn is a Z on each qubit. */
  readonly angle: number;
  readonly swapped: boolean;
}

/** Measurement, reset, barrier, assignment. */
export interface PlainStep {
  readonly kind: "plain";
  readonly operation: Extract<Operation, { kind: "measure" | "reset" | "barrier" | "assign" }>;
}

/** Control flow: the operation says of what kind, the steps what it does. */
export interface FlowStep {
  readonly kind: "flow";
  readonly operation: Extract<Operation, { kind: "if" | "repeat" | "while" }>;
  /** Every qubit that a body touches. */
  readonly qubits: readonly number[];
  /** In the order in which the operation has them. */
  readonly bodies: readonly (readonly Step[])[];
}

/** One entry. */
export type Step = OneQubitStep | PairStep | PlainStep | FlowStep;

/** The qubits that `step` touches. */
export function stepQubits(step: Step): readonly number[] {
  switch (step.kind) {
    case "one":
      return [step.qubit];
    case "pair":
      return step.qubits;
    case "plain":
      return qubitsOf(step.operation);
    case "flow":
      return step.qubits;
    default:
      return unreachable(step);
  }
}

/** The classical bits that `step` reads or writes. */
export function stepBits(step: Step): readonly number[] {
  return step.kind === "plain" || step.kind === "flow" ? bitsOf(step.operation) : [];
}

/** `angle` as the nearest to 0 of those a half turn apart, in (-pi/2, pi/2], and whether odd. */
export function halfTurns(angle: number): { readonly rest: number; readonly odd: boolean } {
  // The tolerance keeps pi/2 from turning into -pi/2 by rounding.
  const turns = Math.ceil(angle / Math.PI - 0.5 - 1e-12);
  return { rest: angle - turns * Math.PI, odd: turns % 2 !== 0 };
}

/** Angles nearer to each other than this are the same. */
export const ANGLE_TOLERANCE = 1e-11;

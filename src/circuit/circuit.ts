/**
 * Circuits: a frozen list of operations on numbered qubits and classical bits. Qubit and bit
 * numbers are global; registers only name ranges of them. Control flow is structured and its
 * conditions read classical bits, so a circuit can be drawn, counted, transpiled and written down
 * without being run.
 */
import { unreachable } from "#foundation";
import type { ComplexMatrix } from "./gates/matrix.ts";
import type { Parameter } from "./gates/parameter.ts";

/** A named range of qubits or of classical bits. */
export interface Register {
  readonly name: string;
  readonly start: number;
  readonly size: number;
}

/** A qubit that lets a gate act only while it has the given value. */
export interface Control {
  readonly qubit: number;
  readonly value: 0 | 1;
}

/**
 * A gate of the table, raised to a power and controlled; `targets` in the order of the gate's own
 * qubits.
 */
export interface GateOperation {
  readonly kind: "gate";
  readonly gate: string;
  readonly parameters: readonly Parameter[];
  /** The principal power of the gate's matrix; 1 for the gate itself. */
  readonly power: number;
  readonly controls: readonly Control[];
  readonly targets: readonly number[];
}

/** A gate given by its matrix; the first target is the least significant bit of the index. */
export interface MatrixOperation {
  readonly kind: "unitary";
  readonly matrix: ComplexMatrix;
  readonly controls: readonly Control[];
  readonly targets: readonly number[];
}

/** What changes the state without looking at it. */
export type UnitaryOperation = GateOperation | MatrixOperation;

/** How a register, read as an unsigned number, compares with a constant. */
export type Relation = "==" | "!=" | "<" | "<=" | ">" | ">=";

/** What control flow asks of the classical bits. */
export type Condition =
  | { readonly kind: "constant"; readonly value: boolean }
  | { readonly kind: "bit"; readonly bit: number }
  | {
      readonly kind: "compare";
      /** Least significant first. */
      readonly bits: readonly number[];
      readonly relation: Relation;
      readonly value: bigint;
    }
  | { readonly kind: "not"; readonly condition: Condition }
  | { readonly kind: "all"; readonly conditions: readonly Condition[] }
  | { readonly kind: "any"; readonly conditions: readonly Condition[] }
  | { readonly kind: "odd"; readonly conditions: readonly Condition[] };

/** One entry of a circuit. */
export type Operation =
  | UnitaryOperation
  | { readonly kind: "measure"; readonly qubit: number; readonly bit: number }
  | { readonly kind: "reset"; readonly qubit: number }
  | { readonly kind: "barrier"; readonly qubits: readonly number[] }
  | { readonly kind: "assign"; readonly bit: number; readonly value: Condition }
  | {
      readonly kind: "if";
      readonly condition: Condition;
      readonly whenTrue: readonly Operation[];
      readonly whenFalse: readonly Operation[];
    }
  | { readonly kind: "repeat"; readonly times: number; readonly body: readonly Operation[] }
  | {
      readonly kind: "while";
      readonly condition: Condition;
      readonly body: readonly Operation[];
    };

/**
 * A circuit. Registers of each kind are disjoint, ascending, and cover every qubit and every bit.
 */
export interface Circuit {
  readonly kind: "circuit";
  readonly qubitCount: number;
  readonly bitCount: number;
  readonly qubitRegisters: readonly Register[];
  readonly bitRegisters: readonly Register[];
  readonly operations: readonly Operation[];
}

/** The bits of a register, least significant first. */
export function registerBits(register: Register): readonly number[] {
  return Array.from({ length: register.size }, (_, index) => register.start + index);
}

/** The qubits that `operation` touches, controls first, without repetition. */
export function qubitsOf(operation: Operation): readonly number[] {
  switch (operation.kind) {
    case "gate":
    case "unitary":
      return [...operation.controls.map((control) => control.qubit), ...operation.targets];
    case "measure":
    case "reset":
      return [operation.qubit];
    case "barrier":
      return operation.qubits;
    case "assign":
      return [];
    case "if":
      return distinct([...operation.whenTrue, ...operation.whenFalse].flatMap(qubitsOf));
    case "repeat":
    case "while":
      return distinct(operation.body.flatMap(qubitsOf));
    default:
      return unreachable(operation);
  }
}

/** The classical bits that `operation` reads or writes, without repetition. */
export function bitsOf(operation: Operation): readonly number[] {
  switch (operation.kind) {
    case "gate":
    case "unitary":
    case "reset":
    case "barrier":
      return [];
    case "measure":
      return [operation.bit];
    case "assign":
      return distinct([operation.bit, ...conditionBits(operation.value)]);
    case "if":
      return distinct([
        ...conditionBits(operation.condition),
        ...[...operation.whenTrue, ...operation.whenFalse].flatMap(bitsOf),
      ]);
    case "repeat":
      return distinct(operation.body.flatMap(bitsOf));
    case "while":
      return distinct([...conditionBits(operation.condition), ...operation.body.flatMap(bitsOf)]);
    default:
      return unreachable(operation);
  }
}

/** The classical bits a condition reads, without repetition. */
export function conditionBits(condition: Condition): readonly number[] {
  switch (condition.kind) {
    case "constant":
      return [];
    case "bit":
      return [condition.bit];
    case "compare":
      return condition.bits;
    case "not":
      return conditionBits(condition.condition);
    case "all":
    case "any":
    case "odd":
      return distinct(condition.conditions.flatMap(conditionBits));
    default:
      return unreachable(condition);
  }
}

/**
 * Whether `condition` holds; `read` gives the value of a bit and is asked for no more bits than
 * needed.
 */
export function holds(condition: Condition, read: (bit: number) => boolean): boolean {
  switch (condition.kind) {
    case "constant":
      return condition.value;
    case "bit":
      return read(condition.bit);
    case "compare": {
      let value = 0n;
      for (const [place, bit] of condition.bits.entries()) {
        if (read(bit)) value |= 1n << BigInt(place);
      }
      return compare(value, condition.relation, condition.value);
    }
    case "not":
      return !holds(condition.condition, read);
    case "all":
      return condition.conditions.every((part) => holds(part, read));
    case "any":
      return condition.conditions.some((part) => holds(part, read));
    case "odd":
      return condition.conditions.filter((part) => holds(part, read)).length % 2 === 1;
    default:
      return unreachable(condition);
  }
}

/** `left relation right`. */
export function compare(left: bigint, relation: Relation, right: bigint): boolean {
  switch (relation) {
    case "==":
      return left === right;
    case "!=":
      return left !== right;
    case "<":
      return left < right;
    case "<=":
      return left <= right;
    case ">":
      return left > right;
    case ">=":
      return left >= right;
    default:
      return unreachable(relation);
  }
}

function distinct(values: readonly number[]): readonly number[] {
  return [...new Set(values)];
}

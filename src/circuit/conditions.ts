/**
 * Small constructors for conditions, and operations carried over to other qubits and bits.
 */
import { unreachable } from "#foundation";
import type { Condition, Control, Operation, Relation } from "./circuit.ts";

/** The bit is 1. */
export function bitIsSet(bit: number): Condition {
  return { kind: "bit", bit };
}

/** The bits (least significant first), read as an unsigned number, compare with `value`. */
export function register(bits: readonly number[], relation: Relation, value: number): Condition {
  return { kind: "compare", bits, relation, value: BigInt(value) };
}

/** `condition` does not hold. */
export function not(condition: Condition): Condition {
  return { kind: "not", condition };
}

/** Every condition holds. */
export function all(...conditions: readonly Condition[]): Condition {
  return { kind: "all", conditions };
}

/** At least one condition holds. */
export function any(...conditions: readonly Condition[]): Condition {
  return { kind: "any", conditions };
}

/** `operation` with qubit i replaced by `qubits[i]` and bit j by `bits[j]`. */
export function relabelled(
  operation: Operation,
  qubits: readonly number[],
  bits: readonly number[],
): Operation {
  const inner = (entry: Operation) => relabelled(entry, qubits, bits);
  switch (operation.kind) {
    case "gate":
    case "unitary": {
      const controls = operation.controls.map(
        ({ qubit, value }): Control => ({ qubit: qubits[qubit], value }),
      );
      return { ...operation, controls, targets: operation.targets.map((target) => qubits[target]) };
    }
    case "measure":
      return { ...operation, qubit: qubits[operation.qubit], bit: bits[operation.bit] };
    case "reset":
      return { ...operation, qubit: qubits[operation.qubit] };
    case "barrier":
      return { ...operation, qubits: operation.qubits.map((qubit) => qubits[qubit]) };
    case "assign": {
      const value = relabelledCondition(operation.value, bits);
      return { ...operation, bit: bits[operation.bit], value };
    }
    case "if":
      return {
        kind: "if",
        condition: relabelledCondition(operation.condition, bits),
        whenTrue: operation.whenTrue.map(inner),
        whenFalse: operation.whenFalse.map(inner),
      };
    case "repeat":
      return { ...operation, body: operation.body.map(inner) };
    case "while": {
      const condition = relabelledCondition(operation.condition, bits);
      return { kind: "while", condition, body: operation.body.map(inner) };
    }
    default:
      return unreachable(operation);
  }
}

/** `condition` with bit j replaced by `bits[j]`. */
export function relabelledCondition(condition: Condition, bits: readonly number[]): Condition {
  const inner = (part: Condition) => relabelledCondition(part, bits);
  switch (condition.kind) {
    case "constant":
      return condition;
    case "bit":
      return { kind: "bit", bit: bits[condition.bit] };
    case "compare":
      return { ...condition, bits: condition.bits.map((bit) => bits[bit]) };
    case "not":
      return { kind: "not", condition: inner(condition.condition) };
    case "all":
    case "any":
    case "odd":
      return { kind: condition.kind, conditions: condition.conditions.map(inner) };
    default:
      return unreachable(condition);
  }
}

/**
 * Gate modifiers on single operations: controls and powers, in the simplest form that means the
 * same. The calculus is OpenQASM's: controls commute with powers, an inverse is the power -1, and
 * powers multiply only where principal roots allow it.
 */
import { unreachable } from "#foundation";
import type { Control, UnitaryOperation } from "../circuit.ts";
import { gateMatrix } from "./applied-unitary.ts";
import { gateRow } from "./gate-table.ts";
import { scaled } from "./parameter.ts";
import { unitaryPower } from "./unitary-power.ts";

/**
 * Repetitions up to which an integer power is written out rather than multiplied out as a matrix.
 */
export const REPETITIONS_MAX = 64;

/** `operation` under further controls, put before its own. */
export function controlledOperation(
  operation: UnitaryOperation,
  controls: readonly Control[],
): UnitaryOperation {
  if (controls.length === 0) return operation;
  return { ...operation, controls: [...controls, ...operation.controls] };
}

/**
 * `operation` raised to `exponent` (its principal power). Inverses get their own name, parameters
 * of rotations are multiplied; only a root of a power needs the matrix.
 *
 * @throws AssertionError for a root of a power with an unbound symbol.
 */
export function poweredOperation(operation: UnitaryOperation, exponent: number): UnitaryOperation {
  if (exponent === 1) return operation;
  switch (operation.kind) {
    case "unitary":
      return { ...operation, matrix: unitaryPower(operation.matrix, exponent) };
    case "gate": {
      const row = gateRow(operation.gate);
      const whole = Number.isSafeInteger(exponent);
      if (operation.power !== 1) {
        // (U^p)^k is U^(pk) for whole k only: a root may lie on another branch.
        if (whole) return { ...operation, power: operation.power * exponent };
        const inner = gateMatrix(row, operation.parameters, operation.power);
        const { controls, targets } = operation;
        return { kind: "unitary", matrix: unitaryPower(inner, exponent), controls, targets };
      }
      if (whole && row.additive) {
        const parameters = operation.parameters.map((parameter) => scaled(parameter, exponent));
        return { ...operation, parameters };
      }
      if (exponent === -1) return { ...operation, ...row.inverse(operation.parameters) };
      return { ...operation, power: exponent };
    }
    default:
      return unreachable(operation);
  }
}

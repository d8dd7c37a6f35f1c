/**
 * What an engine is given to apply: controls split off, powers worked out, numbers for symbols.
 * `cx` arrives as an X with a control, `rzz` as a diagonal 4 by 4 matrix; an engine needs no other
 * knowledge of gates.
 */
import { unreachable } from "#foundation";
import type { Control, UnitaryOperation } from "../circuit.ts";
import type { GateRow } from "./gate-row.ts";
import { gateRow } from "./gate-table.ts";
import { type ComplexMatrix, isDiagonal } from "./matrix.ts";
import { type Parameter, radians } from "./parameter.ts";
import { unitaryPower } from "./unitary-power.ts";

/** A matrix on `targets` that acts where every control has its value. No qubit occurs twice. */
export interface AppliedUnitary {
  /**
   * 2^targets square; the first target is the least significant bit. With no targets it is one
   * phase.
   */
  readonly matrix: ComplexMatrix;
  readonly diagonal: boolean;
  readonly controls: readonly Control[];
  readonly targets: readonly number[];
}

/**
 * The engine's form of `operation`.
 *
 * @throws AssertionError when a symbol is unbound.
 */
export function appliedUnitary(operation: UnitaryOperation): AppliedUnitary {
  switch (operation.kind) {
    case "unitary": {
      const { matrix, controls, targets } = operation;
      return { matrix, diagonal: isDiagonal(matrix), controls, targets };
    }
    case "gate": {
      const row = gateRow(operation.gate);
      const split = row.controlled?.count ?? 0;
      const base = row.controlled === undefined ? row : gateRow(row.controlled.of);
      const matrix = cachedMatrix(base, operation.parameters.map(radians), operation.power);
      const ownControls = operation.targets
        .slice(0, split)
        .map((qubit): Control => ({ qubit, value: 1 }));
      return {
        matrix,
        diagonal: isDiagonal(matrix),
        controls: [...operation.controls, ...ownControls],
        targets: operation.targets.slice(split),
      };
    }
    default:
      return unreachable(operation);
  }
}

/** The matrix of a table gate raised to `power`, on all of its qubits. */
export function gateMatrix(
  row: GateRow,
  parameters: readonly Parameter[],
  power: number,
): ComplexMatrix {
  const matrix = row.matrix(parameters.map(radians));
  return power === 1 ? matrix : unitaryPower(matrix, power);
}

const parameterless = new Map<string, ComplexMatrix>();

function cachedMatrix(row: GateRow, angles: readonly number[], power: number): ComplexMatrix {
  if (angles.length > 0 || power !== 1) return gateMatrix(row, angles, power);
  const known = parameterless.get(row.name);
  if (known !== undefined) return known;
  const matrix = row.matrix([]);
  parameterless.set(row.name, matrix);
  return matrix;
}

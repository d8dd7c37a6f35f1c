/**
 * The gate table's columns held against each other, row by row.
 */
import { expect, test } from "vitest";
import { appliedUnitary, gateMatrix } from "./applied-unitary.ts";
import type { GateRow, GateStep } from "./gate-row.ts";
import { gateRow, gateTable } from "./gate-table.ts";
import {
  adjoint,
  type ComplexMatrix,
  controlledMatrix,
  distance,
  identityMatrix,
  multiply,
  zeroMatrix,
} from "./matrix.ts";
import { radians, symbol, symbolsOf } from "./parameter.ts";

/**
 * Angles with nothing special about them, a different one for each parameter, then the special
 * ones.
 */
const ANGLES: readonly (readonly number[])[] = [
  [0.7, -1.9, 2.6, 0.35],
  [-3.3, 5.1, -0.2, 1.7],
  [0, 0, 0, 0],
  [Math.PI, -Math.PI / 2, Math.PI / 2, Math.PI],
];

function anglesFor(row: GateRow): readonly (readonly number[])[] {
  const count = row.parameterNames.length;
  return count === 0 ? [[]] : ANGLES.map((angles) => angles.slice(0, count));
}

/** `matrix` on `qubits` of a system of `qubitCount`, entry by entry from the definition. */
function embedded(
  matrix: ComplexMatrix,
  qubits: readonly number[],
  qubitCount: number,
): ComplexMatrix {
  const result = zeroMatrix(1 << qubitCount);
  const mask = qubits.reduce((bits, qubit) => bits | (1 << qubit), 0);
  const local = (index: number) =>
    qubits.reduce((bits, qubit, place) => bits | (((index >> qubit) & 1) << place), 0);
  for (let row = 0; row < result.size; row += 1) {
    for (let column = 0; column < result.size; column += 1) {
      if ((row & ~mask) !== (column & ~mask)) continue;
      const source = local(row) * matrix.size + local(column);
      result.re[row * result.size + column] = matrix.re[source];
      result.im[row * result.size + column] = matrix.im[source];
    }
  }
  return result;
}

function multipliedOut(steps: readonly GateStep[], qubitCount: number): ComplexMatrix {
  return steps.reduce(
    (product, { gate, parameters, qubits }) => {
      const matrix = gateMatrix(gateRow(gate), parameters, 1);
      return multiply(embedded(matrix, qubits, qubitCount), product);
    },
    identityMatrix(1 << qubitCount),
  );
}

test("names and OpenQASM names are unique", () => {
  for (const column of [
    gateTable.map((row) => row.name),
    gateTable.flatMap((row) => row.openQasm2),
    gateTable.flatMap((row) => row.openQasm3),
  ]) {
    expect(new Set(column).size).toBe(column.length);
  }
});

test.each(gateTable)("$name is unitary, of its size", (row) => {
  expect(row.sentence).toMatch(/^[^\n]+\.$/);
  for (const angles of anglesFor(row)) {
    const matrix = row.matrix(angles);
    expect(matrix.size).toBe(1 << row.qubitCount);
    const product = multiply(adjoint(matrix), matrix);
    expect(distance(product, identityMatrix(matrix.size))).toBeLessThan(1e-14);
  }
});

test.each(gateTable)("$name is undone by its inverse", (row) => {
  for (const angles of anglesFor(row)) {
    const inverse = row.inverse(angles);
    const matrix = gateMatrix(gateRow(inverse.gate), inverse.parameters, 1);
    const product = multiply(matrix, row.matrix(angles));
    expect(distance(product, identityMatrix(product.size))).toBeLessThan(1e-14);
  }
});

test.each(gateTable.filter((row) => row.decomposition !== undefined))(
  "the decomposition of $name multiplies out, global phase included",
  (row) => {
    for (const angles of anglesFor(row)) {
      const steps = row.decomposition?.(angles) ?? [];
      expect(distance(multipliedOut(steps, row.qubitCount), row.matrix(angles))).toBeLessThan(
        1e-13,
      );
    }
  },
);

test("decompositions end: each leads down to U, gphase and cx", () => {
  const depth = (name: string, above: readonly string[]): number => {
    expect(above).not.toContain(name);
    const steps = gateRow(name).decomposition?.(ANGLES[0]) ?? [];
    return Math.max(0, ...steps.map((step) => 1 + depth(step.gate, [...above, name])));
  };
  for (const row of gateTable) expect(depth(row.name, [])).toBeLessThan(8);
  const primitive = gateTable.filter((row) => row.decomposition === undefined);
  expect(primitive.map((row) => row.name).sort()).toEqual(["U", "cx", "gphase"]);
});

test.each(gateTable.filter((row) => row.additive))("$name adds its parameters", (row) => {
  const product = multiply(row.matrix([0.4]), row.matrix([1.9]));
  expect(distance(product, row.matrix([2.3]))).toBeLessThan(1e-14);
});

test.each(gateTable.filter((row) => row.controlled !== undefined))(
  "$name is what it controls, under controls",
  (row) => {
    const { of, count } = row.controlled ?? { of: "", count: 0 };
    for (const angles of anglesFor(row)) {
      const expected = controlledMatrix(gateRow(of).matrix(angles), count);
      expect(distance(row.matrix(angles), expected)).toBeLessThan(1e-15);
    }
  },
);

test.each(gateTable.filter((row) => row.parameterNames.length > 0))(
  "$name keeps symbols through inverse and decomposition",
  (row) => {
    const symbols = row.parameterNames.map((name) => symbol(name));
    const inverse = row.inverse(symbols);
    const steps = row.decomposition?.(symbols) ?? [];
    const left = [inverse, ...steps].flatMap((call) => call.parameters.flatMap(symbolsOf));
    for (const name of left) expect(row.parameterNames).toContain(name);
  },
);

test("U has the phase of the OpenQASM 3 specification: 2 pi periodic, U(pi, 0, pi) = iX", () => {
  const u = gateRow("U");
  const matrix = u.matrix([Math.PI, 0, Math.PI]);
  expect(matrix.im[1]).toBeCloseTo(1, 15);
  expect(matrix.im[2]).toBeCloseTo(1, 15);
  const turn = 2 * Math.PI;
  for (const shift of [
    [turn, 0, 0],
    [0, turn, 0],
    [0, 0, turn],
  ]) {
    const moved = [0.3, 1.1, -0.8].map((angle, index) => angle + shift[index]);
    expect(distance(u.matrix(moved), u.matrix([0.3, 1.1, -0.8]))).toBeLessThan(1e-14);
  }
});

test("an engine gets cx as a controlled x and cp as a controlled diagonal", () => {
  const bare = { kind: "gate", power: 1, controls: [{ qubit: 7, value: 0 }] } as const;
  const cx = appliedUnitary({ ...bare, gate: "cx", parameters: [], targets: [3, 1] });
  expect(cx.controls).toEqual([
    { qubit: 7, value: 0 },
    { qubit: 3, value: 1 },
  ]);
  expect(cx.targets).toEqual([1]);
  expect(cx.diagonal).toBe(false);
  const cp = appliedUnitary({ ...bare, gate: "cp", parameters: [1], targets: [3, 1] });
  expect(cp.diagonal).toBe(true);
  expect(() =>
    appliedUnitary({ ...bare, gate: "rx", parameters: [symbol("a")], targets: [0] }),
  ).toThrow(/bound symbols, got a/);
  expect(radians(0.5)).toBe(0.5);
});

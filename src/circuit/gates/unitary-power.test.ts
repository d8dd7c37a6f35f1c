/**
 * Real powers of unitaries: known roots, whole powers, and roots that are undone.
 */
import fc from "fast-check";
import { expect, test } from "vitest";
import { gateRow, gateTable } from "./gate-table.ts";
import { adjoint, distance, identityMatrix, multiply } from "./matrix.ts";
import { unitaryPower } from "./unitary-power.ts";

const matrixOf = (name: string, ...angles: readonly number[]) => gateRow(name).matrix(angles);

const principal: readonly [what: string, base: string, power: number, root: string][] = [
  ["the square root of Z is S", "z", 0.5, "s"],
  ["its negative root is the inverse of S", "z", -0.5, "sdg"],
  ["the fourth root of Z is T", "z", 0.25, "t"],
  ["the square root of X is SX, by definition of stdgates.inc", "x", 0.5, "sx"],
  ["degenerate eigenvalues: the root of CX is CSX", "cx", 0.5, "csx"],
  ["many of them: the root of C3X is C3SX", "c3x", 0.5, "c3sx"],
  ["the root of the identity is the identity", "id", 0.3, "id"],
];

test.each(principal)("%s", (_what, base, power, root) => {
  expect(distance(unitaryPower(matrixOf(base), power), matrixOf(root))).toBeLessThan(1e-12);
});

test("whole powers are products, 0 gives the identity, large ones do not take long", () => {
  const u = matrixOf("u", 0.3, 1.2, -2);
  expect(distance(unitaryPower(u, 3), multiply(u, multiply(u, u)))).toBeLessThan(1e-14);
  expect(distance(unitaryPower(u, 0), identityMatrix(2))).toBe(0);
  expect(distance(unitaryPower(u, -1), adjoint(u))).toBe(0);
  const angle = 1e-9;
  const many = unitaryPower(matrixOf("p", angle), 1_000_000_000);
  expect(distance(many, matrixOf("p", 1))).toBeLessThan(1e-6);
});

test.each([
  ["h", 2 ** 31, "id"],
  ["h", 2 ** 31 - 1, "h"],
  ["s", 2 ** 30 + 1, "s"],
  ["sx", -(2 ** 31) + 1, "sx"],
  ["ecr", 2_000_000_001, "ecr"],
])("%s to the power %d is %s", (base, power, same) => {
  expect(distance(unitaryPower(matrixOf(base), power), matrixOf(same))).toBeLessThan(1e-12);
});

test("a root taken n times is the gate again, for every gate of the table", () => {
  fc.assert(
    fc.property(
      fc.constantFrom(...gateTable.filter((row) => row.qubitCount <= 4)),
      fc.array(fc.double({ min: -7, max: 7, noNaN: true }), { minLength: 4, maxLength: 4 }),
      fc.constantFrom(2, 3, 5),
      (row, angles, times) => {
        const matrix = row.matrix(angles.slice(0, row.parameterNames.length));
        const root = unitaryPower(matrix, 1 / times);
        expect(distance(unitaryPower(root, times), matrix)).toBeLessThan(1e-9);
      },
    ),
    { numRuns: 150 },
  );
});

/**
 * Rows of the gate table for the gates of one qubit that have no parameters: Paulis, Hadamard, and
 * the roots of Z and X.
 */
import { complex } from "./complex.ts";
import { type GateRow, selfInverse, step } from "./gate-row.ts";
import { diagonalMatrix, identityMatrix, matrixFromRows } from "./matrix.ts";

const PI = Math.PI;
const HALF = Math.SQRT1_2;
const I = complex(0, 1);
const MINUS_I = complex(0, -1);

const fixed = { parameterNames: [], qubitCount: 1, additive: false, controlled: undefined };

const paulis: readonly GateRow[] = [
  {
    ...fixed,
    name: "x",
    sentence: "Pauli X: swaps |0> and |1>.",
    matrix: () =>
      matrixFromRows([
        [0, 1],
        [1, 0],
      ]),
    inverse: selfInverse("x"),
    decomposition: () => [step("U", [0], PI, 0, PI), step("gphase", [], -PI / 2)],
    openQasm2: ["x"],
    openQasm3: ["x"],
    braket: "x",
  },
  {
    ...fixed,
    name: "y",
    sentence: "Pauli Y: swaps |0> and |1> with phases i and -i.",
    matrix: () =>
      matrixFromRows([
        [0, MINUS_I],
        [I, 0],
      ]),
    inverse: selfInverse("y"),
    decomposition: () => [step("U", [0], PI, PI / 2, PI / 2), step("gphase", [], -PI / 2)],
    openQasm2: ["y"],
    openQasm3: ["y"],
    braket: "y",
  },
  {
    ...fixed,
    name: "z",
    sentence: "Pauli Z: changes the sign of |1>.",
    matrix: () => diagonalMatrix([1, -1]),
    inverse: selfInverse("z"),
    decomposition: () => [step("p", [0], PI)],
    openQasm2: ["z"],
    openQasm3: ["z"],
    braket: "z",
  },
];

const cliffordsAndRoots: readonly GateRow[] = [
  {
    ...fixed,
    name: "id",
    sentence: "Does nothing.",
    matrix: () => identityMatrix(2),
    inverse: selfInverse("id"),
    decomposition: () => [],
    openQasm2: ["id"],
    openQasm3: ["id"],
    braket: "i",
  },
  {
    ...fixed,
    name: "u0",
    sentence: "Does nothing for a time of gamma gate lengths.",
    parameterNames: ["gamma"],
    matrix: () => identityMatrix(2),
    inverse: selfInverse("u0"),
    decomposition: () => [],
    openQasm2: ["u0"],
    openQasm3: [],
  },
  {
    ...fixed,
    name: "h",
    sentence: "Hadamard: takes |0> and |1> to their equal sum and difference.",
    matrix: () =>
      matrixFromRows([
        [HALF, HALF],
        [HALF, -HALF],
      ]),
    inverse: selfInverse("h"),
    decomposition: () => [step("U", [0], PI / 2, 0, PI), step("gphase", [], -PI / 4)],
    openQasm2: ["h"],
    openQasm3: ["h"],
    braket: "h",
  },
  {
    ...fixed,
    name: "s",
    sentence: "Square root of Z.",
    matrix: () => diagonalMatrix([1, I]),
    inverse: () => ({ gate: "sdg", parameters: [] }),
    decomposition: () => [step("p", [0], PI / 2)],
    openQasm2: ["s"],
    openQasm3: ["s"],
    braket: "s",
  },
  {
    ...fixed,
    name: "sdg",
    sentence: "Inverse of S.",
    matrix: () => diagonalMatrix([1, MINUS_I]),
    inverse: () => ({ gate: "s", parameters: [] }),
    decomposition: () => [step("p", [0], -PI / 2)],
    openQasm2: ["sdg"],
    openQasm3: ["sdg"],
    braket: "si",
  },
  {
    ...fixed,
    name: "t",
    sentence: "Square root of S.",
    matrix: () => diagonalMatrix([1, complex(HALF, HALF)]),
    inverse: () => ({ gate: "tdg", parameters: [] }),
    decomposition: () => [step("p", [0], PI / 4)],
    openQasm2: ["t"],
    openQasm3: ["t"],
    braket: "t",
  },
  {
    ...fixed,
    name: "tdg",
    sentence: "Inverse of T.",
    matrix: () => diagonalMatrix([1, complex(HALF, -HALF)]),
    inverse: () => ({ gate: "t", parameters: [] }),
    decomposition: () => [step("p", [0], -PI / 4)],
    openQasm2: ["tdg"],
    openQasm3: ["tdg"],
    braket: "ti",
  },
  {
    ...fixed,
    name: "sx",
    sentence: "Square root of X.",
    matrix: () =>
      matrixFromRows([
        [complex(0.5, 0.5), complex(0.5, -0.5)],
        [complex(0.5, -0.5), complex(0.5, 0.5)],
      ]),
    inverse: () => ({ gate: "sxdg", parameters: [] }),
    decomposition: () => [step("U", [0], PI / 2, -PI / 2, PI / 2)],
    openQasm2: ["sx"],
    openQasm3: ["sx"],
    braket: "v",
  },
  {
    ...fixed,
    name: "sxdg",
    sentence: "Inverse of SX.",
    matrix: () =>
      matrixFromRows([
        [complex(0.5, -0.5), complex(0.5, 0.5)],
        [complex(0.5, 0.5), complex(0.5, -0.5)],
      ]),
    inverse: () => ({ gate: "sx", parameters: [] }),
    decomposition: () => [step("U", [0], -PI / 2, -PI / 2, PI / 2)],
    openQasm2: ["sxdg"],
    openQasm3: [],
    braket: "vi",
  },
];

/** The rows of this file. */
export const fixedGates: readonly GateRow[] = [...paulis, ...cliffordsAndRoots];

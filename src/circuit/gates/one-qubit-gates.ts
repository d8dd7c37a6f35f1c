/**
 * Rows of the gate table for the global phase and the gates of one qubit. The built-in `U` carries the phase of the
 * OpenQASM 3 specification (section "Built-in gates"), under which it is 2 pi periodic; `u3` is the `U` of OpenQASM 2.
 */
import { type Complex, complex, expi, product } from "./complex.ts";
import { type GateRow, selfInverse, step } from "./gate-row.ts";
import { type ComplexMatrix, diagonalMatrix, identityMatrix, matrixFromRows } from "./matrix.ts";
import { negated, plus, scaled } from "./parameter.ts";

const PI = Math.PI;
const HALF = Math.SQRT1_2;
const I = complex(0, 1);
const MINUS_I = complex(0, -1);
const ONE = complex(1);

/** `phase` times the rotation with columns (cos, e^(i phi) sin) and (-e^(i lambda) sin, e^(i (phi+lambda)) cos). */
function eulerMatrix(theta: number, phi: number, lambda: number, phase: number): ComplexMatrix {
  const cosine = complex(Math.cos(theta / 2));
  const sine = complex(Math.sin(theta / 2));
  const turned = (angle: number, entry: Complex) => product(expi(angle), entry);
  return matrixFromRows([
    [turned(phase, cosine), turned(phase + lambda + PI, sine)],
    [turned(phase + phi, sine), turned(phase + phi + lambda, cosine)],
  ]);
}

const fixed = { parameterNames: [], qubitCount: 1, additive: false, controlled: undefined };

const axisRotations: readonly GateRow[] = [
  {
    ...fixed,
    name: "p",
    sentence: "Turns the phase of |1> by lambda.",
    parameterNames: ["lambda"],
    matrix: ([lambda]) => diagonalMatrix([1, expi(lambda)]),
    inverse: ([lambda]) => ({ gate: "p", parameters: [negated(lambda)] }),
    decomposition: ([lambda]) => [step("U", [0], 0, 0, lambda)],
    openQasm2: ["u1", "p"],
    openQasm3: ["p", "phase", "u1"],
    additive: true,
  },
  {
    ...fixed,
    name: "rx",
    sentence: "Rotates by theta about the X axis.",
    parameterNames: ["theta"],
    matrix: ([theta]) => {
      const cosine = Math.cos(theta / 2);
      const sine = complex(0, -Math.sin(theta / 2));
      return matrixFromRows([
        [cosine, sine],
        [sine, cosine],
      ]);
    },
    inverse: ([theta]) => ({ gate: "rx", parameters: [negated(theta)] }),
    decomposition: ([theta]) => [
      step("U", [0], theta, -PI / 2, PI / 2),
      step("gphase", [], scaled(theta, -0.5)),
    ],
    openQasm2: ["rx"],
    openQasm3: ["rx"],
    additive: true,
  },
  {
    ...fixed,
    name: "ry",
    sentence: "Rotates by theta about the Y axis.",
    parameterNames: ["theta"],
    matrix: ([theta]) => {
      const cosine = Math.cos(theta / 2);
      const sine = Math.sin(theta / 2);
      return matrixFromRows([
        [cosine, -sine],
        [sine, cosine],
      ]);
    },
    inverse: ([theta]) => ({ gate: "ry", parameters: [negated(theta)] }),
    decomposition: ([theta]) => [
      step("U", [0], theta, 0, 0),
      step("gphase", [], scaled(theta, -0.5)),
    ],
    openQasm2: ["ry"],
    openQasm3: ["ry"],
    additive: true,
  },
  {
    ...fixed,
    name: "rz",
    sentence: "Rotates by theta about the Z axis.",
    parameterNames: ["theta"],
    matrix: ([theta]) => diagonalMatrix([expi(-theta / 2), expi(theta / 2)]),
    inverse: ([theta]) => ({ gate: "rz", parameters: [negated(theta)] }),
    decomposition: ([theta]) => [
      step("gphase", [], scaled(theta, -0.5)),
      step("U", [0], 0, 0, theta),
    ],
    openQasm2: ["rz"],
    openQasm3: ["rz"],
    additive: true,
  },
];

const eulerRotations: readonly GateRow[] = [
  {
    ...fixed,
    name: "U",
    sentence: "The built-in rotation of OpenQASM 3 from three Euler angles.",
    parameterNames: ["theta", "phi", "lambda"],
    matrix: ([theta, phi, lambda]) => eulerMatrix(theta, phi, lambda, theta / 2),
    inverse: ([theta, phi, lambda]) => ({
      gate: "U",
      parameters: [negated(theta), negated(lambda), negated(phi)],
    }),
    decomposition: undefined,
    openQasm2: [],
    openQasm3: ["U"],
  },
  {
    ...fixed,
    name: "u",
    sentence: "A rotation from three Euler angles that leaves |0> with a real amplitude.",
    parameterNames: ["theta", "phi", "lambda"],
    matrix: ([theta, phi, lambda]) => eulerMatrix(theta, phi, lambda, 0),
    inverse: ([theta, phi, lambda]) => ({
      gate: "u",
      parameters: [negated(theta), negated(lambda), negated(phi)],
    }),
    decomposition: ([theta, phi, lambda]) => [
      step("U", [0], theta, phi, lambda),
      step("gphase", [], scaled(theta, -0.5)),
    ],
    openQasm2: ["u"],
    openQasm3: [],
  },
  {
    ...fixed,
    name: "u2",
    sentence: "`u3` with a quarter turn: a Hadamard with two free phases.",
    parameterNames: ["phi", "lambda"],
    matrix: ([phi, lambda]) => eulerMatrix(PI / 2, phi, lambda, -(phi + lambda) / 2),
    inverse: ([phi, lambda]) => ({
      gate: "u3",
      parameters: [-PI / 2, negated(lambda), negated(phi)],
    }),
    decomposition: ([phi, lambda]) => [
      step("U", [0], PI / 2, phi, lambda),
      step("gphase", [], scaled(plus(phi, lambda, PI / 2), -0.5)),
    ],
    openQasm2: ["u2"],
    openQasm3: ["u2"],
  },
  {
    ...fixed,
    name: "u3",
    sentence: "RZ(phi) RY(theta) RZ(lambda): the built-in rotation of OpenQASM 2.",
    parameterNames: ["theta", "phi", "lambda"],
    matrix: ([theta, phi, lambda]) => eulerMatrix(theta, phi, lambda, -(phi + lambda) / 2),
    inverse: ([theta, phi, lambda]) => ({
      gate: "u3",
      parameters: [negated(theta), negated(lambda), negated(phi)],
    }),
    decomposition: ([theta, phi, lambda]) => [
      step("U", [0], theta, phi, lambda),
      step("gphase", [], scaled(plus(theta, phi, lambda), -0.5)),
    ],
    openQasm2: ["u3", "U"],
    openQasm3: ["u3"],
  },
];

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
  },
];

const globalPhase: GateRow = {
  ...fixed,
  name: "gphase",
  sentence: "Turns the phase of the whole state by gamma; under a control, a phase gate.",
  qubitCount: 0,
  parameterNames: ["gamma"],
  matrix: ([gamma]) => matrixFromRows([[product(ONE, expi(gamma))]]),
  inverse: ([gamma]) => ({ gate: "gphase", parameters: [negated(gamma)] }),
  decomposition: undefined,
  openQasm2: [],
  openQasm3: ["gphase"],
  additive: true,
};

/** The rows of this file. */
export const oneQubitGates: readonly GateRow[] = [
  globalPhase,
  ...eulerRotations,
  ...axisRotations,
  ...paulis,
  ...cliffordsAndRoots,
];

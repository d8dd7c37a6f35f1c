/**
 * Rows of the gate table for the global phase and the rotations of one qubit. The built-in `U`
 * carries the phase of the OpenQASM 3 specification (section "Built-in gates"), under which it is 2
 * pi periodic; `u3` is the `U` of OpenQASM 2.
 */
import { type Complex, complex, expi, product } from "./complex.ts";
import { type GateRow, step } from "./gate-row.ts";
import { type ComplexMatrix, diagonalMatrix, matrixFromRows } from "./matrix.ts";
import { negated, plus, scaled } from "./parameter.ts";

const PI = Math.PI;

/**
 * `phase` times the rotation with columns (cos, e^(i phi) sin) and (-e^(i lambda) sin, e^(i
 * (phi+lambda)) cos).
 */
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
    braket: "phaseshift",
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
    braket: "rx",
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
    braket: "ry",
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
    braket: "rz",
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

const globalPhase: GateRow = {
  ...fixed,
  name: "gphase",
  sentence: "Turns the phase of the whole state by gamma; under a control, a phase gate.",
  qubitCount: 0,
  parameterNames: ["gamma"],
  matrix: ([gamma]) => matrixFromRows([[expi(gamma)]]),
  inverse: ([gamma]) => ({ gate: "gphase", parameters: [negated(gamma)] }),
  decomposition: undefined,
  openQasm2: [],
  openQasm3: ["gphase"],
  braket: "gphase",
  additive: true,
};

/** The rows of this file. */
export const rotationGates: readonly GateRow[] = [globalPhase, ...eulerRotations, ...axisRotations];

/**
 * Rows of the gate table for one controlled qubit. Controlled gates take their matrix from the gate
 * they control; their decompositions are written out independently, so that the two columns can be
 * held against each other.
 */
import { complex } from "./complex.ts";
import { type GateRow, type GateStep, step } from "./gate-row.ts";
import { controlledMatrix, matrixFromRows } from "./matrix.ts";
import { oneQubitGates } from "./one-qubit-gates.ts";
import { negated, type Parameter, plus, scaled } from "./parameter.ts";

const PI = Math.PI;
const fixed = { parameterNames: [], qubitCount: 2, additive: false, controlled: undefined };

/** The columns that follow from being a controlled `of`. */
function controlledRow(
  name: string,
  of: string,
): Pick<GateRow, "matrix" | "inverse" | "controlled"> {
  const base = oneQubitGates.filter((row) => row.name === of);
  const inverseNames: Readonly<Record<string, string>> = { csx: "csxdg", csxdg: "csx" };
  return {
    matrix: (angles) => controlledMatrix(base[0].matrix(angles), 1),
    inverse: (parameters) => ({
      gate: inverseNames[name] ?? name,
      parameters: base[0].inverse(parameters).parameters,
    }),
    controlled: { of, count: 1 },
  };
}

const controlledPaulis: readonly GateRow[] = [
  {
    ...fixed,
    ...controlledRow("cx", "x"),
    name: "cx",
    sentence: "Controlled X: flips the second qubit where the first is 1.",
    decomposition: undefined,
    openQasm2: ["cx", "CX"],
    openQasm3: ["cx", "CX"],
    braket: "cnot",
  },
  {
    ...fixed,
    ...controlledRow("cy", "y"),
    name: "cy",
    sentence: "Controlled Y.",
    decomposition: () => [step("sdg", [1]), step("cx", [0, 1]), step("s", [1])],
    openQasm2: ["cy"],
    openQasm3: ["cy"],
    braket: "cy",
  },
  {
    ...fixed,
    ...controlledRow("cz", "z"),
    name: "cz",
    sentence: "Controlled Z: changes the sign of |11>.",
    decomposition: () => [step("h", [1]), step("cx", [0, 1]), step("h", [1])],
    openQasm2: ["cz"],
    openQasm3: ["cz"],
    braket: "cz",
  },
  {
    ...fixed,
    ...controlledRow("ch", "h"),
    name: "ch",
    sentence: "Controlled Hadamard.",
    decomposition: () => [step("ry", [1], -PI / 4), step("cz", [0, 1]), step("ry", [1], PI / 4)],
    openQasm2: ["ch"],
    openQasm3: ["ch"],
  },
  {
    ...fixed,
    ...controlledRow("csx", "sx"),
    name: "csx",
    sentence: "Controlled SX.",
    decomposition: () => [step("h", [1]), step("cp", [0, 1], PI / 2), step("h", [1])],
    openQasm2: ["csx"],
    openQasm3: [],
    braket: "cv",
  },
  {
    ...fixed,
    ...controlledRow("csxdg", "sxdg"),
    name: "csxdg",
    sentence: "Inverse of CSX.",
    decomposition: () => [step("h", [1]), step("cp", [0, 1], -PI / 2), step("h", [1])],
    openQasm2: [],
    openQasm3: [],
  },
];

const controlledRotations: readonly GateRow[] = [
  {
    ...fixed,
    ...controlledRow("cp", "p"),
    name: "cp",
    sentence: "Turns the phase of |11> by lambda.",
    parameterNames: ["lambda"],
    decomposition: ([lambda]) => [
      step("p", [0], scaled(lambda, 0.5)),
      step("cx", [0, 1]),
      step("p", [1], scaled(lambda, -0.5)),
      step("cx", [0, 1]),
      step("p", [1], scaled(lambda, 0.5)),
    ],
    openQasm2: ["cu1", "cp"],
    openQasm3: ["cp", "cphase"],
    braket: "cphaseshift",
    additive: true,
  },
  {
    ...fixed,
    ...controlledRow("crx", "rx"),
    name: "crx",
    sentence: "Controlled rotation about the X axis.",
    parameterNames: ["theta"],
    decomposition: ([theta]) => [step("h", [1]), step("crz", [0, 1], theta), step("h", [1])],
    openQasm2: ["crx"],
    openQasm3: ["crx"],
    additive: true,
  },
  {
    ...fixed,
    ...controlledRow("cry", "ry"),
    name: "cry",
    sentence: "Controlled rotation about the Y axis.",
    parameterNames: ["theta"],
    decomposition: ([theta]) => controlledTurn("ry", theta),
    openQasm2: ["cry"],
    openQasm3: ["cry"],
    additive: true,
  },
  {
    ...fixed,
    ...controlledRow("crz", "rz"),
    name: "crz",
    sentence: "Controlled rotation about the Z axis.",
    parameterNames: ["theta"],
    decomposition: ([theta]) => controlledTurn("rz", theta),
    openQasm2: ["crz"],
    openQasm3: ["crz"],
    additive: true,
  },
  {
    ...fixed,
    ...controlledRow("cu3", "u"),
    name: "cu3",
    sentence: "Controlled `u`.",
    parameterNames: ["theta", "phi", "lambda"],
    decomposition: ([theta, phi, lambda]) => controlledEuler(theta, phi, lambda, 0),
    openQasm2: ["cu3"],
    openQasm3: [],
  },
  {
    ...fixed,
    name: "cu",
    sentence: "Controlled `u` with a phase gamma of its own.",
    parameterNames: ["theta", "phi", "lambda", "gamma"],
    matrix: ([theta, phi, lambda, gamma]) => {
      const cosine = Math.cos(theta / 2);
      const sine = Math.sin(theta / 2);
      const turned = (angle: number, size: number) =>
        complex(size * Math.cos(angle), size * Math.sin(angle));
      return matrixFromRows([
        [1, 0, 0, 0],
        [0, turned(gamma, cosine), 0, turned(gamma + lambda, -sine)],
        [0, 0, 1, 0],
        [0, turned(gamma + phi, sine), 0, turned(gamma + phi + lambda, cosine)],
      ]);
    },
    inverse: ([theta, phi, lambda, gamma]) => ({
      gate: "cu",
      parameters: [negated(theta), negated(lambda), negated(phi), negated(gamma)],
    }),
    decomposition: ([theta, phi, lambda, gamma]) => controlledEuler(theta, phi, lambda, gamma),
    openQasm2: ["cu"],
    openQasm3: ["cu"],
  },
];

/**
 * A rotation about an axis that X reverses, done in two halves that cancel where the control is 0.
 */
function controlledTurn(gate: string, theta: Parameter): readonly GateStep[] {
  return [
    step(gate, [1], scaled(theta, 0.5)),
    step("cx", [0, 1]),
    step(gate, [1], scaled(theta, -0.5)),
    step("cx", [0, 1]),
  ];
}

function controlledEuler(
  theta: Parameter,
  phi: Parameter,
  lambda: Parameter,
  gamma: Parameter,
): readonly GateStep[] {
  const halfSum = scaled(plus(phi, lambda), 0.5);
  return [
    step("p", [0], plus(gamma, halfSum)),
    step("p", [1], scaled(plus(lambda, negated(phi)), 0.5)),
    step("cx", [0, 1]),
    step("u", [1], scaled(theta, -0.5), 0, negated(halfSum)),
    step("cx", [0, 1]),
    step("u", [1], scaled(theta, 0.5), phi, 0),
  ];
}

/** The rows of this file. */
export const controlledGates: readonly GateRow[] = [...controlledPaulis, ...controlledRotations];

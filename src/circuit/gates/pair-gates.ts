/**
 * Rows of the gate table for two qubits on an equal footing: exchanges and interactions.
 */
import { complex, expi } from "./complex.ts";
import { type GateRow, type GateStep, selfInverse, step } from "./gate-row.ts";
import { diagonalMatrix, matrixFromRows, permutationMatrix } from "./matrix.ts";
import { negated, type Parameter } from "./parameter.ts";

const PI = Math.PI;
const fixed = { parameterNames: [], qubitCount: 2, additive: false, controlled: undefined };

const swaps: readonly GateRow[] = [
  {
    ...fixed,
    name: "swap",
    sentence: "Exchanges two qubits.",
    matrix: () => permutationMatrix([0, 2, 1, 3]),
    inverse: selfInverse("swap"),
    decomposition: () => [step("cx", [0, 1]), step("cx", [1, 0]), step("cx", [0, 1])],
    openQasm2: ["swap"],
    openQasm3: ["swap"],
    braket: "swap",
  },
  {
    ...fixed,
    name: "iswap",
    sentence: "Exchanges two qubits with a phase i where they differ.",
    matrix: () =>
      matrixFromRows([
        [1, 0, 0, 0],
        [0, 0, complex(0, 1), 0],
        [0, complex(0, 1), 0, 0],
        [0, 0, 0, 1],
      ]),
    inverse: () => ({ gate: "iswapdg", parameters: [] }),
    decomposition: () => [
      step("s", [0]),
      step("s", [1]),
      step("h", [0]),
      step("cx", [0, 1]),
      step("cx", [1, 0]),
      step("h", [1]),
    ],
    openQasm2: [],
    openQasm3: [],
    braket: "iswap",
  },
  {
    ...fixed,
    name: "iswapdg",
    sentence: "Inverse of ISWAP.",
    matrix: () =>
      matrixFromRows([
        [1, 0, 0, 0],
        [0, 0, complex(0, -1), 0],
        [0, complex(0, -1), 0, 0],
        [0, 0, 0, 1],
      ]),
    inverse: () => ({ gate: "iswap", parameters: [] }),
    decomposition: () => [
      step("h", [1]),
      step("cx", [1, 0]),
      step("cx", [0, 1]),
      step("h", [0]),
      step("sdg", [1]),
      step("sdg", [0]),
    ],
    openQasm2: [],
    openQasm3: [],
  },
];

const interactions: readonly GateRow[] = [
  {
    ...fixed,
    name: "rzz",
    sentence: "exp(-i theta ZZ / 2): the Ising interaction.",
    parameterNames: ["theta"],
    matrix: ([theta]) => {
      const even = expi(-theta / 2);
      const odd = expi(theta / 2);
      return diagonalMatrix([even, odd, odd, even]);
    },
    inverse: ([theta]) => ({ gate: "rzz", parameters: [negated(theta)] }),
    decomposition: ([theta]) => [step("cx", [0, 1]), step("rz", [1], theta), step("cx", [0, 1])],
    openQasm2: ["rzz"],
    openQasm3: [],
    braket: "zz",
    additive: true,
  },
  {
    ...fixed,
    name: "rxx",
    sentence: "exp(-i theta XX / 2).",
    parameterNames: ["theta"],
    matrix: ([theta]) => pairRotation(theta, -1),
    inverse: ([theta]) => ({ gate: "rxx", parameters: [negated(theta)] }),
    decomposition: ([theta]) => conjugatedInteraction(theta, [step("h", [0]), step("h", [1])]),
    openQasm2: ["rxx"],
    openQasm3: [],
    braket: "xx",
    additive: true,
  },
  {
    ...fixed,
    name: "ryy",
    sentence: "exp(-i theta YY / 2).",
    parameterNames: ["theta"],
    matrix: ([theta]) => pairRotation(theta, 1),
    inverse: ([theta]) => ({ gate: "ryy", parameters: [negated(theta)] }),
    decomposition: ([theta]) => [
      step("rx", [0], PI / 2),
      step("rx", [1], PI / 2),
      step("rzz", [0, 1], theta),
      step("rx", [0], -PI / 2),
      step("rx", [1], -PI / 2),
    ],
    openQasm2: [],
    openQasm3: [],
    braket: "yy",
    additive: true,
  },
  {
    ...fixed,
    name: "rzx",
    sentence: "exp(-i theta ZX / 2): rotates the second qubit about X, by the sign of the first.",
    parameterNames: ["theta"],
    matrix: ([theta]) => {
      const cosine = Math.cos(theta / 2);
      const minus = complex(0, -Math.sin(theta / 2));
      const plusI = complex(0, Math.sin(theta / 2));
      return matrixFromRows([
        [cosine, 0, minus, 0],
        [0, cosine, 0, plusI],
        [minus, 0, cosine, 0],
        [0, plusI, 0, cosine],
      ]);
    },
    inverse: ([theta]) => ({ gate: "rzx", parameters: [negated(theta)] }),
    decomposition: ([theta]) => conjugatedInteraction(theta, [step("h", [1])]),
    openQasm2: [],
    openQasm3: [],
    additive: true,
  },
  {
    ...fixed,
    name: "ecr",
    sentence: "Echoed cross-resonance: (IX - XY) / sqrt 2, a CX up to rotations of single qubits.",
    matrix: () => {
      const half = Math.SQRT1_2;
      const i = complex(0, half);
      const minusI = complex(0, -half);
      return matrixFromRows([
        [0, half, 0, i],
        [half, 0, minusI, 0],
        [0, i, 0, half],
        [minusI, 0, half, 0],
      ]);
    },
    inverse: selfInverse("ecr"),
    decomposition: () => [
      step("gphase", [], -PI / 4),
      step("s", [0]),
      step("sx", [1]),
      step("cx", [0, 1]),
      step("x", [0]),
    ],
    openQasm2: [],
    openQasm3: [],
    braket: "ecr",
  },
];

/**
 * cos(theta/2) I - i sin(theta/2) P with P the flip of both qubits, its outer corners multiplied by
 * `-sign`.
 */
function pairRotation(theta: number, sign: 1 | -1): ReturnType<GateRow["matrix"]> {
  const cosine = Math.cos(theta / 2);
  const outer = complex(0, sign * Math.sin(theta / 2));
  const inner = complex(0, -Math.sin(theta / 2));
  return matrixFromRows([
    [cosine, 0, 0, outer],
    [0, cosine, inner, 0],
    [0, inner, cosine, 0],
    [outer, 0, 0, cosine],
  ]);
}

/** `rzz` between the self-inverse steps that turn the wanted axes into Z. */
function conjugatedInteraction(theta: Parameter, around: readonly GateStep[]): readonly GateStep[] {
  return [...around, step("rzz", [0, 1], theta), ...around];
}

/** The rows of this file. */
export const pairGates: readonly GateRow[] = [...swaps, ...interactions];

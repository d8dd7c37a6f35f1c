/**
 * Rows of the gate table for three qubits and more. The multiply controlled gates are built from
 * phases of parities, visited in Gray-code order (A. Barenco et al., Physical Review A 52, 3457,
 * 1995, section 7).
 */
import { complex } from "./complex.ts";
import { type GateRow, type GateStep, selfInverse, step } from "./gate-row.ts";
import {
  type ComplexMatrix,
  controlledMatrix,
  identityMatrix,
  permutationMatrix,
} from "./matrix.ts";
import { oneQubitGates } from "./one-qubit-gates.ts";

const PI = Math.PI;
const fixed = { parameterNames: [], additive: false, controlled: undefined };

/**
 * Turns the phase of the all-ones state by `angle`. A product of bits is an alternating sum of
 * parities of their subsets; each subset is collected on its last qubit, one `cx` away from the
 * subset before.
 */
export function allOnesPhase(angle: number, qubitCount: number): readonly GateStep[] {
  const share = angle / 2 ** (qubitCount - 1);
  const steps: GateStep[] = [];
  for (let last = 0; last < qubitCount; last += 1) {
    steps.push(step("p", [last], share));
    let subset = 0;
    for (let visit = 1; visit < 1 << last; visit += 1) {
      const gray = visit ^ (visit >> 1);
      steps.push(step("cx", [Math.log2(gray ^ subset), last]));
      subset = gray;
      steps.push(step("p", [last], oddParity(subset) ? -share : share));
    }
    if (last > 0) steps.push(step("cx", [Math.log2(subset), last]));
  }
  return steps;
}

function oddParity(bits: number): boolean {
  let parity = false;
  for (let rest = bits; rest > 0; rest &= rest - 1) parity = !parity;
  return parity;
}

/**
 * A phase of the all-ones state seen through Hadamards on the last qubit: a controlled power of X.
 */
function controlledXPower(exponent: number, qubitCount: number): readonly GateStep[] {
  const around = [step("h", [qubitCount - 1])];
  return [...around, ...allOnesPhase(exponent * PI, qubitCount), ...around];
}

function multiplyControlled(of: string, count: number): Pick<GateRow, "matrix" | "controlled"> {
  const base = oneQubitGates.filter((row) => row.name === of);
  return { matrix: () => controlledMatrix(base[0].matrix([]), count), controlled: { of, count } };
}

const controlledGates: readonly GateRow[] = [
  {
    ...fixed,
    ...multiplyControlled("x", 2),
    name: "ccx",
    sentence: "Toffoli: flips the last qubit where the first two are 1.",
    qubitCount: 3,
    inverse: selfInverse("ccx"),
    decomposition: () => controlledXPower(1, 3),
    openQasm2: ["ccx"],
    openQasm3: ["ccx"],
    braket: "ccnot",
  },
  {
    ...fixed,
    ...multiplyControlled("z", 2),
    name: "ccz",
    sentence: "Changes the sign of |111>.",
    qubitCount: 3,
    inverse: selfInverse("ccz"),
    decomposition: () => allOnesPhase(PI, 3),
    openQasm2: [],
    openQasm3: [],
  },
  {
    ...fixed,
    name: "cswap",
    sentence: "Fredkin: exchanges the last two qubits where the first is 1.",
    qubitCount: 3,
    matrix: () => controlledMatrix(permutationMatrix([0, 2, 1, 3]), 1),
    controlled: { of: "swap", count: 1 },
    inverse: selfInverse("cswap"),
    decomposition: () => [step("cx", [2, 1]), step("ccx", [0, 1, 2]), step("cx", [2, 1])],
    openQasm2: ["cswap"],
    openQasm3: ["cswap"],
    braket: "cswap",
  },
  {
    ...fixed,
    ...multiplyControlled("x", 3),
    name: "c3x",
    sentence: "Flips the last qubit where the first three are 1.",
    qubitCount: 4,
    inverse: selfInverse("c3x"),
    decomposition: () => controlledXPower(1, 4),
    openQasm2: ["c3x"],
    openQasm3: [],
  },
  {
    ...fixed,
    ...multiplyControlled("sx", 3),
    name: "c3sx",
    sentence: "Square root of X on the last qubit where the first three are 1.",
    qubitCount: 4,
    inverse: () => ({ gate: "c3sxdg", parameters: [] }),
    decomposition: () => controlledXPower(0.5, 4),
    openQasm2: ["c3sqrtx"],
    openQasm3: [],
  },
  {
    ...fixed,
    ...multiplyControlled("sxdg", 3),
    name: "c3sxdg",
    sentence: "Inverse of C3SX.",
    qubitCount: 4,
    inverse: () => ({ gate: "c3sx", parameters: [] }),
    decomposition: () => controlledXPower(-0.5, 4),
    openQasm2: [],
    openQasm3: [],
  },
  {
    ...fixed,
    ...multiplyControlled("x", 4),
    name: "c4x",
    sentence: "Flips the last qubit where the first four are 1.",
    qubitCount: 5,
    inverse: selfInverse("c4x"),
    decomposition: () => controlledXPower(1, 5),
    openQasm2: ["c4x"],
    openQasm3: [],
  },
];

/**
 * The state of the first `count` qubits all 1 and the last 0 or 1: where relative-phase gates flip.
 */
function flipWithPhases(
  qubitCount: number,
  phases: Readonly<Record<number, ReturnType<typeof complex>>>,
  flip: readonly [up: ReturnType<typeof complex>, down: ReturnType<typeof complex>],
): ComplexMatrix {
  const size = 1 << qubitCount;
  const zero = size / 2 - 1;
  const one = size - 1;
  const matrix = identityMatrix(size);
  for (const [index, phase] of Object.entries(phases)) {
    matrix.re[Number(index) * (size + 1)] = phase.re;
    matrix.im[Number(index) * (size + 1)] = phase.im;
  }
  for (const index of [zero, one]) matrix.re[index * (size + 1)] = 0;
  const [up, down] = flip;
  matrix.re[one * size + zero] = up.re;
  matrix.im[one * size + zero] = up.im;
  matrix.re[zero * size + one] = down.re;
  matrix.im[zero * size + one] = down.im;
  return matrix;
}

const relativePhaseGates: readonly GateRow[] = [
  {
    ...fixed,
    name: "rccx",
    sentence: "Margolus gate: CCX up to phases, with three CX.",
    qubitCount: 3,
    matrix: () => flipWithPhases(3, { 5: complex(-1) }, [complex(0, 1), complex(0, -1)]),
    inverse: selfInverse("rccx"),
    decomposition: () => [
      step("h", [2]),
      step("t", [2]),
      step("cx", [1, 2]),
      step("tdg", [2]),
      step("cx", [0, 2]),
      step("t", [2]),
      step("cx", [1, 2]),
      step("tdg", [2]),
      step("h", [2]),
    ],
    openQasm2: ["rccx"],
    openQasm3: [],
  },
  {
    ...fixed,
    name: "rc3x",
    sentence: "C3X up to phases, with six CX.",
    qubitCount: 4,
    matrix: () =>
      flipWithPhases(4, { 3: complex(0, 1), 11: complex(0, -1) }, [complex(-1), complex(1)]),
    inverse: () => ({ gate: "rc3xdg", parameters: [] }),
    decomposition: () => RC3X_STEPS,
    openQasm2: ["rc3x"],
    openQasm3: [],
  },
  {
    ...fixed,
    name: "rc3xdg",
    sentence: "Inverse of RC3X.",
    qubitCount: 4,
    matrix: () =>
      flipWithPhases(4, { 3: complex(0, -1), 11: complex(0, 1) }, [complex(1), complex(-1)]),
    inverse: () => ({ gate: "rc3x", parameters: [] }),
    decomposition: () =>
      RC3X_STEPS.toReversed().map(({ gate, qubits }) =>
        step(gate === "t" ? "tdg" : gate === "tdg" ? "t" : gate, qubits),
      ),
    openQasm2: [],
    openQasm3: [],
  },
];

const RC3X_STEPS: readonly GateStep[] = [
  step("h", [3]),
  step("t", [3]),
  step("cx", [2, 3]),
  step("tdg", [3]),
  step("h", [3]),
  step("cx", [0, 3]),
  step("t", [3]),
  step("cx", [1, 3]),
  step("tdg", [3]),
  step("cx", [0, 3]),
  step("t", [3]),
  step("cx", [1, 3]),
  step("tdg", [3]),
  step("h", [3]),
  step("t", [3]),
  step("cx", [2, 3]),
  step("tdg", [3]),
  step("h", [3]),
];

/** The rows of this file. */
export const manyQubitGates: readonly GateRow[] = [...controlledGates, ...relativePhaseGates];

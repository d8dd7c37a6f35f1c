/**
 * Rows of the gate table for the gates of ion traps: turns about axes on the equator. Angles are
 * radians here; IonQ's interface counts them in turns (IonQ, "Getting started with native gates").
 */
import { complex, expi } from "./complex.ts";
import { type GateRow, selfInverse, step } from "./gate-row.ts";
import { matrixFromRows } from "./matrix.ts";
import { negated, plus } from "./parameter.ts";

const PI = Math.PI;
const fixed = { openQasm2: [], openQasm3: [], additive: false, controlled: undefined };

/** The rows of this file. */
export const nativeGates: readonly GateRow[] = [
  {
    ...fixed,
    name: "gpi",
    sentence: "Half turn about the axis at angle phi from X on the equator.",
    braket: "gpi",
    qubitCount: 1,
    parameterNames: ["phi"],
    matrix: ([phi]) =>
      matrixFromRows([
        [0, expi(-phi)],
        [expi(phi), 0],
      ]),
    inverse: selfInverse("gpi"),
    decomposition: ([phi]) => [step("rz", [0], negated(phi)), step("x", [0]), step("rz", [0], phi)],
  },
  {
    ...fixed,
    name: "gpi2",
    sentence: "Quarter turn about the axis at angle phi from X on the equator.",
    braket: "gpi2",
    qubitCount: 1,
    parameterNames: ["phi"],
    matrix: ([phi]) => {
      const half = Math.SQRT1_2;
      const [sine, cosine] = [half * Math.sin(phi), half * Math.cos(phi)];
      return matrixFromRows([
        [half, complex(-sine, -cosine)],
        [complex(sine, -cosine), half],
      ]);
    },
    inverse: ([phi]) => ({ gate: "gpi2", parameters: [plus(phi, PI)] }),
    decomposition: ([phi]) => [
      step("rz", [0], negated(phi)),
      step("rx", [0], PI / 2),
      step("rz", [0], phi),
    ],
  },
  {
    ...fixed,
    name: "ms",
    sentence: "Moelmer-Soerensen: exp(-i theta AB / 2), A and B at angles from X on the equator.",
    braket: "ms",
    qubitCount: 2,
    parameterNames: ["phi0", "phi1", "theta"],
    matrix: ([phi0, phi1, theta]) => {
      const cosine = Math.cos(theta / 2);
      const turn = (phase: number) => {
        const sine = Math.sin(theta / 2);
        return complex(sine * Math.sin(phase), -sine * Math.cos(phase));
      };
      return matrixFromRows([
        [cosine, 0, 0, turn(-phi0 - phi1)],
        [0, cosine, turn(phi0 - phi1), 0],
        [0, turn(phi1 - phi0), cosine, 0],
        [turn(phi0 + phi1), 0, 0, cosine],
      ]);
    },
    inverse: ([phi0, phi1, theta]) => ({ gate: "ms", parameters: [phi0, phi1, negated(theta)] }),
    decomposition: ([phi0, phi1, theta]) => [
      step("rz", [0], negated(phi0)),
      step("rz", [1], negated(phi1)),
      step("rxx", [0, 1], theta),
      step("rz", [0], phi0),
      step("rz", [1], phi1),
    ],
  },
];

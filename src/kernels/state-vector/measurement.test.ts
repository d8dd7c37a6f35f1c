/** Measurement, samples and expectation values, against amplitudes and by frequency. */
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { randomStream } from "#foundation";
import {
  amplitudes,
  expectation,
  type PauliTerm,
  probabilities,
  probabilityOfOne,
  project,
  type StateOperation,
  StateVector,
  sample,
  squaredNorm,
} from "#kernels";

const HALF = Math.SQRT1_2;
const HADAMARD = [HALF, 0, HALF, 0, HALF, 0, -HALF, 0];
const X = [0, 0, 1, 0, 1, 0, 0, 0];

function hadamard(target: number): StateOperation {
  return { kind: "unitary1", target, controls: [], matrix: HADAMARD };
}

function controlledNot(control: number, target: number): StateOperation {
  const controls = [{ qubit: control, value: 1 as const }];
  return { kind: "unitary1", target, controls, matrix: X };
}

function turn(target: number, angle: number): StateOperation {
  const [c, s] = [Math.cos(angle), Math.sin(angle)];
  return { kind: "unitary1", target, controls: [], matrix: [c, 0, 0, -s, 0, -s, c, 0] };
}

/**
 * A state without symmetry: rotations by different angles, entangled in a ring, with a flip and a
 * swap.
 */
function entangledState(qubitCount: number, precision: "f32" | "f64"): StateVector {
  const state = new StateVector({ qubitCount, precision, build: "plain" });
  const qubits = Array.from({ length: qubitCount }, (_, qubit) => qubit);
  state.apply([
    ...qubits.flatMap((qubit) => [hadamard(qubit), turn(qubit, 0.3 + 0.17 * qubit)]),
    ...qubits.map((qubit): StateOperation => {
      const conditions = [
        { qubit, value: 1 as const },
        { qubit: (qubit + 1) % qubitCount, value: 0 as const },
      ];
      const factor = { re: Math.cos(qubit + 1), im: Math.sin(qubit + 1) };
      return { kind: "phase", conditions, factor };
    }),
    ...qubits.map((qubit) => turn(qubit, 0.9 - 0.11 * qubit)),
    { kind: "flip", qubit: 1 },
    { kind: "swap", qubits: [0, qubitCount - 1] },
  ]);
  return state;
}

describe.each(["f64", "f32"] as const)("in %s", (precision) => {
  const digits = precision === "f64" ? 12 : 5;

  test("Pauli products agree with the sum over amplitudes", () => {
    const state = entangledState(7, precision);
    const { re, im } = amplitudes(state);
    const paulis = fc.array(fc.constantFrom("I", "X", "Y", "Z"), { minLength: 7, maxLength: 7 });
    const check = (letters: readonly string[]) => {
      const operators = letters.flatMap((pauli, qubit) =>
        pauli === "X" || pauli === "Y" || pauli === "Z" ? [{ qubit, pauli } as const] : [],
      );
      // P|z> = phase |z ^ flips>: X gives 1, Z gives (-1)^z, Y gives i (-1)^z.
      let direct = 0;
      for (let z = 0; z < re.length; z += 1) {
        let [target, pRe, pIm] = [z, 1, 0];
        for (const { qubit, pauli } of operators) {
          const bit = (z >> qubit) & 1;
          if (pauli !== "Z") target ^= 1 << qubit;
          if (pauli !== "X" && bit === 1) [pRe, pIm] = [-pRe, -pIm];
          if (pauli === "Y") [pRe, pIm] = [-pIm, pRe];
        }
        const [vRe, vIm] = [pRe * re[z] - pIm * im[z], pRe * im[z] + pIm * re[z]];
        direct += re[target] * vRe + im[target] * vIm;
      }
      const term: PauliTerm = { coefficient: 2, operators };
      expect(expectation(state, [term, { coefficient: 1, operators: [] }])).toBeCloseTo(
        2 * direct + 1,
        digits - 1,
      );
    };
    fc.assert(fc.property(paulis, check), { numRuns: 200, seed: 3 });
    expect(expectation(state, [])).toBe(0);
  });

  test("a product over more than one block of the state", () => {
    const state = new StateVector({ qubitCount: 16, precision, build: "plain" });
    state.apply([hadamard(0), ...Array.from({ length: 15 }, (_, at) => controlledNot(at, at + 1))]);
    const all = Array.from({ length: 16 }, (_, qubit) => ({ qubit, pauli: "X" as const }));
    expect(expectation(state, [{ coefficient: 1, operators: all }])).toBeCloseTo(1, digits);
    const ends = [0, 15].map((qubit) => ({ qubit, pauli: "Z" as const }));
    expect(expectation(state, [{ coefficient: 3, operators: ends }])).toBeCloseTo(3, digits);
  });

  test("projecting keeps what agrees, normalised", () => {
    for (const outcome of [0, 1] as const) {
      const state = entangledState(6, precision);
      const one = probabilityOfOne(state, 2);
      const before = probabilities(state);
      const share = outcome === 1 ? one : 1 - one;
      project(state, 2, outcome, share);
      expect(squaredNorm(state)).toBeCloseTo(1, digits - 1);
      probabilities(state).forEach((probability, z) => {
        const expected = ((z >> 2) & 1) === outcome ? before[z] / share : 0;
        expect(probability).toBeCloseTo(expected, digits - 1);
      });
      expect(probabilityOfOne(state, 2)).toBeCloseTo(outcome, digits);
      expect(() => project(state, 2, 0, 0)).toThrow("expected to be possible");
    }
  });

  test("samples follow the probabilities (chi-square, 63 degrees, p > 1e-6)", () => {
    const state = entangledState(6, precision);
    const expected = probabilities(state);
    const shots = 200_000;
    const { outcomes, counts } = sample(state, shots, randomStream(11));
    const seen = new Float64Array(64);
    outcomes.forEach((outcome, at) => {
      seen[outcome] += counts[at];
    });
    expect(seen.reduce((sum, count) => sum + count, 0)).toBe(shots);
    const chiSquare = seen.reduce((sum, count, z) => {
      const mean = expected[z] * shots;
      return sum + (count - mean) ** 2 / mean;
    }, 0);
    expect(chiSquare).toBeLessThan(132);
    expect(chiSquare).toBeGreaterThan(23);
  });
});

test("samples repeat with their seed, are distinct, and never impossible", () => {
  const state = new StateVector({ qubitCount: 15, precision: "f32", build: "plain" });
  state.apply([hadamard(3), controlledNot(3, 14)]);
  const first = sample(state, 1000, randomStream(5));
  expect(sample(state, 1000, randomStream(5))).toEqual(first);
  expect(sample(state, 1000, randomStream(6)).counts).not.toEqual(first.counts);
  expect([...first.outcomes].sort()).toEqual([0, 2 ** 3 + 2 ** 14]);
  expect(sample(state, 0, randomStream(5)).outcomes.length).toBe(0);
});

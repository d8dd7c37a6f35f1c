/**
 * The variational eigensolver: a molecule's known ground state, gradients two ways and by
 * differences, and ansätze as circuits.
 */
import { describe, expect, test } from "vitest";
import {
  bindSymbols,
  expectationValue,
  hardwareEfficientAnsatz,
  pauliSumOfText,
  problemAnsatz,
} from "#circuit";
import { randomStream } from "#foundation";
import { AnsatzEnergy, minimiseEnergy } from "#solvers";

/** Hydrogen at 0.735 angstrom on two qubits (P. O'Malley et al., Physical Review X 6, 2016). */
const HYDROGEN = pauliSumOfText(
  "-1.052373245772859 + 0.39793742484318045 Z0 - 0.39793742484318045 Z1 " +
    "- 0.01128010425623538 Z0 Z1 + 0.18093119978423156 X0 X1",
  2,
);
const HYDROGEN_ENERGY = -1.85727503;

const ROTATED = pauliSumOfText("0.7 X0 Y2 - 0.4 Y0 Y1 Z2 + 0.3 Z1 - 1.1 X1 + 0.2 Y2", 3);

const point = (size: number) => {
  const random = randomStream(size, "point");
  return Float64Array.from({ length: size }, () => 4 * random.unit() - 2);
};

const PROBLEM_TERMS = [
  { coefficient: 0.4, qubits: [1] },
  { coefficient: -0.8, qubits: [0, 2] },
] as const;

describe.each([
  ["hardware-efficient", hardwareEfficientAnsatz(3, 2)],
  ["problem", problemAnsatz(3, PROBLEM_TERMS, 2)],
])("the %s ansatz", (_, ansatz) => {
  const energy = new AnsatzEnergy(ansatz, ROTATED);
  const at = point(energy.symbols.length);

  test("has the mean that simulating it as any circuit gives", () => {
    const angles = Object.fromEntries(energy.symbols.map((name, place) => [name, at[place]]));
    const simulated = expectationValue(bindSymbols(ansatz, angles), ROTATED);
    expect(energy.mean(at)).toBeCloseTo(simulated, 12);
  });

  test("has the same slope backwards, by parameter shifts, and by differences", () => {
    const back = energy.slope(at);
    const shifted = energy.shiftedSlope(at);
    expect(back.value).toBeCloseTo(energy.mean(at), 12);
    expect(shifted.value).toBe(energy.mean(at));
    for (const [place, slope] of back.gradient.entries()) {
      expect(shifted.gradient[place]).toBeCloseTo(slope, 11);
      const beside = (by: number) => energy.mean(at.with(place, at[place] + by));
      expect((beside(1e-5) - beside(-1e-5)) / 2e-5).toBeCloseTo(slope, 7);
    }
  });
});

describe("minimiseEnergy", () => {
  test.each(["gradients", "parameter-shift", "nelder-mead", "spsa"] as const)(
    "finds the energy of hydrogen, %s",
    (method) => {
      const ansatz = hardwareEfficientAnsatz(2, 1);
      const options = { method, evaluationsMax: 3000, seed: 1 };
      const { value, angles } = minimiseEnergy(ansatz, HYDROGEN, options);
      expect(value).toBeCloseTo(HYDROGEN_ENERGY, method === "spsa" ? 2 : 5);
      expect(value).toBeGreaterThan(HYDROGEN_ENERGY - 1e-6);
      expect(expectationValue(bindSymbols(ansatz, angles), HYDROGEN)).toBeCloseTo(value, 10);
    },
  );

  test("has a constant where there are no qubits, and stops when told to", () => {
    const options = { method: "gradients", evaluationsMax: 10, seed: 1 } as const;
    const constant = pauliSumOfText("2.5", 0);
    expect(minimiseEnergy(hardwareEfficientAnsatz(0, 2), constant, options).value).toBe(2.5);
    const stopped = { ...options, isStopped: () => true };
    const ansatz = hardwareEfficientAnsatz(2, 1);
    expect(minimiseEnergy(ansatz, HYDROGEN, stopped).evaluations).toBe(1);
  });

  test("refuses gates it cannot turn back", () => {
    const ansatz = hardwareEfficientAnsatz(2, 1);
    const [first] = ansatz.operations;
    const odd = { ...ansatz, operations: [{ ...first, gate: "h", parameters: [] }] };
    expect(() => new AnsatzEnergy(odd, HYDROGEN)).toThrow(/rotations and cx, got h/);
  });
});

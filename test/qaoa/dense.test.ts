/**
 * Circuits in the space of their groups against the simulation of all 2^n amplitudes; the suite
 * `quantum` does more of them.
 */
import { describe, expect, test } from "vitest";
import { COMMON_CIRCUIT, runCircuit } from "#solvers";
import { denseCase, denseResult } from "./dense-circuit.ts";

const SEEDS = Array.from({ length: 40 }, (_, seed) => seed);

describe.each(["x", "complete", "ring", "matching", "grover"] as const)("mixer %s", (mixer) => {
  test("gives what the dense simulation of 40 small problems gives", () => {
    for (const seed of SEEDS) {
      const one = denseCase(seed);
      const { problem, epsilon, angles, incumbent } = one;
      const circuit = { ...COMMON_CIRCUIT, mixer, epsilon };
      const run = runCircuit(problem, circuit, { angles, incumbent });
      const dense = denseResult(one, mixer);
      let seen = 0;
      run.probabilities.forEach((got, state) => {
        const z = run.bitsOf(state).values.reduce((sum, value, bit) => sum | (value << bit), 0);
        expect(Math.abs(got - dense.probabilities[z]), `seed ${seed}`).toBeLessThan(1e-10);
        seen += dense.probabilities[z];
      });
      expect(Math.abs(seen - 1), `seed ${seed}`).toBeLessThan(1e-9);
      expect(Math.abs(run.meanEnergy - dense.meanEnergy), `seed ${seed}`).toBeLessThan(1e-8);
    }
  });
});

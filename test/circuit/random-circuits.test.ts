/**
 * The simulator on random circuits, against a density-matrix oracle and against itself.
 */
import { expect, test } from "vitest";
import { gateTable, simulate, stateVectorEngine } from "#circuit";
import { randomStream } from "#foundation";
import { randomCircuit } from "../generators/circuits.ts";
import { oracleDistribution } from "./density-oracle.ts";

const CIRCUITS = 200;

// Single precision leaves some 1e-7 of rounding, doubles some 1e-16.
test.each([
  ["f64", 1e-10],
  ["f32", 1e-4],
] as const)(
  `${CIRCUITS} random circuits have the oracle's distribution in %s`,
  (precision, most) => {
    const engine = stateVectorEngine({ precision });
    for (let seed = 0; seed < CIRCUITS; seed += 1) {
      const must = gateTable[seed % gateTable.length];
      const shape = { qubitCountMax: 4, bitCountMax: 4, operationCount: 12 };
      const circuit = randomCircuit(randomStream(seed, "random circuit"), shape, must);
      const { probabilities = {} } = simulate(circuit, { shots: 0, seed, exact: true, engine });
      const expected = oracleDistribution(circuit);
      const keys = new Set([...expected.keys(), ...Object.keys(probabilities)]);
      for (const key of keys) {
        const difference = (probabilities[key] ?? 0) - (expected.get(key) ?? 0);
        expect(Math.abs(difference), `seed ${seed}, outcome ${key}`).toBeLessThan(most);
      }
    }
  },
);

test("counts follow the exact distribution, and the seed alone decides them", () => {
  const shots = 4000;
  for (let seed = 0; seed < 30; seed += 1) {
    const shape = { qubitCountMax: 3, bitCountMax: 3, operationCount: 10 };
    const circuit = randomCircuit(randomStream(seed, "counted"), shape, gateTable[seed]);
    const { probabilities = {} } = simulate(circuit, { shots: 0, seed, exact: true });
    const { counts } = simulate(circuit, { shots, seed, exact: false });
    expect(simulate(circuit, { shots, seed, exact: false }).counts).toEqual(counts);
    expect(Object.values(counts).reduce((sum, count) => sum + count, 0)).toBe(shots);
    for (const key of new Set([...Object.keys(probabilities), ...Object.keys(counts)])) {
      const p = probabilities[key] ?? 0;
      // Six standard deviations, and one shot for what is nearly impossible.
      const slack = 6 * Math.sqrt(Math.max(0, shots * p * (1 - p))) + 1;
      expect(Math.abs((counts[key] ?? 0) - shots * p), `seed ${seed}, ${key}`).toBeLessThan(slack);
    }
  }
});

/**
 * Closed forms against the simulated circuit, and spins taken out against energies recomputed.
 */
import { expect, test } from "vitest";
import { present, type RandomStream, randomStream } from "#foundation";
import { ProblemAssembly, VARTYPE } from "#problem";
import { runCircuit } from "#solvers";
import { COMMON_CIRCUIT } from "../circuit.ts";
import { bestBeta, correlationsAt, layerMeans } from "./correlations.ts";
import { SpinModel, type Tie } from "./spin-model.ts";

function drawn(size: number, random: RandomStream) {
  const fields = Float64Array.from({ length: size }, () => random.unit() - 0.5);
  const couplings = new Float64Array(size * size);
  for (let first = 0; first < size; first += 1) {
    for (let second = first + 1; second < size; second += 1) {
      const coupling = random.below(4) === 0 ? 0 : random.unit() - 0.5;
      couplings[first * size + second] = coupling;
      couplings[second * size + first] = coupling;
    }
  }
  return { fields, couplings };
}

/** Mean of each spin, of each pair, and of the energy, off the simulated distribution. */
function simulated(size: number, { fields, couplings }: ReturnType<typeof drawn>, at: number[]) {
  const assembly = new ProblemAssembly("minimise");
  assembly.addVariables(size);
  for (let spin = 0; spin < size; spin += 1) {
    assembly.restrict(spin, VARTYPE.spin);
    assembly.addLinear(spin, fields[spin]);
    for (let other = 0; other < spin; other += 1) {
      assembly.addQuadratic(other, spin, couplings[other * size + spin]);
    }
  }
  const circuit = { ...COMMON_CIRCUIT, mixer: "x", layers: 1 } as const;
  const angles = { gammas: [at[0]], betas: [at[1]] };
  const run = runCircuit(assembly.finish(), circuit, { angles });
  const mean = (of: (spins: Int32Array) => number) =>
    run.probabilities.reduce((sum, chance, state) => {
      return sum + chance * of(run.bitsOf(state).values.map((bit) => 2 * bit - 1));
    }, 0);
  return { mean, energy: run.meanEnergy };
}

test("one layer's means are those of the simulated circuit", () => {
  for (let seed = 0; seed < 12; seed += 1) {
    const random = randomStream(seed, "means");
    const size = 2 + (seed % 5);
    const terms = drawn(size, random);
    const gamma = 2 * random.unit() - 1;
    const model = new SpinModel(terms.fields, terms.couplings);
    const means = present(
      layerMeans(model, gamma, () => false),
      "means nobody stopped",
    );
    const { beta, energy: least } = bestBeta(model, means);
    const { mean, energy } = simulated(size, terms, [gamma, beta]);
    expect(simulated(size, terms, [gamma, beta + 0.2]).energy).toBeGreaterThan(energy);
    expect(simulated(size, terms, [gamma, beta - 0.2]).energy).toBeGreaterThan(energy);
    const { spins, pairs } = correlationsAt(means, beta);
    spins.forEach((value, spin) => {
      expect(value).toBeCloseTo(
        mean((s) => s[spin]),
        10,
      );
    });
    for (const [at, { first, second }] of means.pairs.entries()) {
      expect(pairs[at]).toBeCloseTo(
        mean((s) => s[first] * s[second]),
        10,
      );
    }
    expect(least).toBeCloseTo(energy, 9);
  }
});

test("tied spins leave the energy as it was, but for a constant", () => {
  const random = randomStream(1, "ties");
  const size = 6;
  const { fields, couplings } = drawn(size, random);
  const model = new SpinModel(fields, couplings);
  const ties: readonly Tie[] = [
    { spin: 3, leader: 5, sign: -1 },
    { spin: 1, leader: -1, sign: -1 },
    { spin: 5, leader: 0, sign: 1 },
    { spin: 4, leader: -1, sign: 1 },
  ];
  for (const tie of ties) model.tie(tie);
  expect(model.left).toEqual([0, 2]);
  const own = ([a, b]: readonly number[]) =>
    model.fields[0] * a + model.fields[2] * b + model.couplings[2] * a * b;
  const constants = [
    [-1, -1],
    [-1, 1],
    [1, -1],
    [1, 1],
  ].map(([a, b]) => {
    const all = model.complete(Int32Array.of(a, 0, b, 0, 0, 0));
    expect([all[1], all[3], all[4], all[5]]).toEqual([-1, -a, 1, a]);
    let energy = 0;
    for (let i = 0; i < size; i += 1) {
      energy += fields[i] * all[i];
      for (let j = 0; j < i; j += 1) energy += couplings[j * size + i] * all[i] * all[j];
    }
    return energy - own([a, b]);
  });
  for (const constant of constants) expect(constant).toBeCloseTo(constants[0], 12);
});

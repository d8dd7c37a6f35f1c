/**
 * Oscillators: the generated code against plain TypeScript, steps against the equations of motion
 * in double precision, and small problems against every assignment.
 */
import { describe, expect, test } from "vitest";
import { randomStream } from "#foundation";
import { type GlassShape, randomGlass } from "../../../test/generators/spin-glasses.ts";
import type { SpinGlass } from "../spin/spin-glass.ts";
import { layOutOscillators } from "./layout.ts";
import { LANE_COUNT } from "./oscillator-kernels.ts";
import { Oscillators } from "./oscillators.ts";

const shapes: readonly (readonly [remark: string, form: string, GlassShape])[] = [
  ["sparse", "lists", { spinCount: 75, density: 0.08, couplingMax: 1, biasMax: 0 }],
  ["sparse with biases", "lists", { spinCount: 40, density: 0.1, couplingMax: 9, biasMax: 20 }],
  ["dense units", "matrix", { spinCount: 33, density: 1, couplingMax: 1, biasMax: 0 }],
  ["dense with biases", "matrix", { spinCount: 50, density: 0.5, couplingMax: 100, biasMax: 1e6 }],
  ["dense and large", "lists", { spinCount: 30, density: 1, couplingMax: 1e6, biasMax: 1e6 }],
  ["one spin", "lists", { spinCount: 1, density: 0, couplingMax: 1, biasMax: 1 }],
  ["no spins", "lists", { spinCount: 0, density: 0, couplingMax: 1, biasMax: 0 }],
];

const STEPS = 60;

function run(oscillators: Oscillators, look: (step: number) => void): void {
  const { spinCount } = oscillators;
  const middle = Math.min(spinCount, 2 * Oscillators.partSpins);
  for (let step = 0; step < STEPS; step += 1) {
    const terms = { detuning: 1 - step / STEPS, time: 0.9 };
    oscillators.push(0, middle, terms);
    oscillators.push(middle, spinCount, terms);
    oscillators.drift(0, middle, terms.time);
    oscillators.drift(middle, spinCount, terms.time);
    look(step);
  }
}

const spinsOfAll = (oscillators: Oscillators) =>
  Array.from({ length: LANE_COUNT }, (_, lane) => [...oscillators.spinsOf(lane)]);

describe.each(shapes)("%s", (remark, form, shape) => {
  const glass = randomGlass(randomStream(3, remark), shape);

  test("takes the form that suits the couplings", () => {
    expect(layOutOscillators(glass).form).toBe(form);
  });

  test("the generated code does what the plain code does", () => {
    const [generated, plain] = (["generated", "plain"] as const).map((build) => {
      const oscillators = new Oscillators(glass, build);
      oscillators.setVariants((lane) => (lane % 2 === 0 ? "discrete" : "ballistic"));
      oscillators.scatter(randomStream(5));
      const seen: unknown[] = [spinsOfAll(oscillators)];
      run(oscillators, () => seen.push(oscillators.positionsOf(1), oscillators.positionsOf(6)));
      return [...seen, spinsOfAll(oscillators)];
    });
    expect(generated).toEqual(plain);
  });

  test.each(["discrete", "ballistic"] as const)(
    "%s: steps are those of the equations",
    (variant) => {
      const oscillators = new Oscillators(glass);
      oscillators.setVariants(() => variant);
      oscillators.scatter(randomStream(8));
      const reference = equationsOf(glass, oscillators, variant);
      run(oscillators, (step) => {
        reference.step(1 - step / STEPS, 0.9);
        if (step >= 5) return;
        const { positions } = reference;
        for (const [spin, position] of oscillators.positionsOf(2).entries()) {
          expect(position, `spin ${spin}, step ${step}`).toBeCloseTo(positions[spin], 2);
        }
      });
    },
  );

  test("the same seed gives the same spins, another one others", () => {
    const answer = (seed: number) => {
      const oscillators = new Oscillators(glass);
      oscillators.scatter(randomStream(seed));
      run(oscillators, () => {});
      return spinsOfAll(oscillators);
    };
    expect(answer(1)).toEqual(answer(1));
    // With strong biases every seed may end in the optimum.
    if (glass.spinCount > 20 && shape.biasMax === 0) expect(answer(1)).not.toEqual(answer(2));
  });
});

/** The equations of motion in double precision, the ancilla as the last oscillator, for lane 2. */
function equationsOf(glass: SpinGlass, from: Oscillators, variant: string) {
  const { spinCount, biases, starts, neighbours, couplings } = glass;
  const size = spinCount + 1;
  const matrix = Array.from({ length: size }, () => new Float64Array(size));
  for (let spin = 0; spin < spinCount; spin += 1) {
    matrix[spin][spinCount] = biases[spin];
    matrix[spinCount][spin] = biases[spin];
    for (let entry = starts[spin]; entry < starts[spin + 1]; entry += 1) {
      matrix[spin][neighbours[entry]] = couplings[entry];
    }
  }
  const isBiased = biases.some((bias) => bias !== 0);
  const norm = Math.sqrt(matrix.flatMap((row) => [...row]).reduce((sum, j) => sum + j * j, 0));
  const scale = norm === 0 ? 0 : (0.5 * Math.sqrt(spinCount - (isBiased ? 0 : 1))) / norm;
  const state = from.stateOf(2);
  const positions = Float64Array.from(state.positions);
  const momenta = Float64Array.from(state.momenta);
  const step = (detuning: number, time: number) => {
    const told = positions.map((x) => (variant === "discrete" ? (x < 0 ? -1 : 1) : x));
    for (let spin = 0; spin < size; spin += 1) {
      const force = matrix[spin].reduce((sum, j, other) => sum - j * told[other], 0);
      momenta[spin] += time * (scale * force - detuning * positions[spin]);
    }
    for (let spin = 0; spin < size; spin += 1) {
      positions[spin] += time * momenta[spin];
      if (Math.abs(positions[spin]) <= 1) continue;
      positions[spin] = Math.sign(positions[spin]);
      momenta[spin] = 0;
    }
  };
  return { positions, step };
}

test.each(["discrete", "ballistic"] as const)(
  "%s: small problems end at their optimum",
  (variant) => {
    let found = 0;
    const rounds = 20;
    for (let seed = 0; seed < rounds; seed += 1) {
      const random = randomStream(seed, "small");
      const shape = { spinCount: 12, density: 0.6, couplingMax: 5, biasMax: seed % 2 ? 6 : 0 };
      const glass = randomGlass(random, shape);
      const oscillators = new Oscillators(glass);
      oscillators.setVariants(() => variant);
      oscillators.scatter(random);
      run(oscillators, () => {});
      const energies = spinsOfAll(oscillators).map((spins) => energy(glass, spins));
      if (Math.min(...energies) === leastEnergy(glass)) found += 1;
    }
    expect(found).toBeGreaterThanOrEqual(rounds * 0.8);
  },
);

function energy({ spinCount, biases, ...rows }: SpinGlass, spins: ArrayLike<number>): number {
  let sum = 0;
  for (let spin = 0; spin < spinCount; spin += 1) {
    sum += biases[spin] * spins[spin];
    for (let entry = rows.starts[spin]; entry < rows.starts[spin + 1]; entry += 1) {
      sum += (rows.couplings[entry] * spins[spin] * spins[rows.neighbours[entry]]) / 2;
    }
  }
  return sum;
}

function leastEnergy(glass: SpinGlass): number {
  let least = Number.POSITIVE_INFINITY;
  for (let state = 0; state < 2 ** glass.spinCount; state += 1) {
    const spins = Array.from(
      { length: glass.spinCount },
      (_, spin) => ((state >> spin) & 1) * 2 - 1,
    );
    least = Math.min(least, energy(glass, spins));
  }
  return least;
}

/**
 * World lines: the generated code against plain TypeScript, energies against sums made afresh, and
 * states against the Boltzmann distribution of the ring of slices.
 */
import { describe, expect, test } from "vitest";
import { randomStream } from "#foundation";
import { type GlassShape, glassOf, randomGlass } from "../../../test/generators/spin-glasses.ts";
import { fieldMax } from "../spin/spin-glass.ts";
import { BINDING_LIMIT, layOutWorldLines } from "./layout.ts";
import { SLICE_COUNT } from "./world-line-kernels.ts";
import { bindingOf, WorldLines } from "./world-lines.ts";

const shapes: readonly (readonly [remark: string, GlassShape])[] = [
  ["sparse", { spinCount: 70, density: 0.1, couplingMax: 1, biasMax: 0 }],
  ["with biases", { spinCount: 40, density: 0.2, couplingMax: 9, biasMax: 20 }],
  ["numbers that do not fit", { spinCount: 30, density: 1, couplingMax: 1e6, biasMax: 1e6 }],
  ["one spin", { spinCount: 1, density: 0, couplingMax: 1, biasMax: 1 }],
  ["no spins", { spinCount: 0, density: 0, couplingMax: 1, biasMax: 0 }],
];

const spinsOfAll = (lines: WorldLines) =>
  Array.from({ length: SLICE_COUNT }, (_, slice) => [...lines.spinsOf(slice)]);

describe.each(shapes)("%s", (remark, shape) => {
  const glass = randomGlass(randomStream(2, remark), shape);

  test("the generated code does what the plain code does", () => {
    const [generated, plain] = (["generated", "plain"] as const).map((build) => {
      const lines = new WorldLines(glass, randomStream(5), build);
      lines.scatter(randomStream(6));
      const seen: unknown[] = [];
      for (const share of [0.3, 0.05, 0.01, 1e-4]) {
        lines.setTemperature(share * fieldMax(glass) + 1e-3);
        lines.setBinding((0.1 * fieldMax(glass)) / share);
        for (const move of ["slices", "lines"] as const) {
          seen.push(lines.sweep(move, 0, glass.spinCount));
          if (glass.spinCount > 32) seen.push(lines.sweep(move, 32, glass.spinCount));
          seen.push(spinsOfAll(lines));
        }
      }
      return seen;
    });
    expect(generated).toEqual(plain);
  });

  test("fields and bindings fit into 16 bits together", () => {
    const { scale } = layOutWorldLines(glass);
    for (let site = 0; site < glass.spinCount; site += 1) {
      let field = Math.abs(Math.round(glass.biases[site] * scale));
      for (let entry = glass.starts[site]; entry < glass.starts[site + 1]; entry += 1) {
        field += Math.abs(Math.round(glass.couplings[entry] * scale));
      }
      expect(field + 2 * BINDING_LIMIT).toBeLessThan(2 ** 15);
    }
  });

  test("bound without limit, slices that agree stay together", () => {
    const lines = new WorldLines(glass, randomStream(9));
    lines.setTemperature(0.02 * fieldMax(glass) + 1e-3);
    lines.setBinding(Number.POSITIVE_INFINITY);
    for (let sweep = 0; sweep < 20; sweep += 1) {
      lines.sweep("slices", 0, glass.spinCount);
      lines.sweep("lines", 0, glass.spinCount);
    }
    for (const spins of spinsOfAll(lines)) expect(spins).toEqual([...lines.spinsOf(0)]);
  });
});

describe("states are as frequent as Boltzmann has them", () => {
  const moves = [["slices"], ["slices", "lines"]] as const;
  const rows = moves.flatMap((kinds) =>
    [0.3, 0.8].map((field) => [kinds.join(" and "), kinds, field] as const),
  );
  test.each(rows)("%s, field %$2", (_remark, kinds, field) => {
    // One site in a longitudinal field: a ring of slices, whose states can all be weighed.
    const bias = 1;
    const temperature = 0.15;
    const glass = glassOf(1, [], [bias]);
    const lines = new WorldLines(glass, randomStream(3));
    lines.setTemperature(temperature);
    lines.setBinding(bindingOf(temperature, field));
    let [sum, bonds] = [0, 0];
    const samples = 40_000;
    for (let sample = 0; sample < samples; sample += 1) {
      for (const move of kinds) lines.sweep(move, 0, 1);
      const spins = spinsOfAll(lines).map(([spin]) => spin);
      for (let k = 0; k < SLICE_COUNT; k += 1) {
        sum += spins[k];
        bonds += spins[k] * spins[(k + 1) % SLICE_COUNT];
      }
    }
    const exact = ringMeans(bias, temperature, bindingOf(temperature, field));
    const count = samples * SLICE_COUNT;
    expect(Math.abs(sum / count - exact.spin)).toBeLessThan(0.03);
    expect(Math.abs(bonds / count - exact.bond)).toBeLessThan(0.03);
    // The quantum mechanics behind it: -h tanh(E / T) / E, up to the error of 16 slices.
    const gap = Math.hypot(bias, field);
    const magnetisation = (-bias / gap) * Math.tanh(gap / temperature);
    expect(Math.abs(exact.spin - magnetisation)).toBeLessThan(0.03);
  });
});

/** Mean spin and mean product of neighbours on the ring, by all of its states. */
function ringMeans(bias: number, temperature: number, binding: number) {
  let [total, spin, bond] = [0, 0, 0];
  for (let state = 0; state < 2 ** SLICE_COUNT; state += 1) {
    let [up, agreeing] = [0, 0];
    for (let k = 0; k < SLICE_COUNT; k += 1) {
      const s = (state >> k) & 1 ? 1 : -1;
      up += s;
      agreeing += (state >> ((k + 1) % SLICE_COUNT)) & 1 ? s : -s;
    }
    const weight = Math.exp(-(bias * up - binding * agreeing) / (SLICE_COUNT * temperature));
    total += weight;
    spin += (weight * up) / SLICE_COUNT;
    bond += (weight * agreeing) / SLICE_COUNT;
  }
  return { spin: spin / total, bond: bond / total };
}

test("the binding is that of Suzuki and Trotter", () => {
  for (const [temperature, field] of [
    [1, 1],
    [0.1, 3],
    [2, 0.01],
  ] as const) {
    const ring = SLICE_COUNT * temperature;
    const expected = (-ring / 2) * Math.log(Math.tanh(field / ring));
    expect(bindingOf(temperature, field) / expected).toBeCloseTo(1, 9);
  }
});

/**
 * Sweeps over spins: the generated code against plain TypeScript, and replicas against
 * energies summed afresh and the Boltzmann distribution.
 */
import { describe, expect, test } from "vitest";
import { randomStream } from "#foundation";
import { type GlassShape, glassOf, randomGlass } from "../../../test/generators/spin-glasses.ts";
import { VECTOR_BYTES } from "../assembly/simd.ts";
import { exchangeCluster } from "./cluster-move.ts";
import { layOutSpins } from "./layout.ts";
import { SpinReplicas } from "./replicas.ts";
import { fieldMax, type SpinGlass } from "./spin-glass.ts";
import { BLOCK_BYTES } from "./sweep.ts";

const shapes: readonly (readonly [remark: string, width: number, kind: string, GlassShape])[] = [
  ["units", 8, "unit", { spinCount: 75, density: 0.1, couplingMax: 1, biasMax: 0 }],
  ["units and biases", 8, "unit", { spinCount: 40, density: 0.1, couplingMax: 1, biasMax: 3 }],
  ["twos and threes", 8, "unit", { spinCount: 40, density: 0.1, couplingMax: 3, biasMax: 1 }],
  ["many units", 16, "weighted", { spinCount: 150, density: 1, couplingMax: 1, biasMax: 0 }],
  ["hundreds", 16, "weighted", { spinCount: 75, density: 0.2, couplingMax: 400, biasMax: 99 }],
  ["millions", 32, "weighted", { spinCount: 40, density: 0.5, couplingMax: 2e6, biasMax: 5e6 }],
  ["biases alone", 8, "unit", { spinCount: 33, density: 0, couplingMax: 1, biasMax: 5 }],
  ["a full block", 8, "unit", { spinCount: 32, density: 0.2, couplingMax: 1, biasMax: 0 }],
  ["one spin", 8, "unit", { spinCount: 1, density: 0, couplingMax: 1, biasMax: 1 }],
];

describe.each(shapes)("%s", (_remark, width, kind, shape) => {
  const glass = randomGlass(randomStream(7, _remark), shape);

  test("takes the narrowest numbers that hold every field", () => {
    expect(layOutSpins(glass, 2 ** 15)).toMatchObject({ width, kind, laneCount: 128 / width });
    expect(fieldMax(glass)).toBeLessThan(2 ** (width - 1));
  });

  test("the generated code does what the plain code does", () => {
    const [generated, plain] = (["generated", "plain"] as const).map((build) => {
      const replicas = new SpinReplicas(glass, randomStream(5), { build });
      const seen: unknown[] = [];
      const look = (visits: number) => {
        const lanes = Array.from({ length: replicas.laneCount }, (_, lane) => lane);
        seen.push(
          visits,
          replicas.energies(),
          lanes.map((lane) => replicas.spinsOf(lane)),
        );
      };
      replicas.setInfiniteTemperature();
      look(replicas.sweep(0, glass.spinCount, 1));
      for (const share of [2, 0.3, 0.1, 1e-3]) {
        replicas.setTemperature(share * fieldMax(glass));
        look(replicas.sweep(0, glass.spinCount, 3));
        if (glass.spinCount > 32) look(replicas.sweep(32, glass.spinCount, 1));
      }
      const lanes = Array.from({ length: replicas.laneCount }, (_, lane) => lane);
      replicas.setTemperatures(lanes.map((lane) => (fieldMax(glass) * (lane + 1)) / 9));
      look(replicas.sweep(0, glass.spinCount, 3));
      replicas.permute(lanes.map((lane) => (5 * lane + 3) % lanes.length));
      look(replicas.sweep(0, glass.spinCount, 1));
      replicas.setZeroTemperature();
      look(replicas.sweep(0, glass.spinCount, 2));
      return seen;
    });
    expect(generated).toEqual(plain);
  });

  test("energies are those of the spins, whatever was swept", () => {
    const replicas = new SpinReplicas(glass, randomStream(1));
    const check = () => {
      const sums = Array.from(replicas.energies(), (_, lane) =>
        energy(glass, replicas.spinsOf(lane)),
      );
      expect(Array.from(replicas.energies())).toEqual(sums);
    };
    check();
    replicas.setInfiniteTemperature();
    replicas.sweep(0, glass.spinCount, 1);
    check();
    replicas.setTemperature(fieldMax(glass));
    replicas.sweep(0, glass.spinCount, 20);
    check();
  });

  test("a permutation of lanes moves replicas and their energies", () => {
    const replicas = scattered(glass, 4);
    const { laneCount } = replicas;
    const order = Array.from({ length: laneCount }, (_, lane) => (3 * lane + 1) % laneCount);
    const before = replicas.energies();
    const spins = order.map((lane) => replicas.spinsOf(lane));
    replicas.permute(order);
    expect(Array.from(replicas.energies())).toEqual(order.map((lane) => before[lane]));
    expect(order.map((_, lane) => replicas.spinsOf(lane))).toEqual(spins);
  });

  test("an exchanged cluster leaves the sum of both energies, and what the replicas share", () => {
    const [first, second] = [scattered(glass, 5), scattered(glass, 6)];
    for (let lane = 0; lane < first.laneCount; lane += 1) {
      const sums = () => first.energies()[lane] + second.energies()[lane];
      const shared = () => {
        const other = second.spinsOf(lane);
        return Array.from(first.spinsOf(lane), (spin, index) => spin + other[index]);
      };
      const [sum, both] = [sums(), shared()];
      const differing = both.filter((spins) => spins === 0).length;
      const size = exchangeCluster(first, second, lane, randomStream(lane));
      expect(size > 0).toBe(differing > 0);
      expect(size).toBeLessThanOrEqual(differing);
      expect(sums()).toBeCloseTo(sum, 6);
      expect(shared()).toEqual(both);
      expect(first.energies()[lane]).toBeCloseTo(energy(glass, first.spinsOf(lane)), 6);
    }
  });

  test("at zero temperature every replica ends in a local minimum", () => {
    const replicas = new SpinReplicas(glass, randomStream(2));
    replicas.setInfiniteTemperature();
    replicas.sweep(0, glass.spinCount, 1);
    replicas.setZeroTemperature();
    let sweeps = 0;
    while (replicas.sweep(0, glass.spinCount, 1) > 0 && sweeps < 1000) sweeps += 1;
    for (let lane = 0; lane < replicas.laneCount; lane += 1) {
      const spins = replicas.spinsOf(lane);
      const costs = replicas.flipCosts(lane);
      for (let spin = 0; spin < glass.spinCount; spin += 1) {
        const flipped = Array.from(spins, (one, index) => (index === spin ? -one : one));
        expect(energy(glass, flipped) - energy(glass, spins)).toBeCloseTo(costs[spin], 6);
        expect(costs[spin]).toBeGreaterThanOrEqual(0);
      }
    }
  });
});

/** Replicas with random spins. */
function scattered(glass: SpinGlass, seed: number): SpinReplicas {
  const replicas = new SpinReplicas(glass, randomStream(seed));
  replicas.setInfiniteTemperature();
  replicas.sweep(0, glass.spinCount, 1);
  return replicas;
}

/** The energy by its definition. */
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

test("a memory without spins can be laid out and swept", () => {
  const replicas = new SpinReplicas(glassOf(0, [], []), randomStream(1));
  expect(replicas.sweep(0, 0, 5)).toBe(0);
  expect(Array.from(replicas.energies())).toEqual(Array(replicas.laneCount).fill(0));
});

test("spins and blocks end before fields begin", () => {
  const glass = glassOf(33, [[0, 32, 1]], Array(33).fill(0));
  const { spins, fields, rows } = layOutSpins(glass, 2 ** 15);
  expect([spins % BLOCK_BYTES, fields % BLOCK_BYTES]).toEqual([0, 0]);
  expect(fields).toBeGreaterThanOrEqual(spins + 33 * VECTOR_BYTES);
  expect(rows).toBeGreaterThanOrEqual(fields + 33 * VECTOR_BYTES);
});

describe("states are as frequent as Boltzmann has them", () => {
  const rows: readonly (readonly [string, readonly number[], readonly number[], number])[] = [
    ["a frustrated triangle", [1, 1, 1], [1, 1, -1], 2],
    ["a chain", [1, -1, 0], [1, 0, 2], 3],
    ["weights", [90, -300, 200], [50, -80, 9], 400],
    ["large weights", [9e5, -3e6, 2e6], [5e5, 0, 7e5], 4e6],
  ];
  test.each(rows)("%s", (_remark, [a, b, c], biases, temperature) => {
    const pairs = [[0, 1, a] as const, [1, 2, b] as const, [0, 2, c] as const];
    const glass = glassOf(
      3,
      pairs.filter(([, , coupling]) => coupling !== 0),
      biases,
    );
    const replicas = new SpinReplicas(glass, randomStream(11));
    replicas.setTemperature(temperature);
    const counts = new Float64Array(8);
    const samples = 8000;
    for (let sample = 0; sample < samples; sample += 1) {
      replicas.sweep(0, 3, 3);
      for (let lane = 0; lane < replicas.laneCount; lane += 1) counts[indexOf(replicas, lane)] += 1;
    }
    const states = Array.from({ length: 8 }, (_, index) =>
      [1, 2, 4].map((b) => (index & b ? 1 : -1)),
    );
    const weights = states.map((spins) => Math.exp(-energy(glass, spins) / temperature));
    const total = weights.reduce((a, b) => a + b);
    for (const [index, weight] of weights.entries()) {
      const share = counts[index] / (samples * replicas.laneCount);
      expect(Math.abs(share - weight / total), `state ${index}`).toBeLessThan(0.015);
    }
  });
});

function indexOf(replicas: SpinReplicas, lane: number): number {
  return replicas.spinsOf(lane).reduce((sum, spin, index) => sum + (spin > 0 ? 2 ** index : 0), 0);
}

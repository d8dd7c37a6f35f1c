/**
 * The rank-2 relaxation: the generated code against plain TypeScript, descent that never climbs,
 * and rounding against all lines through the origin.
 */
import { describe, expect, test } from "vitest";
import { randomStream } from "#foundation";
import { type GlassShape, randomGlass } from "../../../test/generators/spin-glasses.ts";
import type { SpinGlass } from "../spin/spin-glass.ts";
import { withAncilla } from "./ancilla.ts";
import { HalfPlanes } from "./half-planes.ts";
import { UnitVectors } from "./unit-vectors.ts";

const shapes: readonly (readonly [remark: string, GlassShape])[] = [
  ["sparse", { spinCount: 60, density: 0.08, couplingMax: 1, biasMax: 0 }],
  ["dense with biases", { spinCount: 25, density: 0.8, couplingMax: 50, biasMax: 90 }],
  ["large numbers", { spinCount: 12, density: 1, couplingMax: 1e8, biasMax: 1e8 }],
  ["biases alone", { spinCount: 7, density: 0, couplingMax: 1, biasMax: 4 }],
  ["one spin", { spinCount: 1, density: 0, couplingMax: 1, biasMax: 0 }],
  ["no spins", { spinCount: 0, density: 0, couplingMax: 1, biasMax: 0 }],
];

describe.each(shapes)("%s", (remark, shape) => {
  const given = randomGlass(randomStream(4, remark), shape);
  const glass = withAncilla(given);
  const scattered = (build: "generated" | "plain", seed: number) => {
    const vectors = new UnitVectors(glass, build);
    const random = randomStream(seed);
    for (let lane = 0; lane < UnitVectors.laneCount; lane += 1) {
      vectors.setAngles(lane, () => 7 * random.unit());
    }
    return vectors;
  };

  test("the generated code does what the plain code does", () => {
    const [generated, plain] = (["generated", "plain"] as const).map((build) => {
      const vectors = scattered(build, 1);
      const seen: unknown[] = [];
      for (let sweep = 0; sweep < 5; sweep += 1) {
        vectors.align(0, Math.floor(glass.spinCount / 3));
        vectors.align(Math.floor(glass.spinCount / 3), glass.spinCount);
        for (let lane = 0; lane < UnitVectors.laneCount; lane += 1) {
          for (let spin = 0; spin < glass.spinCount; spin += 1) {
            seen.push(vectors.x(lane, spin), vectors.y(lane, spin));
          }
        }
      }
      return seen;
    });
    expect(generated).toEqual(plain);
  });

  test("no vector gets longer, and no step goes up", () => {
    const vectors = scattered("generated", 2);
    for (let lane = 0; lane < UnitVectors.laneCount; lane += 1) {
      let before = relaxed(glass, vectors, lane);
      const scale = glass.couplings.reduce((sum, coupling) => sum + Math.abs(coupling), 1);
      for (let spin = 0; spin < glass.spinCount; spin += 1) {
        vectors.align(spin, spin + 1);
        const after = relaxed(glass, vectors, lane);
        expect(after - before).toBeLessThanOrEqual(1e-6 * scale);
        before = after;
        expect(Math.hypot(vectors.x(lane, spin), vectors.y(lane, spin))).toBeCloseTo(1, 5);
      }
    }
  });

  test("rounding finds the best of all lines through the origin", () => {
    const vectors = scattered("generated", 3);
    const planes = new HalfPlanes(glass);
    for (let lane = 0; lane < UnitVectors.laneCount; lane += 1) {
      vectors.align(0, glass.spinCount);
      const found = energy(glass, planes.round(vectors, lane));
      expect(found).toBeLessThanOrEqual(bestOfLines(glass, vectors, lane));
    }
  });

  test("the ancilla says what the biases said", () => {
    const random = randomStream(5);
    const spins = Int8Array.from({ length: given.spinCount }, () => 2 * random.below(2) - 1);
    const extended = glass === given ? spins : Int8Array.from([...spins, 1]);
    expect(energy(glass, extended)).toBe(energy(given, spins));
    expect(
      energy(
        glass,
        extended.map((spin) => -spin),
      ),
    ).toBe(energy(glass, extended));
  });
});

/** The objective of the relaxation. */
function relaxed({ spinCount, ...rows }: SpinGlass, vectors: UnitVectors, lane: number): number {
  let sum = 0;
  for (let spin = 0; spin < spinCount; spin += 1) {
    for (let entry = rows.starts[spin]; entry < rows.starts[spin + 1]; entry += 1) {
      const other = rows.neighbours[entry];
      const product =
        vectors.x(lane, spin) * vectors.x(lane, other) +
        vectors.y(lane, spin) * vectors.y(lane, other);
      sum += (rows.couplings[entry] * product) / 2;
    }
  }
  return sum;
}

/** By trying a line just after every vector, and one anywhere. */
function bestOfLines(glass: SpinGlass, vectors: UnitVectors, lane: number): number {
  const spins = Array.from({ length: glass.spinCount }, (_, spin) => spin);
  const angles = spins.map((spin) => Math.atan2(vectors.y(lane, spin), vectors.x(lane, spin)));
  const lines = [0.1, ...angles.map((angle) => angle + 1e-7)];
  return lines.reduce((best, line) => {
    const sides = angles.map((angle) => (Math.sin(angle - line) >= 0 ? 1 : -1));
    return Math.min(best, energy(glass, sides));
  }, Number.POSITIVE_INFINITY);
}

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

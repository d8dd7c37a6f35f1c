/**
 * Layers that stop and layers on nothing, widths of mixers, starts, and the angle tables against
 * the ratios that their authors give. Whole circuits are held against a dense simulation in
 * test/qaoa.
 */
import { existsSync, readFileSync } from "node:fs";
import { describe, expect, test } from "vitest";
import { randomStream } from "#foundation";
import { cqmToBqm, ProblemAssembly } from "#problem";
import { anglesOf, FIXED_LAYERS_MAX, scaleOf } from "./angles/angles.ts";
import { costsOf, energiesOf } from "./energies.ts";
import { type FinalState, runLayers } from "./layers.ts";
import { mixingsOf } from "./mixers.ts";
import { type Mixer as AnyMixer, qubitsOnly, type Site } from "./sites.ts";
import { startsOf } from "./starts.ts";

type Mixer = Exclude<AnyMixer, "grover">;

function run(
  sites: readonly Site[],
  mixer: AnyMixer,
  energies: Float64Array,
  angles: { readonly gammas: readonly number[]; readonly betas: readonly number[] },
): FinalState {
  const starts = startsOf(sites, undefined, 0.5);
  const final = runLayers({ sites, starts, costs: costsOf(energies), mixer }, angles, () => false);
  if (final === undefined) throw new Error("nothing stopped it");
  return final;
}

describe("layers", () => {
  test("stops between layers when told to", () => {
    const sites = qubitsOnly(2);
    const starts = startsOf(sites, undefined, 0.5);
    const ansatz = { sites, starts, costs: costsOf(new Float64Array(4)), mixer: "x" } as const;
    const angles = anglesOf("ramp", 3, 1);
    let asked = 0;
    expect(runLayers(ansatz, angles, () => ++asked === 2)).toBeUndefined();
    expect(asked).toBe(2);
  });

  test("has one state where nothing is left to choose", () => {
    const final = run([], "complete", Float64Array.of(7), anglesOf("ramp", 2, 0));
    expect(final.meanEnergy).toBeCloseTo(7, 12);
    expect(final.sample(5, randomStream(1))).toEqual({
      outcomes: Int32Array.of(0),
      counts: Int32Array.of(5),
    });
  });
});

describe("startsOf", () => {
  const group: Site = { bits: [0, 1, 2], options: [[0], [1], [2]], ones: 1 };
  const chances = (known: readonly number[], epsilon: number) =>
    startsOf([group], Int8Array.from(known), epsilon)[0].map((x) => x * x);
  test.each<readonly [string, readonly number[], number, readonly number[]]>([
    ["at the incumbent", [0, 1, 0], 0, [0, 1, 0]],
    ["half way", [0, 1, 0], 0.25, [1 / 6, 2 / 3, 1 / 6]],
    ["uniform", [0, 1, 0], 0.5, [1 / 3, 1 / 3, 1 / 3]],
    ["uniform where the incumbent breaks the row", [0, 1, 1], 0, [1 / 3, 1 / 3, 1 / 3]],
    ["uniform where a bit is unknown", [0, -1, 0], 0, [1 / 3, 1 / 3, 1 / 3]],
  ])("%s", (_, known, epsilon, expected) => {
    for (const [option, chance] of chances(known, epsilon).entries()) {
      expect(chance).toBeCloseTo(expected[option], 14);
    }
  });
});

describe("mixingsOf", () => {
  test.each<readonly [remark: string, size: number, ones: number, mixer: Mixer, scale: number]>([
    ["two options are a qubit", 2, 1, "complete", Number.NaN],
    ["every exchange of 5 is there", 5, 1, "complete", Number.NaN],
    ["a ring of 3 is complete", 3, 1, "ring", Number.NaN],
    ["Johnson graph of 2 of 4: eigenvalues 4 and -2", 4, 2, "complete", 2 / 6],
    ["a longer ring: 2 and at least -2", 6, 1, "ring", 2 / 4],
  ])("%s", (_, size, ones, mixer, scale) => {
    const bits = Array.from({ length: size }, (_, bit) => bit);
    const pairs = bits.flatMap((a) => bits.slice(a + 1).map((b) => [a, b]));
    const site = { bits, options: ones === 1 ? bits.map((bit) => [bit]) : pairs, ones };
    const [mixing] = mixingsOf([site], startsOf([site], undefined, 0.5), mixer);
    expect(mixing?.kind === "exchange" ? mixing.scale : Number.NaN).toBe(scale);
  });

  test("leaves a site without a choice alone", () => {
    const site: Site = { bits: [0, 1], options: [[0, 1]], ones: 2 };
    expect(mixingsOf([site], [Float64Array.of(1)], "complete")).toEqual([undefined]);
  });
});

const TABLE = new URL(
  "../../../../shared/fixtures/qaoa/fixed_angles_for_regular_graphs.json",
  import.meta.url,
);

/** The cubic graph of a ring whose vertices have chords by these steps in turn (LCF notation). */
function cubic(vertexCount: number, steps: readonly number[]): readonly (readonly number[])[] {
  const ring = Array.from({ length: vertexCount }, (_, at) => [at, (at + 1) % vertexCount]);
  const chords = Array.from({ length: vertexCount }, (_, at) => {
    const other = (at + steps[at % steps.length] + vertexCount) % vertexCount;
    return [at, other];
  });
  return [...ring, ...chords.filter(([a, b]) => a < b)];
}

describe("fixed angles", () => {
  const graphs: readonly (readonly [string, number, readonly number[], number])[] = [
    ["cube, girth 4", 8, [3, -3], 1],
    ["Heawood graph, girth 6", 14, [5, -5], 1],
    ["Heawood graph, girth 6", 14, [5, -5], 2],
    ["Moebius-Kantor graph, girth 6", 16, [5, -5], 2],
  ];
  const ratios = [0.6924500474, 0.7559062918];

  test.each(graphs)("cut as much of the %s as they promise (%i, %j, p = %i)", (...graph) => {
    const [, vertexCount, steps, layers] = graph;
    const edges = cubic(vertexCount, steps);
    const assembly = new ProblemAssembly("maximise");
    assembly.addVariables(vertexCount);
    for (const [a, b] of edges) {
      assembly.addLinear(a, 1);
      assembly.addLinear(b, 1);
      assembly.addQuadratic(a, b, -2);
    }
    const { problem } = cqmToBqm(assembly.finish());
    const sites = qubitsOnly(vertexCount);
    const energies = energiesOf(problem, sites);
    const angles = anglesOf("fixed", layers, scaleOf(energies, vertexCount));
    const { meanEnergy } = run(sites, "x", energies, angles);
    expect(-meanEnergy / edges.length).toBeCloseTo(ratios[layers - 1], 6);
  });

  // Without the shared fixtures there is nothing to compare with.
  test.skipIf(!existsSync(TABLE))("are those of the shared table, gammas halved", () => {
    const rows: { d: number; p: number; gamma: number[]; beta: number[] }[] = Object.values(
      JSON.parse(readFileSync(TABLE, "utf8")),
    );
    for (let layers = 1; layers <= FIXED_LAYERS_MAX; layers += 1) {
      const row = rows.find(({ d, p }) => d === 3 && p === layers);
      const { gammas, betas } = anglesOf("fixed", layers, Math.sqrt(3 / 8));
      expect(betas).toEqual(row?.beta);
      gammas.forEach((gamma, at) => {
        expect(gamma).toBeCloseTo((row?.gamma[at] ?? Number.NaN) / 2, 8);
      });
    }
  });
});

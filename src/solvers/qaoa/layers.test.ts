/**
 * The circuit against a dense simulation that knows nothing of sites: all 2^n amplitudes, mixers as
 * sums of Pauli products, exponentials as series. And the angle tables against the ratios that
 * their authors give.
 */
import { existsSync, readFileSync } from "node:fs";
import { describe, expect, test } from "vitest";
import { type RandomStream, randomStream } from "#foundation";
import { COMPARISON, cqmToBqm, ProblemAssembly, type QuadraticProblem, verify } from "#problem";
import { anglesOf, FIXED_LAYERS_MAX, scaleOf } from "./angles.ts";
import { costsOf, energiesOf } from "./energies.ts";
import { bitsOfState, formulate } from "./formulation.ts";
import { type FinalState, runLayers } from "./layers.ts";
import { mixerWidth } from "./mixers.ts";
import { type Mixer, qubitsOnly, type Site, stateCount } from "./sites.ts";

interface Amplitudes {
  readonly re: Float64Array;
  readonly im: Float64Array;
}

/** A sum of terms, each of which moves the amplitude of z to `to(z)` where that is not negative. */
interface Mixing {
  readonly angle: number;
  readonly terms: readonly ((z: number) => number)[];
}

const SERIES_STEPS = 4;
const SERIES_TERMS = 20;

/** exp(-i angle sum of terms) on `state`, by its series. */
function evolve(state: Amplitudes, { angle, terms }: Mixing): void {
  for (let step = 0; step < SERIES_STEPS; step += 1) {
    let power: Amplitudes = { re: state.re.slice(), im: state.im.slice() };
    for (let term = 1; term <= SERIES_TERMS; term += 1) {
      const next = { re: new Float64Array(state.re.length), im: new Float64Array(state.re.length) };
      const factor = angle / SERIES_STEPS / term;
      for (const move of terms) {
        for (let z = 0; z < state.re.length; z += 1) {
          const to = move(z);
          if (to < 0) continue;
          next.re[to] += factor * power.im[z];
          next.im[to] -= factor * power.re[z];
        }
      }
      next.re.forEach((x, z) => {
        state.re[z] += x;
        state.im[z] += next.im[z];
      });
      power = next;
    }
  }
}

/** X on a bit. */
function flip(bit: number): (z: number) => number {
  return (z) => z ^ (1 << bit);
}

/** (XX + YY) / 2 on two bits: exchanges 01 and 10. */
function exchange(a: number, b: number): (z: number) => number {
  return (z) => (((z >> a) & 1) === ((z >> b) & 1) ? -1 : z ^ (1 << a) ^ (1 << b));
}

function pairsOf(bits: readonly number[], mixer: Mixer): (readonly [number, number])[] {
  const pairs = bits.flatMap((a, at) => bits.slice(at + 1).map((b) => [a, b] as const));
  if (mixer === "complete") return pairs;
  return pairs.filter(([a, b]) => {
    const apart = bits.indexOf(b) - bits.indexOf(a);
    return apart === 1 || apart === bits.length - 1;
  });
}

/** The mixing of one layer on the bits of the sites. */
function mixingsOf(sites: readonly Site[], mixer: Mixer, beta: number): Mixing[] {
  return sites.map((site) => {
    const angle = (2 * beta) / mixerWidth(site, mixer);
    const pairs = pairsOf(site.bits, mixer);
    if (site.ones === undefined) return { angle, terms: [flip(site.bits[0])] };
    return { angle, terms: pairs.map(([a, b]) => exchange(a, b)) };
  });
}

/** The probability of every z, given the energy of those that may occur. */
function denseProbabilities(
  energies: ReadonlyMap<number, number>,
  bitCount: number,
  layers: readonly { readonly gamma: number; readonly mix: (state: Amplitudes) => void }[],
): Float64Array {
  const state = { re: new Float64Array(2 ** bitCount), im: new Float64Array(2 ** bitCount) };
  for (const z of energies.keys()) state.re[z] = 1 / Math.sqrt(energies.size);
  for (const { gamma, mix } of layers) {
    for (const [z, energy] of energies) {
      const [x, y] = [state.re[z], state.im[z]];
      const [c, s] = [Math.cos(gamma * energy), Math.sin(gamma * energy)];
      state.re[z] = x * c - y * s;
      state.im[z] = x * s + y * c;
    }
    mix(state);
  }
  return state.re.map((x, z) => x * x + state.im[z] ** 2);
}

/** Adds exp(-i 2 beta) - 1 times the projection on the uniform superposition. */
function grover(energies: ReadonlyMap<number, number>, beta: number) {
  return ({ re, im }: Amplitudes) => {
    const mean = { re: 0, im: 0 };
    for (const z of energies.keys()) {
      mean.re += re[z] / energies.size;
      mean.im += im[z] / energies.size;
    }
    const [c, s] = [Math.cos(2 * beta) - 1, -Math.sin(2 * beta)];
    for (const z of energies.keys()) {
      re[z] += c * mean.re - s * mean.im;
      im[z] += c * mean.im + s * mean.re;
    }
  };
}

/** A group of which one is 1, one of which some are, and perhaps a bit of its own. */
function grouped(stream: RandomStream): QuadraticProblem {
  const assembly = new ProblemAssembly(stream.below(2) === 0 ? "minimise" : "maximise");
  const sizes = [2 + stream.below(3), 2 + stream.below(3)];
  const count = sizes[0] + sizes[1] + stream.below(2);
  assembly.addVariables(count);
  for (let second = 0; second < count; second += 1) {
    assembly.addLinear(second, stream.unit() - 0.5);
    for (let first = 0; first < second; first += 1) {
      assembly.addQuadratic(first, second, stream.unit() - 0.5);
    }
  }
  let next = 0;
  for (const size of sizes) {
    const rightSide = next === 0 ? 1 : stream.below(size + 1);
    const row = assembly.addRow({ comparison: COMPARISON.equal, rightSide });
    for (let member = 0; member < size; member += 1) assembly.addRowLinear(row, next++, 1);
  }
  return assembly.finish();
}

function numberOf(values: Int32Array): number {
  return values.reduce((z, value, bit) => z | (value << bit), 0);
}

function run(
  sites: readonly Site[],
  mixer: Mixer,
  energies: Float64Array,
  angles: { readonly gammas: readonly number[]; readonly betas: readonly number[] },
): FinalState {
  const final = runLayers({ sites, costs: costsOf(energies), mixer }, angles, () => false);
  if (final === undefined) throw new Error("nothing stopped it");
  return final;
}

describe("layers", () => {
  test.each(["x", "complete", "ring", "grover"] as const)(
    "200 small problems with mixer %s agree with the dense simulation",
    (mixer) => {
      for (let seed = 0; seed < 200; seed += 1) {
        const stream = randomStream(seed, "dense");
        const problem = grouped(stream);
        const conversion = cqmToBqm(problem);
        const bitCount = conversion.problem.variableCount;
        const sites = formulate(problem, conversion, mixer);
        const angles = {
          gammas: [stream.unit(), stream.unit()],
          betas: [stream.unit(), stream.unit()],
        };
        const final = run(sites, mixer, energiesOf(conversion.problem, sites), angles);
        const states = Array.from({ length: stateCount(sites) }, (_, index) =>
          bitsOfState(sites, bitCount, index),
        );
        const sign = problem.sense === "minimise" ? 1 : -1;
        const energies = new Map(
          states.map((bits) => {
            const penalised = verify(conversion.problem, bits).objective;
            const own = sign * verify(problem, conversion.lift(bits)).objective;
            return [numberOf(bits.values), mixer === "x" ? penalised : own];
          }),
        );
        const expected = denseProbabilities(
          energies,
          bitCount,
          angles.gammas.map((gamma, layer) => {
            const mixings = mixingsOf(sites, mixer, angles.betas[layer]);
            const mix = (state: Amplitudes) => {
              for (const mixing of mixings) evolve(state, mixing);
            };
            return { gamma, mix: mixer === "grover" ? grover(energies, angles.betas[layer]) : mix };
          }),
        );
        const got = final.probabilities();
        let mean = 0;
        for (const [index, bits] of states.entries()) {
          const z = numberOf(bits.values);
          expect(Math.abs(got[index] - expected[z]), `seed ${seed}`).toBeLessThan(1e-10);
          mean += expected[z] * (energies.get(z) ?? Number.NaN);
        }
        expect(expected.reduce((sum, one) => sum + one, 0)).toBeCloseTo(1, 9);
        expect(Math.abs(final.meanEnergy - mean), `seed ${seed}`).toBeLessThan(1e-8);
      }
    },
  );

  test("stops between layers when told to", () => {
    const sites = qubitsOnly(2);
    const ansatz = { sites, costs: costsOf(new Float64Array(4)), mixer: "x" } as const;
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

describe("mixerWidth", () => {
  test.each<readonly [remark: string, size: number, ones: number, mixer: Mixer, width: number]>([
    ["two options are a qubit", 2, 1, "complete", 2],
    ["complete graph of 5: 4 and -1", 5, 1, "complete", 5],
    ["Johnson graph of 2 of 4: 4 and -2", 4, 2, "complete", 6],
    ["a ring of 3 is complete", 3, 1, "ring", 3],
    ["a longer ring: 2 and at least -2", 6, 1, "ring", 4],
  ])("%s", (_, size, ones, mixer, width) => {
    const options = Array.from({ length: ones === 1 ? size : 6 }, () => []);
    const bits = Array.from({ length: size }, (_, bit) => bit);
    expect(mixerWidth({ bits, options, ones }, mixer)).toBe(width);
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

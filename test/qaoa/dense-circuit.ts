/**
 * QAOA by the book, for tests and benchmarks: all 2^n amplitudes, mixers as sums of Pauli products
 * or projectors, exponentials as power series. It knows the rows a problem was drawn with, and
 * nothing of how a solver finds or simulates them.
 */
import { type RandomStream, randomStream } from "#foundation";
import { COMPARISON, cqmToBqm, ProblemAssembly, type QuadraticProblem, verify } from "#problem";
import type { QaoaCircuit } from "#solvers";

type Mixer = QaoaCircuit["mixer"];

interface Amplitudes {
  readonly re: Float64Array;
  readonly im: Float64Array;
}

/** Bits of which so many are 1; `undefined` for a bit of its own. */
interface Group {
  readonly bits: readonly number[];
  readonly ones: number | undefined;
}

/** A problem and what a circuit of two layers is to do with it. */
export interface DenseCase {
  readonly problem: QuadraticProblem;
  readonly groups: readonly Group[];
  readonly epsilon: number;
  readonly incumbent: { readonly values: Int32Array };
  readonly angles: { readonly gammas: readonly number[]; readonly betas: readonly number[] };
}

/** A real symmetric operator: where basis state z is sent, and with what weight. */
type Operator = (z: number) => readonly (readonly [to: number, weight: number])[];

/**
 * Draws one: a group of which one is 1, one of which some are, and perhaps a bit of its own; every
 * fourth has no groups.
 */
export function denseCase(seed: number): DenseCase {
  const stream = randomStream(seed, "dense");
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
  const groups: Group[] = [];
  const values = new Int32Array(count);
  let next = 0;
  for (const size of seed % 4 === 3 ? [] : sizes) {
    const bits = Array.from({ length: size }, (_, place) => next + place);
    const ones = next === 0 ? 1 : stream.below(size + 1);
    const row = assembly.addRow({ comparison: COMPARISON.equal, rightSide: ones });
    for (const bit of bits) assembly.addRowLinear(row, bit, 1);
    const shift = stream.below(size);
    for (let one = 0; one < ones; one += 1) values[next + ((shift + one) % size)] = 1;
    groups.push({ bits, ones });
    next += size;
  }
  for (; next < count; next += 1) {
    values[next] = stream.below(2);
    groups.push({ bits: [next], ones: undefined });
  }
  return {
    problem: assembly.finish(),
    groups,
    epsilon: seed % 2 === 0 ? 0.5 : stream.unit() / 2,
    incumbent: { values },
    angles: twoLayers(stream),
  };
}

function twoLayers(stream: RandomStream): DenseCase["angles"] {
  return { gammas: [stream.unit(), stream.unit()], betas: [stream.unit(), stream.unit()] };
}

/** What the dense simulation says: by z, bit b of the problem's BQM being bit b of z. */
export interface DenseResult {
  readonly probabilities: Float64Array;
  readonly meanEnergy: number;
}

/** Simulates. With mixer X the groups are unknown to the circuit and held by penalties. */
export function denseResult(one: DenseCase, mixer: Mixer): DenseResult {
  const { problem, angles, epsilon } = one;
  const { problem: bqm, lift } = cqmToBqm(problem);
  const groups =
    mixer === "x"
      ? Array.from({ length: bqm.variableCount }, (_, bit) => ({ bits: [bit], ones: undefined }))
      : one.groups;
  const size = 2 ** bqm.variableCount;
  const isIn = (z: number) =>
    groups.every((group) => patternsOf(group).includes(z & maskOf(group)));
  const sign = problem.sense === "minimise" ? 1 : -1;
  const energies = Float64Array.from({ length: size }, (_, z) => {
    const values = Int32Array.from({ length: bqm.variableCount }, (_, bit) => (z >> bit) & 1);
    if (mixer === "x") return verify(bqm, { values }).objective;
    return isIn(z) ? sign * verify(problem, lift({ values })).objective : 0;
  });
  const leaning = groups.map((group) => startOf(group, one.incumbent.values, epsilon));
  const start = energies.map((_, z) =>
    groups.reduce(
      (amplitude, group, at) => amplitude * (leaning[at].get(z & maskOf(group)) ?? 0),
      1,
    ),
  );
  const state = { re: start.slice(), im: new Float64Array(size) };
  for (const [layer, gamma] of angles.gammas.entries()) {
    for (let z = 0; z < size; z += 1) turn(state, z, gamma * energies[z]);
    const beta = angles.betas[layer];
    if (mixer === "grover") reflect(state, start, 2 * beta);
    else
      for (const [at, group] of groups.entries())
        mixGroup(state, { group, mixer, beta }, leaning[at]);
  }
  const probabilities = state.re.map((x, z) => x * x + state.im[z] ** 2);
  const meanEnergy = probabilities.reduce((sum, chance, z) => sum + chance * energies[z], 0);
  return { probabilities, meanEnergy };
}

function maskOf({ bits }: Group): number {
  return bits.reduce((mask, bit) => mask | (1 << bit), 0);
}

/** Every allowed setting of a group's bits, as part of a z. */
function patternsOf({ bits, ones }: Group): readonly number[] {
  return Array.from({ length: 2 ** bits.length }, (_, choice) => choice)
    .filter((choice) => ones === undefined || bitCount(choice) === ones)
    .map((choice) =>
      bits.reduce((pattern, bit, place) => pattern | (((choice >> place) & 1) << bit), 0),
    );
}

/** Amplitudes by pattern: the incumbent's with probability 1 - 2 epsilon (m - 1) / m. */
function startOf(group: Group, incumbent: Int32Array, epsilon: number): Map<number, number> {
  const patterns = patternsOf(group);
  const m = patterns.length;
  const own = group.bits.reduce((pattern, bit) => pattern | (incumbent[bit] << bit), 0);
  const elsewhere = (2 * epsilon * (m - 1)) / m;
  return new Map(
    patterns.map((pattern) => {
      const chance = pattern === own ? 1 - elsewhere : elsewhere / (m - 1);
      return [pattern, Math.sqrt(chance)];
    }),
  );
}

interface GroupMixing {
  readonly group: Group;
  readonly mixer: Mixer;
  readonly beta: number;
}

function mixGroup(
  state: Amplitudes,
  { group, mixer, beta }: GroupMixing,
  start: ReadonlyMap<number, number>,
): void {
  const mask = maskOf(group);
  if (mixer === "matching") {
    const operator: Operator = (z) => {
      const own = start.get(z & mask);
      if (own === undefined) return [];
      return [...start].map(([pattern, weight]) => [(z & ~mask) | pattern, own * weight]);
    };
    if (start.size > 1) evolve(state, operator, 2 * beta);
    return;
  }
  if (group.ones === undefined) {
    evolve(state, (z) => [[z ^ mask, 1]], beta);
    return;
  }
  const pairs = pairsOf(group.bits, mixer);
  const width = widthOf(group.bits.length, group.ones, mixer);
  if (width === 0) return;
  const exchanges: Operator = (z) =>
    pairs
      .filter(([a, b]) => ((z >> a) & 1) !== ((z >> b) & 1))
      .map(([a, b]) => [z ^ (1 << a) ^ (1 << b), 1]);
  evolve(state, exchanges, (2 * beta) / width);
}

/** Pairs of bits that exchange: (XX + YY) / 2 on each. */
function pairsOf(bits: readonly number[], mixer: Mixer): (readonly [number, number])[] {
  const pairs = bits.flatMap((a, at) => bits.slice(at + 1).map((b) => [a, b] as const));
  if (mixer === "complete") return pairs;
  return pairs.filter(([a, b]) => b - a === 1 || b - a === bits.length - 1);
}

/**
 * By what beta is divided, times two: how far eigenvalues are apart, of rings an upper bound. Those
 * of all exchanges run from k (n - k) to -k for k of n, k at most half.
 */
function widthOf(size: number, ones: number, mixer: Mixer): number {
  const k = Math.min(ones, size - ones);
  if (mixer === "ring" && size > 3) return 4 * k;
  return k * (size - k) + k;
}

const SERIES_STEPS = 4;
const SERIES_TERMS = 20;

/** exp(-i angle operator) on `state`, by its series. */
function evolve(state: Amplitudes, operator: Operator, angle: number): void {
  for (let step = 0; step < SERIES_STEPS; step += 1) {
    let power: Amplitudes = { re: state.re.slice(), im: state.im.slice() };
    for (let term = 1; term <= SERIES_TERMS; term += 1) {
      const next = { re: new Float64Array(state.re.length), im: new Float64Array(state.re.length) };
      const factor = angle / SERIES_STEPS / term;
      for (let z = 0; z < state.re.length; z += 1) {
        if (power.re[z] === 0 && power.im[z] === 0) continue;
        for (const [to, weight] of operator(z)) {
          next.re[to] += factor * weight * power.im[z];
          next.im[to] -= factor * weight * power.re[z];
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

/** Multiplies the amplitude of z by exp(i angle). */
function turn({ re, im }: Amplitudes, z: number, angle: number): void {
  const [x, y] = [re[z], im[z]];
  const [c, s] = [Math.cos(angle), Math.sin(angle)];
  re[z] = x * c - y * s;
  im[z] = x * s + y * c;
}

/** Adds exp(-i angle) - 1 times the part along `start`. */
function reflect({ re, im }: Amplitudes, start: Float64Array, angle: number): void {
  const along = { re: 0, im: 0 };
  start.forEach((amplitude, z) => {
    along.re += amplitude * re[z];
    along.im += amplitude * im[z];
  });
  const [c, s] = [Math.cos(angle) - 1, -Math.sin(angle)];
  start.forEach((amplitude, z) => {
    re[z] += amplitude * (c * along.re - s * along.im);
    im[z] += amplitude * (c * along.im + s * along.re);
  });
}

function bitCount(value: number): number {
  return value === 0 ? 0 : (value & 1) + bitCount(value >> 1);
}

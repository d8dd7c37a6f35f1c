/**
 * Recursive QAOA (S. Bravyi, A. Kliesch, R. Koenig and E. Tang, Physical Review Letters 125, 2020):
 * one layer of the circuit says which spin or pair is most certain, that one is fixed as it says,
 * and the circuit is asked again about what is left, until few enough are left to try them all.
 */
import type { Ising } from "#annealer";
import { bestBeta, correlationsAt, type LayerMeans, layerMeans } from "./correlations.ts";
import { SpinModel, type Tie } from "./spin-model.ts";

/** So few spins are tried one setting after the other. */
const TRIED_MAX = 10;

/** Gammas tried first, and about the last one, in units of one over the size of a spin's terms. */
const GAMMAS_FIRST: readonly number[] = Object.freeze(
  Array.from({ length: 12 }, (_, step) => 0.1 * (step + 1)),
);
const GAMMAS_NEAR: readonly number[] = Object.freeze([0.85, 1, 1.18]);

/** Terms looked at per unit of work. */
const TERMS_PER_UNIT = 16;

/** Where the recursion ended. */
export interface Recursion {
  /** -1 or 1 each. */
  readonly spins: Int32Array;
  /** Spins that the circuit fixed. */
  readonly fixed: number;
  /** The least certain of what was fixed: the absolute mean it had. */
  readonly certaintyMin: number;
}

/** Runs it; `undefined` once `tick` says to stop. */
export function recurse(ising: Ising, tick: (work: number) => boolean): Recursion | undefined {
  const model = spinModelOf(ising);
  let near: number | undefined;
  let certaintyMin = 1;
  let fixed = 0;
  while (model.left.length > TRIED_MAX) {
    const candidates =
      near === undefined ? GAMMAS_FIRST : GAMMAS_NEAR.map((by) => by * (near ?? 1));
    const found = bestLayer(model, candidates, tick);
    if (found === undefined) return undefined;
    const { means, beta } = found;
    near = found.factor;
    const { tie, certainty } = mostCertain(model, means, beta);
    certaintyMin = Math.min(certaintyMin, certainty);
    model.tie(tie);
    fixed += 1;
  }
  if (tick(1 << model.left.length)) return undefined;
  return { spins: model.complete(leastOfAll(model)), fixed, certaintyMin };
}

function spinModelOf({ spinCount, fields, firsts, seconds, couplings }: Ising): SpinModel {
  const dense = new Float64Array(spinCount * spinCount);
  for (let pair = 0; pair < couplings.length; pair += 1) {
    dense[firsts[pair] * spinCount + seconds[pair]] += couplings[pair];
    dense[seconds[pair] * spinCount + firsts[pair]] += couplings[pair];
  }
  return new SpinModel(fields, dense);
}

interface Layer {
  readonly factor: number;
  readonly means: LayerMeans;
  readonly beta: number;
}

function bestLayer(
  model: SpinModel,
  factors: readonly number[],
  tick: (work: number) => boolean,
): Layer | undefined {
  const unit = 1 / (sizeOfTerms(model) || 1);
  const count = model.left.length;
  let best: (Layer & { readonly energy: number }) | undefined;
  for (const factor of factors) {
    const rowWork = Math.ceil((count * count) / TERMS_PER_UNIT);
    const means = layerMeans(model, factor * unit, () => tick(rowWork));
    if (means === undefined) return undefined;
    const { beta, energy } = bestBeta(model, means);
    if (best === undefined || energy < best.energy) best = { factor, means, beta, energy };
  }
  return best;
}

/** The root mean square, over spins, of the length of a spin's field and couplings. */
function sizeOfTerms({ size, fields, couplings, left }: SpinModel): number {
  let sum = 0;
  for (const spin of left) {
    sum += fields[spin] * fields[spin];
    for (const other of left) {
      const coupling = couplings[spin * size + other];
      sum += coupling * coupling;
    }
  }
  return Math.sqrt(sum / left.length);
}

/** The spin or pair whose mean is furthest from 0; of equals the first, spins before pairs. */
function mostCertain(model: SpinModel, means: LayerMeans, beta: number) {
  const { spins, pairs } = correlationsAt(means, beta);
  let tie: Tie = { spin: model.left[0], leader: -1, sign: 1 };
  let certainty = 0;
  for (const spin of model.left) {
    if (Math.abs(spins[spin]) <= certainty) continue;
    certainty = Math.abs(spins[spin]);
    tie = { spin, leader: -1, sign: spins[spin] < 0 ? -1 : 1 };
  }
  for (const [at, { first, second }] of means.pairs.entries()) {
    if (Math.abs(pairs[at]) <= certainty) continue;
    certainty = Math.abs(pairs[at]);
    tie = { spin: second, leader: first, sign: pairs[at] < 0 ? -1 : 1 };
  }
  return { tie, certainty };
}

/** The best setting of the spins that are left. */
function leastOfAll({ size, fields, couplings, left }: SpinModel): Int32Array {
  let best = new Int32Array(size).fill(1);
  let least = Number.POSITIVE_INFINITY;
  for (let setting = 0; setting < 1 << left.length; setting += 1) {
    const values = new Int32Array(size).fill(1);
    for (const [place, spin] of left.entries()) values[spin] = 2 * ((setting >> place) & 1) - 1;
    let energy = 0;
    for (const [place, spin] of left.entries()) {
      energy += fields[spin] * values[spin];
      for (const other of left.slice(0, place)) {
        energy += couplings[spin * size + other] * values[spin] * values[other];
      }
    }
    if (energy < least) [least, best] = [energy, values];
  }
  return best;
}

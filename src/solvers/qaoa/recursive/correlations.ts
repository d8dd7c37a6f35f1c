/**
 * What one layer of QAOA gives on spins with fields and couplings, in closed form: no state is
 * simulated, so hundreds of spins will do (A. Ozaeta, W. van Dam and P. McMahon, "Expectation
 * values from the single-layer quantum approximate optimization algorithm on Ising problems",
 * Quantum Science and Technology 7, 2022).
 */
import { cosineAndSine } from "#kernels";
import type { SpinModel } from "./spin-model.ts";

/** Parts of the means that one gamma fixes; beta enters by three factors. */
export interface LayerMeans {
  /** <Z_i> is this times sin 2 beta. */
  readonly single: Float64Array;
  /** For each pair that interacts, <Z_i Z_j> is `slow` times sin 4 beta / 2 plus... */
  readonly pairs: readonly { readonly first: number; readonly second: number }[];
  readonly slow: Float64Array;
  /** ...this times (sin 2 beta)^2 / 2. */
  readonly fast: Float64Array;
}

/**
 * The parts of the means at `gamma`, phases being exp(i gamma energy) as everywhere here. Indices
 * are spins of the model. `isStopped` is asked spin by spin; `undefined` once it says so.
 */
export function layerMeans(
  model: SpinModel,
  gamma: number,
  isStopped: () => boolean,
): LayerMeans | undefined {
  const { size, fields, couplings, left } = model;
  const cosines = new Float64Array(size * size);
  const sines = new Float64Array(size * size);
  const own = fields.map(() => 0);
  const single = new Float64Array(size);
  for (const i of left) {
    for (const k of left) {
      const { cosine, sine } = cosineAndSine(2 * gamma * couplings[i * size + k]);
      cosines[i * size + k] = cosine;
      sines[i * size + k] = sine;
    }
  }
  for (const i of left) {
    const { cosine, sine } = cosineAndSine(2 * gamma * fields[i]);
    own[i] = cosine;
    single[i] = left.reduce((product, k) => product * cosines[i * size + k], -sine);
  }
  const pairs = left.flatMap((first) =>
    left
      .filter((second) => second > first && couplings[first * size + second] !== 0)
      .map((second) => ({ first, second })),
  );
  const slow = new Float64Array(pairs.length);
  const fast = new Float64Array(pairs.length);
  const others = Int32Array.from(left);
  let asked = -1;
  for (const [at, { first, second }] of pairs.entries()) {
    if (first !== asked && isStopped()) return undefined;
    asked = first;
    const a = first * size;
    const b = second * size;
    let alone = own[first];
    let other = own[second];
    let sum = 1;
    let difference = 1;
    for (let place = 0; place < others.length; place += 1) {
      const k = others[place];
      if (k === first || k === second) continue;
      const both = cosines[a + k] * cosines[b + k];
      const turned = sines[a + k] * sines[b + k];
      alone *= cosines[a + k];
      other *= cosines[b + k];
      sum *= both - turned;
      difference *= both + turned;
    }
    slow[at] = -sines[a + second] * (alone + other);
    sum *= cosineAndSine(2 * gamma * (fields[first] + fields[second])).cosine;
    difference *= cosineAndSine(2 * gamma * (fields[first] - fields[second])).cosine;
    fast[at] = difference - sum;
  }
  return { single, pairs, slow, fast };
}

/** Betas tried: the energy is a sum of three waves in beta. */
const BETAS = 64;

/** The beta of least mean energy, to a 64th of its period, and that energy but for a constant. */
export function bestBeta(
  { size, fields, couplings, left }: SpinModel,
  { single, pairs, slow, fast }: LayerMeans,
): { readonly beta: number; readonly energy: number } {
  const waves = { once: 0, twice: 0, square: 0 };
  for (const spin of left) waves.once += fields[spin] * single[spin];
  for (const [at, { first, second }] of pairs.entries()) {
    const coupling = couplings[first * size + second];
    waves.twice += coupling * slow[at];
    waves.square += coupling * fast[at];
  }
  let best = { beta: 0, energy: 0 };
  for (let step = 1; step < BETAS; step += 1) {
    const beta = (step * Math.PI) / BETAS;
    const { once, twice, square } = factorsOf(beta);
    const energy = waves.once * once + waves.twice * twice + waves.square * square;
    if (energy < best.energy) best = { beta, energy };
  }
  return best;
}

/** The mean of each spin and of each pair's product at `beta`. */
export function correlationsAt({ single, slow, fast }: LayerMeans, beta: number) {
  const { once, twice, square } = factorsOf(beta);
  return {
    spins: single.map((mean) => mean * once),
    pairs: slow.map((mean, at) => mean * twice + fast[at] * square),
  };
}

/** sin 2 beta, sin 4 beta / 2, (sin 2 beta)^2 / 2. */
function factorsOf(beta: number) {
  const { cosine, sine } = cosineAndSine(2 * beta);
  return { once: sine, twice: sine * cosine, square: (sine * sine) / 2 };
}

/**
 * The variational quantum eigensolver (A. Peruzzo et al., Nature Communications 5, 2014): angles of
 * an ansatz for which the mean of a sum of Pauli products is least.
 */
import type { Circuit } from "#circuit";
import { randomStream } from "#foundation";
import { type Minimum, nelderMead, type PauliTerm, quasiNewton, spsa } from "#kernels";
import { AnsatzEnergy } from "./energy.ts";

/** How to choose angles, and how long. */
export interface EnergyOptions {
  /** Exact gradients backwards through the circuit, or as a device gets them, or values alone. */
  readonly method: "gradients" | "parameter-shift" | "nelder-mead" | "spsa";
  readonly evaluationsMax: number;
  readonly seed: number;
  /** Asked before each evaluation. */
  readonly isStopped?: (() => boolean) | undefined;
}

/** Angles by symbol, and the mean they reach. */
export interface LeastEnergy {
  readonly angles: Readonly<Record<string, number>>;
  readonly value: number;
  readonly evaluations: number;
}

/** Radians: first steps, looks to either side, and how far starts are from where they lean to. */
const STEP = 0.3;
const PERTURBATION = 0.1;
const START_WIDTH = 0.2;

/**
 * Minimises from angles near 0, but for those of the first RY of each qubit, which are near a
 * quarter turn: the even superposition, slightly disturbed.
 */
export function minimiseEnergy(
  ansatz: Circuit,
  terms: readonly PauliTerm[],
  { method, evaluationsMax, seed, isStopped }: EnergyOptions,
): LeastEnergy {
  const energy = new AnsatzEnergy(ansatz, terms);
  const stream = randomStream(seed, "vqe");
  const start = Float64Array.from(energy.symbols, (name) => {
    const lean = name.startsWith("ry_0_") ? Math.PI / 2 : 0;
    return lean + START_WIDTH * (stream.unit() - 0.5);
  });
  const limits = { evaluationsMax, isStopped, step: STEP };
  const mean = (point: Float64Array) => energy.mean(point);
  let found: Minimum;
  if (method === "nelder-mead") found = nelderMead(mean, start, limits);
  else if (method === "spsa") {
    found = spsa(mean, start, { ...limits, perturbation: PERTURBATION, stream });
  } else {
    const slope = (point: Float64Array) =>
      method === "gradients" ? energy.slope(point) : energy.shiftedSlope(point);
    found = quasiNewton(slope, start, limits);
  }
  const { point, value, evaluations } = found;
  const angles = Object.fromEntries(energy.symbols.map((name, at) => [name, point[at]]));
  return { angles, value, evaluations };
}

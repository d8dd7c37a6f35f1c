/**
 * The circuit of QAOA, run: a start, then layers of phases by energy and of a mixer (E. Farhi et
 * al., 2014; S. Hadfield et al., Algorithms 12, 2019). Qubits alone run on the state-vector engine,
 * anything with groups in the space of its options.
 */
import type { RandomStream } from "#foundation";
import {
  type Costs,
  cosineAndSine,
  expectedCost,
  mixingMatrix,
  ProductState,
  probabilities,
  type Samples,
  type StateOperation,
  StateVector,
  sample,
} from "#kernels";
import type { Angles } from "./angles/angles.ts";
import { mixingsOf, type SiteMixing } from "./mixers.ts";
import type { Mixer, Site } from "./sites.ts";

/** What runs: sites, what they begin with, their energies, and how they mix. */
export interface Ansatz {
  readonly sites: readonly Site[];
  readonly starts: readonly Float64Array[];
  readonly costs: Costs;
  readonly mixer: Mixer;
}

/** The state a circuit ends in. */
export interface FinalState {
  readonly meanEnergy: number;
  /** The probability of each basis state. */
  probabilities(): Float64Array;
  /** Outcomes are indices of basis states in mixed radix, site 0 least significant. */
  sample(shots: number, stream: RandomStream): Samples;
}

/** Told how many times the states are gone through next; true once there is to be no more. */
export type Spend = (sweeps: number) => boolean;

/** Runs the layers; `undefined` once `spend` says to stop. */
export function runLayers(ansatz: Ansatz, angles: Angles, spend: Spend): FinalState | undefined {
  const { sites, starts, costs, mixer } = ansatz;
  const isQubits = sites.every(({ ones }) => ones === undefined);
  if (isQubits && mixer !== "grover" && sites.length > 0) {
    return runOnQubits(ansatz, angles, spend);
  }
  const state = new ProductState(starts, costs);
  const mixings = mixer === "grover" ? [] : mixingsOf(sites, starts, mixer);
  for (const [layer, gamma] of angles.gammas.entries()) {
    if (spend(1)) return undefined;
    state.applyCosts(-gamma);
    const beta = angles.betas[layer];
    if (mixer === "grover") {
      if (spend(1)) return undefined;
      state.mixStart(2 * beta);
    }
    for (const [site, mixing] of mixings.entries()) {
      if (spend(1)) return undefined;
      mixSite(state, site, mixing, beta);
    }
  }
  return {
    meanEnergy: state.expectedCost(),
    probabilities: () => state.re.map((x, z) => x * x + state.im[z] * state.im[z]),
    sample: (shots, stream) => state.sample(shots, stream),
  };
}

/** One site's mixer. */
function mixSite(
  state: ProductState,
  site: number,
  mixing: SiteMixing | undefined,
  beta: number,
): void {
  if (mixing === undefined) return;
  if (mixing.kind === "projector") {
    state.mixProjector(site, mixing.amplitudes, 2 * beta);
    return;
  }
  const { adjacency, scale } = mixing;
  const size = Math.round(Math.sqrt(adjacency.length));
  state.mixMatrix(site, mixingMatrix(adjacency, size, scale * beta));
}

function runOnQubits(
  { sites, starts, costs, mixer }: Ansatz,
  { gammas, betas }: Angles,
  spend: Spend,
): FinalState | undefined {
  const qubitCount = sites.length;
  const state = new StateVector({ qubitCount, precision: "f64", build: "plain", costs });
  const axes = starts.map((start) => (mixer === "matching" ? start : EVEN));
  state.apply(starts.map((start, target) => unitary(target, rotationTo(start))));
  for (const [layer, gamma] of gammas.entries()) {
    if (spend(qubitCount + 1)) return undefined;
    const mixing = axes.map((axis, target) => unitary(target, partReflection(axis, betas[layer])));
    state.apply([{ kind: "cost", angle: -gamma }, ...mixing]);
  }
  return {
    meanEnergy: expectedCost(state, costs),
    probabilities: () => probabilities(state),
    sample: (shots, stream) => sample(state, shots, stream),
  };
}

const EVEN = Float64Array.of(Math.SQRT1_2, Math.SQRT1_2);

/** From 0 to real amplitudes: a rotation about Y. */
function rotationTo([zero, one]: Float64Array): readonly number[] {
  return [zero, 0, -one, 0, one, 0, zero, 0];
}

/** exp(-i beta (2 |s><s| - 1)): for even amplitudes exp(-i beta X). */
function partReflection([zero, one]: Float64Array, beta: number): readonly number[] {
  const { cosine, sine } = cosineAndSine(beta);
  const [z, x] = [sine * (zero * zero - one * one), sine * 2 * zero * one];
  return [cosine, -z, 0, -x, 0, -x, cosine, z];
}

function unitary(target: number, matrix: readonly number[]): StateOperation {
  return { kind: "unitary1", target, controls: [], matrix };
}

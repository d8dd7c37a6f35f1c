/**
 * The circuit of QAOA, run: uniform superposition, then layers of phases by energy and of a mixer
 * (E. Farhi et al., 2014; S. Hadfield et al., Algorithms 12, 2019). Qubits alone run on the
 * state-vector engine, anything with groups in the space of its options.
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
import type { Angles } from "./angles.ts";
import { adjacencyOf, mixerWidth } from "./mixers.ts";
import type { Mixer, Site } from "./sites.ts";

/** What runs: sites, their energies, and how they mix. */
export interface Ansatz {
  readonly sites: readonly Site[];
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

/**
 * Runs the layers. `isStopped` is asked before each; `undefined` once it says so.
 */
export function runLayers(
  ansatz: Ansatz,
  angles: Angles,
  isStopped: () => boolean,
): FinalState | undefined {
  const isQubits = ansatz.sites.every(({ ones }) => ones === undefined);
  if (isQubits && ansatz.mixer !== "grover" && ansatz.sites.length > 0) {
    return runOnQubits(ansatz, angles, isStopped);
  }
  const state = new ProductState(
    ansatz.sites.map(({ options }) => options.length),
    ansatz.costs,
  );
  for (const [layer, gamma] of angles.gammas.entries()) {
    if (isStopped()) return undefined;
    state.applyCosts(-gamma);
    mix(state, ansatz, angles.betas[layer]);
  }
  return {
    meanEnergy: state.expectedCost(),
    probabilities: () => state.re.map((x, z) => x * x + state.im[z] * state.im[z]),
    sample: (shots, stream) => state.sample(shots, stream),
  };
}

/** One layer of mixers; beta is scaled to the width of each. */
function mix(state: ProductState, { sites, mixer }: Ansatz, beta: number): void {
  if (mixer === "grover") {
    state.mixGrover(2 * beta);
    return;
  }
  sites.forEach((site, index) => {
    const size = site.options.length;
    if (size === 1) return;
    const angle = (2 * beta) / mixerWidth(site, mixer);
    const isComplete = size === site.bits.length && (mixer !== "ring" || size <= 3);
    if (site.ones === undefined || isComplete) {
      state.mixComplete(index, angle);
      return;
    }
    const adjacency = adjacencyOf(site, mixer === "ring" ? "ring" : "complete");
    state.mixMatrix(index, mixingMatrix(adjacency, size, angle));
  });
}

function runOnQubits(
  { sites, costs }: Ansatz,
  { gammas, betas }: Angles,
  isStopped: () => boolean,
): FinalState | undefined {
  const qubitCount = sites.length;
  const state = new StateVector({ qubitCount, precision: "f64", build: "plain", costs });
  state.apply(onEach(qubitCount, HADAMARD));
  for (const [layer, gamma] of gammas.entries()) {
    if (isStopped()) return undefined;
    const { cosine, sine } = cosineAndSine(betas[layer]);
    const matrix = [cosine, 0, 0, -sine, 0, -sine, cosine, 0];
    state.apply([{ kind: "cost", angle: -gamma }, ...onEach(qubitCount, matrix)]);
  }
  return {
    meanEnergy: expectedCost(state, costs),
    probabilities: () => probabilities(state),
    sample: (shots, stream) => sample(state, shots, stream),
  };
}

const HADAMARD: readonly number[] = Object.freeze(
  [1, 0, 1, 0, 1, 0, -1, 0].map((entry) => entry * Math.SQRT1_2),
);

function onEach(qubitCount: number, matrix: readonly number[]): StateOperation[] {
  return Array.from({ length: qubitCount }, (_, target) => {
    return { kind: "unitary1", target, controls: [], matrix };
  });
}

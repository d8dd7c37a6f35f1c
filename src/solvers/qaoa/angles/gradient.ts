/**
 * The objective of a circuit and its exact gradient by every angle, for the price of about three
 * runs: the circuit forth, then its state and the observed one back side by side (T. Jones and J.
 * Gacon, "Efficient calculation of gradients in classical simulations of variational quantum
 * algorithms", 2020).
 */
import { mixingMatrix, ProductState } from "#kernels";
import type { Ansatz } from "../layers.ts";
import { mixingsOf } from "../mixers.ts";
import type { Angles } from "./angles.ts";
import { type CircuitObjective, readObjective } from "./objective.ts";

/** A circuit, and what is asked of it. */
export interface Differentiable {
  readonly ansatz: Ansatz;
  readonly energies: Float64Array;
  /** States by rising energy. */
  readonly order: Int32Array;
  readonly objective: CircuitObjective;
}

/** The objective, and how it changes with each angle. */
export interface AngleSlope extends Angles {
  readonly value: number;
}

/** One layer's mixers on a state, and their generator between two. */
interface LayerMixer {
  apply(state: ProductState, beta: number): void;
  /** Im <bra| generator |ket>. */
  overlap(bra: ProductState, ket: ProductState): number;
}

/** The slope at `angles`; its gammas and betas are derivatives by those. */
export function angleSlope(
  { ansatz, energies, order, objective }: Differentiable,
  { gammas, betas }: Angles,
): AngleSlope {
  const mixer = layerMixer(ansatz);
  const ket = new ProductState(ansatz.starts, ansatz.costs);
  for (const [layer, gamma] of gammas.entries()) {
    ket.applyCosts(-gamma);
    mixer.apply(ket, betas[layer]);
  }
  const probabilities = ket.re.map((x, z) => x * x + ket.im[z] * ket.im[z]);
  const { value, observable } = readObjective(objective, probabilities, energies, order);
  const bra = new ProductState(ansatz.starts, ansatz.costs);
  bra.re.set(ket.re);
  bra.im.set(ket.im);
  bra.observe(observable);
  const slope = { gammas: [...gammas], betas: [...betas] };
  for (let layer = gammas.length - 1; layer >= 0; layer -= 1) {
    slope.betas[layer] = 2 * mixer.overlap(bra, ket);
    for (const state of [ket, bra]) mixer.apply(state, -betas[layer]);
    slope.gammas[layer] = -2 * ket.costOverlap(bra);
    for (const state of [ket, bra]) state.applyCosts(gammas[layer]);
  }
  return { value, ...slope };
}

function layerMixer({ sites, starts, mixer }: Ansatz): LayerMixer {
  if (mixer === "grover") {
    return {
      apply: (state, beta) => state.mixStart(2 * beta),
      overlap: (bra, ket) => 2 * ket.startOverlap(bra),
    };
  }
  const mixings = mixingsOf(sites, starts, mixer).flatMap((mixing, site) =>
    mixing === undefined ? [] : [{ ...mixing, site }],
  );
  return {
    apply: (state, beta) => {
      for (const mixing of mixings) {
        if (mixing.kind === "projector") {
          state.mixProjector(mixing.site, mixing.amplitudes, 2 * beta);
          continue;
        }
        const size = sites[mixing.site].options.length;
        const matrix = mixingMatrix(mixing.adjacency, size, mixing.scale * beta);
        state.mixMatrix(mixing.site, matrix);
      }
    },
    overlap: (bra, ket) =>
      mixings.reduce((sum, mixing) => {
        const { site } = mixing;
        const part =
          mixing.kind === "projector"
            ? 2 * ket.projectorOverlap(bra, site, mixing.amplitudes)
            : mixing.scale * ket.matrixOverlap(bra, site, mixing.adjacency);
        return sum + part;
      }, 0),
  };
}

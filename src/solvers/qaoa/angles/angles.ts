/**
 * Angles that need no optimisation: fixed ones that hold for whole families of graphs, those that
 * were best on other problems, and a linear ramp. All in one convention: gain, the energy negated,
 * is to be made great by layers of exp(-i gamma gain) and exp(-i beta X), beginning in the uniform
 * superposition. For maximum cut the gain of an edge is (1 - ZZ) / 2.
 */

/** One gamma and one beta per layer, in radians. */
export interface Angles {
  readonly gammas: readonly number[];
  readonly betas: readonly number[];
}

/** Where angles come from. */
export type Schedule = "fixed" | "ramp" | "transferred";

/**
 * Angles for maximum cut on 3-regular graphs, by number of layers (J. Wurtz and D. Lykov, Physical
 * Review A 104, 2021, table of the fixed-angle conjecture). Their table gives twice these gammas.
 */
const FIXED: readonly Angles[] = Object.freeze([
  { gammas: [0.6155336291], betas: [0.3926720292] },
  { gammas: [0.4877097327, 0.8979876956], betas: [0.5550603401, 0.2925078148] },
  {
    gammas: [0.4220840819, 0.7984127541, 0.9370887965],
    betas: [0.60875726, 0.459275309, 0.2353956226],
  },
  {
    gammas: [0.4087638452, 0.7805849643, 0.9877281203, 1.1563136755],
    betas: [0.5995654665, 0.4344182508, 0.2969500149, 0.1590668373],
  },
  {
    gammas: [0.359589407, 0.7065726026, 0.8225565476, 1.0047548949, 1.1542745818],
    betas: [0.6318520294, 0.5226524412, 0.389742061, 0.2754121639, 0.1491700496],
  },
]);

/**
 * Medians of what is best on random problems with and without groups, by number of layers, at a
 * scale of 1: printed by `npx node bench/quantum/choose-angles.ts`.
 */
const CHOSEN: readonly Angles[] = Object.freeze([
  { gammas: [0.5389], betas: [0.5771] },
  { gammas: [0.4021, 0.6466], betas: [0.7189, 0.4269] },
  { gammas: [0.3163, 0.5748, 0.7849], betas: [0.7763, 0.5886, 0.3] },
  { gammas: [0.2794, 0.4963, 0.6769, 0.7989], betas: [0.7907, 0.6448, 0.4158, 0.2305] },
  {
    gammas: [0.2361, 0.4428, 0.5918, 0.6834, 0.7798],
    betas: [0.8083, 0.6723, 0.4777, 0.3261, 0.2065],
  },
]);

/** Energy of a 3-regular graph per root of a vertex: sqrt(3 / 8), as a deviation. */
const FIXED_SCALE = Math.sqrt(0.375);

/**
 * Ends of the ramp, on problems whose deviation per root of a site is 1. Of 15 pairs the best or
 * near it on random problems with and without groups, at 5 layers.
 */
const RAMP_GAMMA = 0.9;
const RAMP_BETA = 0.9;

/** The most layers that have fixed angles. */
export const FIXED_LAYERS_MAX = FIXED.length;

/**
 * Angles for a problem of this `scale`. Gammas shrink as energies grow: transfer between problems
 * by the size of their weights (R. Shaydulin et al., ACM Transactions on Quantum Computing 4,
 * 2023).
 */
export function anglesOf(schedule: Schedule, layers: number, scale: number): Angles {
  const perScale = scale > 0 ? 1 / scale : 0;
  if (schedule === "fixed") {
    const { gammas, betas } = FIXED[layers - 1];
    return { gammas: gammas.map((gamma) => gamma * FIXED_SCALE * perScale), betas };
  }
  if (schedule === "transferred") {
    const { gammas, betas } = chosenFor(layers);
    return { gammas: gammas.map((gamma) => gamma * perScale), betas };
  }
  const steps = Array.from({ length: layers }, (_, layer) => (layer + 1) / layers);
  return {
    gammas: steps.map((share) => RAMP_GAMMA * share * perScale),
    betas: steps.map((share) => RAMP_BETA * (1 + 1 / layers - share)),
  };
}

/**
 * The chosen angles; for more layers than they have, those of the most, stretched (L. Zhou et al.,
 * Physical Review X 10, 2020).
 */
function chosenFor(layers: number): Angles {
  if (layers === 0) return { gammas: [], betas: [] };
  if (layers <= CHOSEN.length) return CHOSEN[layers - 1];
  const most = CHOSEN[CHOSEN.length - 1];
  const stretched = (angles: readonly number[]) =>
    Array.from({ length: layers }, (_, layer) => {
      const place = (layer * (angles.length - 1)) / (layers - 1);
      const before = Math.min(Math.floor(place), angles.length - 2);
      return angles[before] + (place - before) * (angles[before + 1] - angles[before]);
    });
  return { gammas: stretched(most.gammas), betas: stretched(most.betas) };
}

/** `angles` of a problem of one scale, for a problem of another. */
export function transferred({ gammas, betas }: Angles, from: number, to: number): Angles {
  const factor = to > 0 ? from / to : 0;
  return { gammas: gammas.map((gamma) => gamma * factor), betas };
}

/** The standard deviation of the energies of all basis states, per root of a site. */
export function scaleOf(energies: Float64Array, siteCount: number): number {
  const mean = energies.reduce((sum, energy) => sum + energy, 0) / energies.length;
  const square = energies.reduce((sum, energy) => sum + (energy - mean) * (energy - mean), 0);
  return Math.sqrt(square / energies.length / Math.max(1, siteCount));
}

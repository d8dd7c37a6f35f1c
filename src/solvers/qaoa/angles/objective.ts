/**
 * What angles are chosen for: the mean energy, or the mean of its best share (P. Barkoutsos et al.,
 * "Improving variational quantum optimization using CVaR", Quantum 4, 2020).
 */

/** What is to be small. */
export type CircuitObjective =
  | { readonly kind: "mean" }
  /** The conditional value at risk: the mean of the least energies that make up `share` in all. */
  | { readonly kind: "cvar"; readonly share: number };

/** The objective's value, and a diagonal observable whose mean changes as it does. */
export interface ObjectiveReading {
  readonly value: number;
  readonly observable: Float64Array;
}

/** States by rising energy. */
export function risingOrder(energies: Float64Array): Int32Array {
  return Int32Array.from(energies, (_, z) => z).sort((a, b) => energies[a] - energies[b]);
}

/**
 * Reads the objective off a distribution. The best share is max over t of t - mean((t - E)+) /
 * share, reached at its own end, so the observable there, -(t - E)+ / share, has its gradient (R.
 * Rockafellar and S. Uryasev, Journal of Risk 2, 2000).
 */
export function readObjective(
  objective: CircuitObjective,
  probabilities: Float64Array,
  energies: Float64Array,
  order: Int32Array,
): ObjectiveReading {
  if (objective.kind === "mean") {
    const value = energies.reduce((sum, energy, z) => sum + energy * probabilities[z], 0);
    return { value, observable: energies };
  }
  const { share } = objective;
  let mass = 0;
  let last = 0;
  for (; last < order.length - 1; last += 1) {
    mass += probabilities[order[last]];
    if (mass >= share) break;
  }
  const end = energies[order[last]];
  const observable = energies.map((energy) => Math.min(0, energy - end) / share);
  const below = observable.reduce((sum, worth, z) => sum + worth * probabilities[z], 0);
  return { value: end + below, observable };
}

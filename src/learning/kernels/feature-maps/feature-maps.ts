/**
 * Feature maps: circuits that write a row of numbers into a quantum state. The maps with entangling
 * gates are the ones quantum kernels are usually built with; *separable* is the first of them
 * without its pair terms, to show what the entanglement is good for.
 *
 * Sources: ZZ: V. Havlicek et al., Nature 567 (2019), with the phases Qiskit's `ZZFeatureMap`
 * applies; IQP: the same with products of features, as in J. Bowles et al., arXiv:2403.07059;
 * Hamiltonian: H.-Y. Huang et al., Nature Communications 12 (2021), a Heisenberg chain; bandwidth:
 * R. Shaydulin and S. Wild, Physical Review A 106 (2022).
 */
import { assert, type RandomStream, unreachable } from "#foundation";
import type { FeatureMap } from "./feature-map.ts";
import { chainMap } from "./heisenberg-chain.ts";
import { phaseMap } from "./phase-map.ts";

/** The maps there are. */
export const FEATURE_MAPS = Object.freeze(["zz", "iqp", "hamiltonian", "separable"] as const);

/** The name of a map. */
export type FeatureMapName = (typeof FEATURE_MAPS)[number];

/** More qubits make a state of more than 64 KiB a row, and a study of days. */
const FEATURE_QUBITS_MAX = 12;

/** What a map depends on besides the rows. */
export interface FeatureMapOptions {
  readonly map: FeatureMapName;
  /** How many features a row has: 1 to the number of qubits there may be. */
  readonly featureCount: number;
  /** What every feature is multiplied by first, above 0. */
  readonly bandwidth: number;
  /** For the start of the `hamiltonian` map: random, the same for the same stream. */
  readonly random: RandomStream;
}

/** The map of that name. */
export function featureMap(options: FeatureMapOptions): FeatureMap {
  const { map, featureCount, bandwidth, random } = options;
  const qubitCount = qubitsOf(map, featureCount);
  const bound = `1 to ${FEATURE_QUBITS_MAX} qubits`;
  assert(featureCount > 0 && qubitCount <= FEATURE_QUBITS_MAX, `${bound}, got ${qubitCount}`);
  assert(bandwidth > 0, `bandwidth: expected it above 0, got ${bandwidth}`);
  switch (map) {
    case "zz":
      return phaseMap(featureCount, bandwidth, (x, y) => (Math.PI - x) * (Math.PI - y));
    case "iqp":
      return phaseMap(featureCount, bandwidth, (x, y) => x * y);
    case "separable":
      return phaseMap(featureCount, bandwidth, undefined);
    case "hamiltonian":
      return chainMap(featureCount, bandwidth, random.fork("chain"));
    default:
      return unreachable(map);
  }
}

/** How many qubits a map needs: a chain has a link for each feature. */
function qubitsOf(map: FeatureMapName, featureCount: number): number {
  return map === "hamiltonian" ? featureCount + 1 : featureCount;
}

/**
 * Bandwidths that mean the same whatever the number of features.
 */
import { unreachable } from "#foundation";
import type { FeatureMapName } from "#learning";

/**
 * The bandwidth at `featureCount` features that leaves two rows about as far apart as `ofTwo` does
 * at two: where all features turn the same qubit, their sum grows with their number; where each
 * turns its own, with the root of it.
 */
export function bandwidthOf(map: FeatureMapName, ofTwo: number, featureCount: number): number {
  const share = 2 / featureCount;
  switch (map) {
    case "zz":
    case "hamiltonian":
      return ofTwo * share;
    case "iqp":
    case "separable":
      return ofTwo * Math.sqrt(share);
    default:
      return unreachable(map);
  }
}

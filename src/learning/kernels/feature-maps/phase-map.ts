/**
 * Maps of phases: twice a Hadamard gate on each qubit and exp(-i (sum of x_q Z_q + sum over pairs
 * of f(x_p, x_q) Z_p Z_q)). A diagonal is computed once for a row and used in both layers.
 */
import type { FeatureMap } from "./feature-map.ts";
import { hadamards, startAtZero, turnPhases } from "./qubit-state.ts";

const LAYERS = 2;

/** How strongly a pair of features is coupled. */
export type PairPhase = (x: number, y: number) => number;

/** The map of `featureCount` features times `bandwidth`; without `pairPhase`, of no pairs. */
export function phaseMap(
  featureCount: number,
  bandwidth: number,
  pairPhase: PairPhase | undefined,
): FeatureMap {
  const size = 2 ** featureCount;
  const features = new Float64Array(featureCount);
  const phases = new Float64Array(size);
  const cosines = new Float64Array(size);
  const sines = new Float64Array(size);
  const fields = new Float64Array(size);
  return {
    qubitCount: featureCount,
    write: (values, from, into) => {
      for (let at = 0; at < featureCount; at += 1) features[at] = bandwidth * values[from + at];
      writePhases(features, pairPhase, { phases, fields });
      for (let index = 0; index < size; index += 1) {
        cosines[index] = Math.cos(phases[index]);
        sines[index] = -Math.sin(phases[index]);
      }
      startAtZero(into);
      for (let layer = 0; layer < LAYERS; layer += 1) {
        hadamards(into);
        turnPhases(into, cosines, sines);
      }
    },
  };
}

/**
 * Phases of all indices, Z being +1 on a bit that is 0. Qubit by qubit the table doubles: the upper
 * half is the lower half with the terms of the new qubit turned round.
 */
function writePhases(
  features: Float64Array,
  pairPhase: PairPhase | undefined,
  { phases, fields }: { readonly phases: Float64Array; readonly fields: Float64Array },
): void {
  phases[0] = 0;
  for (let qubit = 0; qubit < features.length; qubit += 1) {
    const half = 1 << qubit;
    // What the new qubit feels of each setting of those before it.
    fields[0] = features[qubit];
    for (let other = 0; other < qubit; other += 1) {
      const pull = pairPhase === undefined ? 0 : pairPhase(features[other], features[qubit]);
      const bit = 1 << other;
      for (let index = 0; index < bit; index += 1) {
        fields[index + bit] = fields[index] - pull;
        fields[index] += pull;
      }
    }
    for (let index = 0; index < half; index += 1) {
      phases[index + half] = phases[index] - fields[index];
      phases[index] += fields[index];
    }
  }
}

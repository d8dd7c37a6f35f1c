/**
 * How strongly the qubits of a chain are held together. Too weak and chains break, too strong and
 * the problem drowns in the processor's limited precision.
 */
import { unreachable } from "#foundation";
import type { Ising } from "../ising/ising.ts";

/** How to choose the strength. */
export type ChainStrength =
  | { readonly kind: "uniform-torque-compensation"; readonly prefactor: number }
  | { readonly kind: "scaled"; readonly prefactor: number }
  | { readonly kind: "fixed"; readonly strength: number };

/** Root two, as dwave-system writes it. */
const PREFACTOR = 1414 / 1000;

/** What is used where nothing is said (dwave-system's default). */
export const DEFAULT_CHAIN_STRENGTH: ChainStrength = Object.freeze({
  kind: "uniform-torque-compensation",
  prefactor: PREFACTOR,
});

/**
 * The strength for `ising`, in its own units. Uniform torque compensation is prefactor * rms(J) *
 * sqrt(mean degree), which opposes the torque that random couplings exert on a chain's ends; scaled
 * is prefactor * the greatest bias. Where there is nothing to go by, 1. Source: dwave-system,
 * dwave/embedding/chain_strength.py.
 */
export function chainStrength(ising: Ising, rule: ChainStrength): number {
  switch (rule.kind) {
    case "uniform-torque-compensation": {
      const { couplings, spinCount } = ising;
      if (couplings.length === 0) return 1;
      const squares = couplings.reduce((sum, coupling) => sum + coupling * coupling, 0);
      const meanDegree = (2 * couplings.length) / spinCount;
      return rule.prefactor * Math.sqrt(squares / couplings.length) * Math.sqrt(meanDegree) || 1;
    }
    case "scaled": {
      const largest = Math.max(largestSize(ising.fields), largestSize(ising.couplings));
      return rule.prefactor * largest || 1;
    }
    case "fixed":
      return rule.strength;
    default:
      return unreachable(rule);
  }
}

function largestSize(biases: Float64Array): number {
  return biases.reduce((largest, bias) => Math.max(largest, Math.abs(bias)), 0);
}

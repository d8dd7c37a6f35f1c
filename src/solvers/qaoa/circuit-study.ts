/**
 * What a circuit is worth by itself: the chance of an optimum in one measurement.
 */
import type { QuadraticProblem } from "#problem";
import type { QaoaCircuit } from "./circuit.ts";
import { type CircuitChanges, runCircuit } from "./circuit-run.ts";

/** What one measurement of the final state gives. */
export interface CircuitStudy {
  /** Basis states: of the groups and qubits, or of qubits alone. */
  readonly states: number;
  readonly meanEnergy: number;
  /** The chance of a state of the least energy, which is an optimum of the problem. */
  readonly optimumProbability: number;
  /** The same of a state drawn uniformly: what the circuit has to beat. */
  readonly uniformProbability: number;
}

/** Energies this near to the least, relative to their range, are equal to it but for rounding. */
const ROUNDING = 1e-10;

/**
 * Studies `circuit` on a problem that has a feasible sample and few enough states.
 *
 * @throws Fault `conversion-impossible` as `cqmToBqm`.
 */
export function studyCircuit(
  problem: QuadraticProblem,
  circuit: QaoaCircuit,
  changes: CircuitChanges = {},
): CircuitStudy {
  const { energies, probabilities, meanEnergy } = runCircuit(problem, circuit, changes);
  const least = energies.reduce((a, b) => Math.min(a, b));
  const range = energies.reduce((a, b) => Math.max(a, b)) - least;
  let optimumProbability = 0;
  let optima = 0;
  for (let z = 0; z < energies.length; z += 1) {
    if (energies[z] > least + ROUNDING * range) continue;
    optima += 1;
    optimumProbability += probabilities[z];
  }
  const states = energies.length;
  return { states, meanEnergy, optimumProbability, uniformProbability: optima / states };
}

/**
 * What a circuit is worth by itself: no search, no mending, no samples, but the probabilities it
 * ends with.
 */
import { present } from "#foundation";
import { cqmToBqm, type QuadraticProblem } from "#problem";
import type { QaoaCircuit } from "./circuit.ts";
import { formulate } from "./formulation.ts";
import { runLayers } from "./layers.ts";
import { prepareCircuit } from "./prepared-circuit.ts";

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
 * @throws Fault `conversion-impossible` as {@link cqmToBqm}.
 */
export function studyCircuit(problem: QuadraticProblem, circuit: QaoaCircuit): CircuitStudy {
  const conversion = cqmToBqm(problem);
  const sites = formulate(problem, conversion, circuit.mixer);
  const { ansatz, angles, energies } = prepareCircuit(conversion.problem, sites, circuit);
  const final = present(
    runLayers(ansatz, angles, () => false),
    "the state of a circuit that nothing stops",
  );
  const least = energies.reduce((a, b) => Math.min(a, b));
  const range = energies.reduce((a, b) => Math.max(a, b)) - least;
  const chances = final.probabilities();
  let optimumProbability = 0;
  let optima = 0;
  for (let z = 0; z < energies.length; z += 1) {
    if (energies[z] > least + ROUNDING * range) continue;
    optima += 1;
    optimumProbability += chances[z];
  }
  const states = energies.length;
  const uniformProbability = optima / states;
  return { states, meanEnergy: final.meanEnergy, optimumProbability, uniformProbability };
}

/**
 * A circuit run by itself on a problem: no search, no mending, no samples, but the probability of
 * every state it can end in.
 */
import { assert, present } from "#foundation";
import { cqmToBqm, type QuadraticProblem, type Sample } from "#problem";
import type { Angles } from "./angles/angles.ts";
import type { QaoaCircuit } from "./circuit.ts";
import { bitsOfSample, bitsOfState, formulate } from "./formulation.ts";
import { runLayers } from "./layers.ts";
import { prepareCircuit } from "./prepared-circuit.ts";

/** What may differ from what the circuit says. */
export interface CircuitChanges {
  /** In place of those of its schedule. */
  readonly angles?: Angles | undefined;
  /** What a start that is not uniform leans towards. */
  readonly incumbent?: Sample | undefined;
}

/** The distribution a circuit ends in. */
export interface CircuitRun {
  readonly meanEnergy: number;
  /** By state. */
  readonly energies: Float64Array;
  /** The deviation of the energies per root of a site: what gammas are divided by. */
  readonly scale: number;
  /** By state. */
  readonly probabilities: Float64Array;
  /** The bits of a state, as the problem's BQM (`cqmToBqm`) numbers them. */
  bitsOf(state: number): Sample;
}

/**
 * Runs `circuit` on a problem that has few enough states.
 *
 * @throws Fault `conversion-impossible` as {@link cqmToBqm}.
 */
export function runCircuit(
  problem: QuadraticProblem,
  circuit: QaoaCircuit,
  { angles, incumbent }: CircuitChanges = {},
): CircuitRun {
  const conversion = cqmToBqm(problem);
  const sites = formulate(problem, conversion, circuit.mixer);
  const known = incumbent && bitsOfSample(conversion, incumbent);
  const prepared = prepareCircuit(conversion.problem, sites, circuit, known);
  const chosen = angles ?? prepared.angles;
  assert(chosen.gammas.length === chosen.betas.length, "as many betas as gammas");
  const final = present(
    runLayers(prepared.ansatz, chosen, () => false),
    "the state of a circuit that nothing stops",
  );
  return {
    meanEnergy: final.meanEnergy,
    energies: prepared.energies,
    scale: prepared.scale,
    probabilities: final.probabilities(),
    bitsOf: (state) => bitsOfState(sites, conversion.problem.variableCount, state),
  };
}

/**
 * Solvers: one folder each, all behind the contract of the problem room, none knowing of another.
 * Knows nothing of customers, storage or any clock but the budget.
 */
export { annealerTwin } from "./annealer-twin/annealer-twin.ts";
export { ADVANTAGE, type TwinDevice, type TwinParts } from "./annealer-twin/twin-device.ts";
export { prepareSolvers, solverCatalogue, solverNamed } from "./catalogue.ts";
export type { CircuitObjective } from "./qaoa/angles/objective.ts";
export {
  type OptimisedAngles,
  type OptimiseOptions,
  optimiseAngles,
} from "./qaoa/angles/optimise.ts";
export { COMMON_CIRCUIT, type QaoaCircuit, WARM_CIRCUIT } from "./qaoa/circuit.ts";
export { circuitProgram } from "./qaoa/circuit-program.ts";
export { type CircuitChanges, type CircuitRun, runCircuit } from "./qaoa/circuit-run.ts";
export { type CircuitStudy, studyCircuit } from "./qaoa/circuit-study.ts";
export { qaoa } from "./qaoa/qaoa.ts";
export { AnsatzEnergy } from "./qaoa/vqe/energy.ts";
export {
  type EnergyOptions,
  type LeastEnergy,
  minimiseEnergy,
} from "./qaoa/vqe/minimise-energy.ts";

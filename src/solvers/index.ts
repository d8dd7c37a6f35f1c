/**
 * Solvers: one folder each, all behind the contract of the problem room, none knowing of another.
 * Knows nothing of customers, storage or any clock but the budget.
 */
export { prepareSolvers, solverCatalogue, solverNamed } from "./catalogue.ts";

/**
 * Runtime: turns a problem, a plan and a budget into a verified, repeatable solve. Knows nothing of
 * customers, storage or HTTP.
 */

export type { Approach, BareReport, BareRequest } from "./bare/approach.ts";
export { namedSolver } from "./bare/named-solver.ts";
export type { SolvedPart } from "./bare/parts.ts";
export { solveBare } from "./bare/solve-bare.ts";
export type { Disturbance } from "./disturbance.ts";
export { runtimeFaults } from "./faults.ts";
export type { Contest, Lane, Leg, Plan } from "./plan.ts";
export { openSolverPool, type PoolOptions, type SolverPool } from "./pool.ts";
export type {
  Attempt,
  AttemptEnd,
  Exchange,
  Improvement,
  Incumbent,
  Rung,
  SolveReport,
} from "./report.ts";
export { type Replayed, replay, type SolveMeans, type SolveRequest, solve } from "./solve.ts";

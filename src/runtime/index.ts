/**
 * Runtime: turns a problem, a plan and a budget into a verified, repeatable solve. Knows nothing of customers,
 * storage or HTTP.
 */
export type { Lane, Leg, Plan } from "./plan.ts";
export type { Attempt, AttemptEnd, Exchange, Improvement, Rung, SolveReport } from "./report.ts";

/**
 * What passes between a solver thread and the thread CP-SAT runs in: the model and the limits one
 * way; solutions, bounds and the end the other. Field names of model and parameters are those of
 * OR-Tools' cp_model.proto and sat_parameters.proto.
 */

/** A sum of coefficients times variables. */
export interface LinearForm {
  readonly vars: readonly number[];
  readonly coeffs: readonly number[];
}

/** A constraint: a sum within a domain, or a target that is the product of two expressions. */
export type CpConstraint =
  | { readonly linear: LinearForm & { readonly domain: readonly number[] } }
  | { readonly intProd: { readonly target: LinearForm; readonly exprs: readonly LinearForm[] } };

/** A model; all its numbers are safe integers. The objective is made small. */
export interface CpModel {
  /** Domains are pairs of first and last value. */
  readonly variables: readonly { readonly domain: readonly number[] }[];
  readonly constraints: readonly CpConstraint[];
  readonly objective: LinearForm;
  /** Where to begin. */
  readonly solutionHint?: { readonly vars: readonly number[]; readonly values: readonly number[] };
}

/** How the engine runs: on one worker, to a limit in its own, deterministic, unit of time. */
export interface CpParameters {
  readonly numSearchWorkers: 1;
  readonly randomSeed: number;
  readonly maxDeterministicTime: number;
}

/** One call of the engine. */
export interface CpOrder {
  readonly model: CpModel;
  readonly parameters: CpParameters;
}

/** How a call ended. */
export interface CpEnd {
  readonly kind: "end";
  /** A name of CpSolverStatus. */
  readonly status: string;
  readonly solution: readonly number[];
  /** Means something with the statuses OPTIMAL and FEASIBLE alone. */
  readonly bound: number;
  readonly deterministicTime: number;
  /** What the engine says of an invalid model. */
  readonly remark: string;
}

/** What the engine's thread says: a solution as it is found, the end, or why there is none. */
export type CpMessage =
  | { readonly kind: "solution"; readonly solution: readonly number[] }
  | CpEnd
  | { readonly kind: "failed"; readonly reason: string };

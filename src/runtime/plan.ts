/**
 * The solve plan: which solvers race, on how many threads, with how much work each. A plan is part
 * of a policy, so it is data. Limits are counts of work, never times: time only ever stops a plan
 * early, at a numbered tick.
 */

/** One solver's turn. */
export interface Leg {
  readonly solver: string;
  /** The solver stops at the first tick at which it has done this much work. */
  readonly workLimit: number;
}

/** The legs one thread runs in turn, each starting from the lane's best sample so far. */
export type Lane = readonly Leg[];

/** What a decision's search does. */
export interface Plan {
  /** The first has a head start of milliseconds; the others join unless it settles the race. */
  readonly lanes: readonly Lane[];
  /** Whether lanes see each other's best samples at ticks. */
  readonly exchange: boolean;
  /**
   * The race ends once a verified sample is within this gap of a proved bound; 0 asks for proof.
   */
  readonly gapMax: number;
}

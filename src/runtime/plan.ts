/**
 * The solve plan: which solvers race, on how many threads, with how much work each. A plan is part
 * of a policy, so it is data. Limits are counts of work; time only ever ends something early, the
 * whole or one turn, at a numbered tick that is recorded.
 */

/** One solver's turn. */
export interface Leg {
  readonly solver: string;
  /** The solver stops at the first tick at which it has done this much work. */
  readonly workLimit: number;
  /**
   * Its turn is over at the first tick after this many milliseconds, whatever it has done by then,
   * so that on a slow or busy machine those behind it are not kept waiting; absent: whenever.
   */
  readonly turnMsMax?: number | undefined;
}

/**
 * Solvers that compete for the time of a lane, by successive halving (K. Jamieson and A. Talwalkar,
 * AISTATS 2016): heats in which all begin from the same sample, after each of which the better half
 * goes on with twice as much work, until two are left, who have a last heat.
 */
export interface Contest {
  /** The likeliest winner first, each with its work in the first heat. */
  readonly contenders: readonly Leg[];
  /** Who goes on in the end, one after the other: 0 the winner, 1 the one that it beat. */
  readonly places: readonly number[];
  /** What each of them may spend then. */
  readonly workLimit: number;
}

/**
 * What one thread runs in turn, each leg starting from the lane's best sample so far, or in a heat
 * from the best there was before its contest.
 */
export type Lane = readonly (Leg | Contest)[];

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

/** Everyone who may have a turn in the lane, once, in order. */
export function solversOf(lane: Lane): readonly string[] {
  const names = lane.flatMap((entry) => {
    const legs = "solver" in entry ? [entry] : entry.contenders;
    return legs.map(({ solver }) => solver);
  });
  return [...new Set(names)];
}

/**
 * What a judge says of a sample.
 */

/** One broken rule: how often it was broken and what that costs (`HARD` when it must hold). */
export interface Violation {
  readonly rule: string;
  readonly count: number;
  readonly penalty: number;
}

/** What a sample is worth and which rules it breaks. */
export interface Verdict {
  /** Every hard rule holds. */
  readonly feasible: boolean;
  /** The problem's objective, soft penalties included, hard ones not. */
  readonly objective: number;
  readonly violations: readonly Violation[];
}

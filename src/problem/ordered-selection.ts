/**
 * Ordered selection: which at most k of n items, in which order. A problem of its own rather than
 * n*k binary variables, because its groups, caps and positions are structure every solver wants to
 * see.
 *
 * A solution is a list of distinct item indices, first position first. Of two feasible solutions
 * the longer one is better; of two equally long ones the one with the greater objective
 *
 *     sum_p weight(p) * value(item at p)
 *       - diversityWeight * (mean similarity over all chosen pairs) - penalties
 *
 * where the mean is 0 for fewer than two items. A rule with penalty `HARD` must hold; any other
 * penalty is paid per violation.
 */

/** The penalty of a rule that must hold. */
export const HARD = Number.POSITIVE_INFINITY;

/**
 * Bounds how many of `members` are chosen. Violations: each item over a maximum, each one missing
 * below a minimum.
 */
export interface CountRule {
  /** Name of the rule as its author knows it, e.g. `maxPerGroup:shoes`. */
  readonly rule: string;
  readonly bound: "at-least" | "at-most";
  readonly count: number;
  /** Item indices, ascending and distinct. */
  readonly members: Int32Array;
  /** Paid per violation; {@link HARD} forbids. */
  readonly penalty: number;
}

/** Puts `item` at `position` (from 0). One violation if it is anywhere else or left out. */
export interface Pin {
  readonly rule: string;
  readonly item: number;
  readonly position: number;
  readonly penalty: number;
}

/** No two neighbours share a group. One violation for each adjacent pair that does. */
export interface Spacing {
  readonly rule: string;
  /**
   * Groups of item i: `groups[offsets[i]]` up to but excluding `groups[offsets[i + 1]]`, ascending.
   */
  readonly offsets: Int32Array;
  readonly groups: Int32Array;
  readonly penalty: number;
}

/**
 * Pairwise similarity in [0, 1], kept as what it is computed from: n*n numbers are rarely needed.
 * The similarity of items i and j is the override where one is given, otherwise the dot product of
 * their unit vectors clipped at 0.
 */
export interface Similarity {
  /** Length of each vector; 0 when no item has one. */
  readonly dimension: number;
  /** itemCount * dimension, row-major; each row has length 1, or 0 where the item has no vector. */
  readonly unitVectors: Float64Array;
  /**
   * Overrides of item i: entries `offsets[i]` up to but excluding `offsets[i + 1]` of `others` and
   * `values`.
   */
  readonly offsets: Int32Array;
  readonly others: Int32Array;
  readonly values: Float64Array;
}

/** Select and order. Every array is read-only by convention; typed arrays cannot be frozen. */
export interface OrderedSelection {
  readonly kind: "ordered-selection";
  readonly sense: "maximise";
  /** n: how many items there are. */
  readonly itemCount: number;
  /** k: how many positions are asked for. */
  readonly positionCount: number;
  /** n numbers: what an item is worth at a position of weight 1. */
  readonly values: Float64Array;
  /** k numbers of which none is negative and none exceeds the one before. */
  readonly positionWeights: Float64Array;
  readonly diversityWeight: number;
  readonly similarity: Similarity;
  readonly counts: readonly CountRule[];
  readonly pins: readonly Pin[];
  readonly spacing: Spacing | undefined;
}

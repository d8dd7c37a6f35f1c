/**
 * The question of a ranking: the request made complete. All that answering, checking and explaining
 * may look at.
 */

/** An item that may be chosen, everything known of it joined. */
export interface Candidate {
  readonly id: string;
  readonly score: number;
  readonly groups: readonly string[];
  readonly ageHours: number | undefined;
  readonly embedding: readonly number[] | undefined;
  /** The row of its groups in {@link RankingQuestion.itemSet}; -1 where the request gave them. */
  readonly groupRow: number;
  /** The row of its embedding there; -1 where the request gave it, or there is none. */
  readonly vectorRow: number;
}

/** What an item set has ready of its items, by row: flat, so that a join touches little memory. */
export interface ItemColumns {
  /** Every group of the set, ascending. */
  readonly groupNames: readonly string[];
  /** Groups of a row: `groups[groupOffsets[row]]` up to `groups[groupOffsets[row + 1]]`. */
  readonly groupOffsets: Int32Array;
  readonly groups: Int32Array;
  /** Length of each embedding; 0 when no item has one. */
  readonly dimension: number;
  /** Rows of `dimension` numbers: the embeddings at length one, 0 where there is none. */
  readonly unitVectors: Float64Array;
}

/** The weights of the objective, all given. */
export interface RankingWeights {
  readonly utility: number;
  readonly diversity: number;
  readonly freshness: number;
  readonly halfLifeHours: number;
}

/** A rule and what breaking it costs; `penalty` is `undefined` for a rule that must hold. */
export interface Ruled<Value> {
  readonly value: Value;
  readonly penalty: number | undefined;
}

/** The rules that apply, each from the request or the policy. */
export interface RankingRules {
  readonly maxPerGroup: Ruled<ReadonlyMap<string, number>> | undefined;
  readonly minPerGroup: Ruled<ReadonlyMap<string, number>> | undefined;
  readonly minFresh: Ruled<{ readonly count: number; readonly withinHours: number }> | undefined;
  readonly pinned: Ruled<readonly { readonly id: string; readonly position: number }[]> | undefined;
  readonly spacing: Ruled<true> | undefined;
  /** Must never be chosen. */
  readonly excluded: ReadonlySet<string>;
}

/** Which `positionCount` of `candidates`, in which order? */
export interface RankingQuestion {
  readonly positionCount: number;
  /** What may be chosen, in the order of the request; also what is excluded and yet demanded. */
  readonly candidates: readonly Candidate[];
  /** What was sent but is excluded. */
  readonly dropped: readonly Candidate[];
  /** Of the items the request names; `undefined` where it names no set. */
  readonly itemSet: ItemColumns | undefined;
  /** Overrides of the cosine, by ids. */
  readonly similarity: readonly {
    readonly a: string;
    readonly b: string;
    readonly value: number;
  }[];
  readonly rules: RankingRules;
  readonly weights: RankingWeights;
}

/**
 * Problem: what is to be solved, said without a word on how. Variables, objective and rules;
 * samples and their verification; the contract every solver keeps. Knows nothing of solvers,
 * customers or time.
 */
export { halfLifeDecay, positionWeights } from "./discount.ts";
export {
  type CountRule,
  HARD,
  type OrderedSelection,
  type Pin,
  type Similarity,
  type Spacing,
} from "./ordered-selection.ts";
export { problemDigest } from "./problem-digest.ts";
export { exchangeGain } from "./selection-exchange.ts";
export { layOut, type SelectionLayout, supportsSelection } from "./selection-layout.ts";
export { MoveScan } from "./selection-moves.ts";
export { type SimilarityRows, similarityRows } from "./selection-rows.ts";
export { SelectionState } from "./selection-state.ts";
export { groupTypes, type ItemTypes } from "./selection-types.ts";
export type {
  Guarantee,
  Problem,
  Sample,
  SolveOptions,
  SolveResult,
  Solver,
  SolveStatus,
  Support,
} from "./solver.ts";
export { beats, pairSimilarity, type Verdict, type Violation, verify } from "./verify.ts";

/**
 * Problem: what is to be solved, said without a word on how. Variables, objective and rules;
 * samples and their verification; the contract every solver keeps. Knows nothing of solvers,
 * customers or time.
 */
export {
  type BqmConversion,
  type ConversionOptions,
  cqmToBqm,
  type RowReport,
} from "./conversion/cqm-to-bqm.ts";
export { asMinimisation, type Restatement, toBinary, toSpin } from "./conversion/two-valued.ts";
export type { FileProblem, ProblemFormat } from "./formats/format.ts";
export { FORMATS } from "./formats/formats.ts";
export {
  type ReadOptions,
  type ReadProblem,
  readProblem,
  readProblemFile,
} from "./formats/read-problem.ts";
export { type SolutionLayout, sampleOf, solutionOf } from "./formats/solution-layout.ts";
export { writeProblem, writeProblemFile } from "./formats/write-problem.ts";
export { ProblemAssembly, type RowHead } from "./model/assembly.ts";
export { ExactSum } from "./model/exact-sum.ts";
export { type Comparison, Expression, type Operand, sum } from "./model/expression.ts";
export { entryCount } from "./model/extent.ts";
export { ProblemBuilder, type SoftPenalty } from "./model/problem-builder.ts";
export { quadraticDigest } from "./model/quadratic-digest.ts";
export {
  COMPARISON,
  type ComparisonCode,
  type ConstraintRows,
  isAll,
  labelOf,
  type Objective,
  type ObjectiveSense,
  PENALTY,
  type PenaltyCode,
  type QuadraticProblem,
  SHAPE,
  VARTYPE,
  type Vartype,
} from "./model/quadratic-problem.ts";
export { type ObjectiveScale, quadraticScale } from "./model/quadratic-scale.ts";
export { type SampleRow, sampleSet } from "./model/sample-set.ts";
export { verifyQuadratic } from "./model/verify-quadratic.ts";
export {
  type CountRule,
  HARD,
  type OrderedSelection,
  type Pin,
  type Similarity,
  type Spacing,
} from "./ordered-selection.ts";
export { type PresolveOptions, presolve } from "./presolve/presolve.ts";
export {
  describeStep,
  type Reduced,
  type Reduction,
  type ReductionRule,
  type ReductionStep,
  type Refuted,
} from "./presolve/reduction.ts";
export type { Part } from "./presolve/separate.ts";
export { joinParts, splitApart } from "./presolve/split.ts";
export { VALUE_MAX, type ValueRange, valueRange } from "./presolve/value-range.ts";
export {
  beats,
  betterOf,
  isBetterObjective,
  type Problem,
  type ProblemKind,
  type ProblemOf,
  type Sample,
  sampleFlaw,
  sampleLengthMax,
} from "./problem.ts";
export { problemDigest } from "./problem-digest.ts";
export { halfLifeDecay, positionWeights } from "./selection/discount.ts";
export { exchangeGain } from "./selection/exchange.ts";
export { groupTypes, type ItemTypes } from "./selection/item-types.ts";
export { layOut, type SelectionLayout, supportsSelection } from "./selection/layout.ts";
export { MoveScan } from "./selection/moves.ts";
export { type SimilarityRows, similarityRows } from "./selection/rows.ts";
export { SelectionState } from "./selection/state.ts";
export type {
  Guarantee,
  SolveOptions,
  SolveResult,
  Solver,
  SolverDefinition,
  SolveStatus,
  Support,
} from "./solver.ts";
export { solverOf } from "./solver.ts";
export { detectStructure } from "./structure/detect-structure.ts";
export {
  type GeneralisedAssignment,
  recogniseGeneralisedAssignment,
} from "./structure/generalised-assignment.ts";
export { type Knapsack, recogniseKnapsack } from "./structure/knapsack.ts";
export { type LinearAssignment, recogniseLinearAssignment } from "./structure/linear-assignment.ts";
export { recogniseMinCostFlow } from "./structure/min-cost-flow.ts";
export { recogniseMultiKnapsack } from "./structure/multi-knapsack.ts";
export { recogniseMultipleChoiceKnapsack } from "./structure/multiple-choice-knapsack.ts";
export {
  columnsOfSample,
  type NormalForm,
  sampleOfColumns,
} from "./structure/normal-form/normal-form.ts";
export {
  type QuadraticAssignment,
  recogniseQuadraticAssignment,
} from "./structure/quadratic-assignment.ts";
export { recogniseQuadraticKnapsack, recogniseSelectK } from "./structure/quadratic-knapsack.ts";
export { remembered } from "./structure/remembered.ts";
export { recogniseSeparable } from "./structure/separable.ts";
export { isPolynomial, type Structure, type StructureKind } from "./structure/structure.ts";
export { recogniseTransportation } from "./structure/transportation.ts";
export { type Elimination, eliminationOrder } from "./structure/tree-like.ts";
export type { Verdict, Violation } from "./verdict.ts";
export { objectiveTolerance, verify } from "./verify.ts";

/** What a problem can be found to be. A closed union: exact methods are chosen by it. */
import type { GeneralisedAssignment } from "./generalised-assignment.ts";
import type { Knapsack } from "./knapsack.ts";
import type { LinearAssignment } from "./linear-assignment.ts";
import type { MinCostFlow } from "./min-cost-flow.ts";
import type { MultiKnapsack } from "./multi-knapsack.ts";
import type { MultipleChoiceKnapsack } from "./multiple-choice-knapsack.ts";
import type { QuadraticAssignment } from "./quadratic-assignment.ts";
import type { QuadraticKnapsack, SelectK } from "./quadratic-knapsack.ts";
import type { Separable } from "./separable.ts";
import type { Transportation } from "./transportation.ts";
import type { Elimination } from "./tree-like.ts";

/** Few variables depend on each other at any time. */
export interface TreeLike extends Elimination {
  readonly kind: "tree-like";
  readonly evidence: readonly string[];
}

/** So few combinations that all can be looked at. */
export interface Enumerable {
  readonly kind: "enumerable";
  /** Binary logarithm of the number of combinations. */
  readonly bits: number;
  readonly evidence: readonly string[];
}

/** Nothing more is known than what its numbers say. */
export interface General {
  readonly kind: "general-linear" | "general-quadratic";
  readonly evidence: readonly string[];
}

/** What a problem is, with the evidence in words: which rows and variables play which part. */
export type Structure =
  | Separable
  | LinearAssignment
  | Transportation
  | MinCostFlow
  | Knapsack
  | MultipleChoiceKnapsack
  | MultiKnapsack
  | GeneralisedAssignment
  | SelectK
  | QuadraticKnapsack
  | QuadraticAssignment
  | TreeLike
  | Enumerable
  | General;

/** The name of a structure. */
export type StructureKind = Structure["kind"];

const POLYNOMIAL: readonly StructureKind[] = Object.freeze([
  "separable",
  "linear-assignment",
  "transportation",
  "min-cost-flow",
]);

/** Whether a method of polynomial time solves every problem of this structure. */
export function isPolynomial(kind: StructureKind): boolean {
  return POLYNOMIAL.includes(kind);
}

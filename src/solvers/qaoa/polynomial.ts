/**
 * What circuits leave to others.
 */
import type { StructureKind } from "#problem";

/** Structures that have a polynomial method: nothing for a circuit. */
export const POLYNOMIAL: readonly StructureKind[] = Object.freeze([
  "separable",
  "linear-assignment",
  "transportation",
  "min-cost-flow",
]);

/**
 * What the Gram matrices of the chosen configurations show before any score is looked at.
 */
import { concentration, geometricDifference, modelComplexity, targetAlignment } from "#learning";
import type { Family } from "./candidates.ts";
import type { FoldScore } from "./nested.ts";

/** Of one kernel model under its chosen configuration. */
export interface Diagnosis {
  readonly name: string;
  readonly family: Family;
  readonly alignment: number;
  readonly effectiveRank: number;
  /** Shots for each pair of rows below which noise hides the spread of the values. */
  readonly shotsMin: number;
  /** From the chosen Gaussian, over the root of the number of rows. */
  readonly geometricDifference: number;
  /** Of the labels, over the number of rows; mean over the classes, each against the rest. */
  readonly complexity: number;
}

/** The model every other is held against. */
const YARDSTICK = "rbf-svm";
const RIDGE = 0.01;
/** Nobody measures more; a kernel whose values are all alike would ask for infinitely many. */
const SHOTS_MAX = 1e12;

/** Diagnoses all models of `scores` that have a Gram matrix; `classes` are those of its rows. */
export function diagnose(scores: readonly FoldScore[], classes: Int32Array): readonly Diagnosis[] {
  const yardstick = scores.find(({ name }) => name === YARDSTICK)?.gram;
  const size = classes.length;
  return scores.flatMap(({ name, family, gram }) => {
    if (gram === undefined || yardstick === undefined) return [];
    const { effectiveRank, shotsMin: shots } = concentration(gram, size);
    const shotsMin = Math.min(shots, SHOTS_MAX);
    const far = geometricDifference(gram, yardstick, size, RIDGE) / Math.sqrt(size);
    const alignment = targetAlignment(gram, size, classes);
    const complexity = meanComplexity(gram, classes) / size;
    return [
      { name, family, alignment, effectiveRank, shotsMin, geometricDifference: far, complexity },
    ];
  });
}

function meanComplexity(gram: Float64Array, classes: Int32Array): number {
  const kinds = [...new Set(classes)];
  const sum = kinds.reduce((total, kind) => {
    const sides = Float64Array.from(classes, (one) => (one === kind ? 1 : -1));
    return total + modelComplexity(gram, classes.length, sides, RIDGE);
  }, 0);
  return sum / kinds.length;
}

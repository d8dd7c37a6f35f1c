/**
 * Two sets of models compared on the same folds. On each fold the model stands for a set that did
 * best in the folds within, so that nobody is chosen by what they are judged by.
 *
 * Source: folds of repeated cross-validation share rows, so a plain t test finds differences where
 * there are none; the variance is corrected as C. Nadeau and Y. Bengio, Machine Learning 52 (2003),
 * and R. Bouckaert and E. Frank, PAKDD (2004), propose.
 */
import { studentT } from "#statistics";
import type { FoldScore } from "./nested.ts";
import type { SeedScores } from "./run-study.ts";

/** Who is compared with whom. */
export interface Contest {
  readonly title: string;
  readonly of: (score: FoldScore) => boolean;
  readonly against: (score: FoldScore) => boolean;
}

/** The difference of two sets of models, in balanced accuracy. */
export interface Comparison {
  readonly title: string;
  /** Mean over all folds, above 0 where the first set is better. */
  readonly difference: number;
  /** Of a 95 % interval. */
  readonly lower: number;
  readonly upper: number;
  readonly p: number;
  /** The mean over the deviation of the differences between folds; `null` where none differ. */
  readonly effectSize: number | null;
  /** Seeds in which the first set was better, the same, worse. */
  readonly better: number;
  readonly same: number;
  readonly worse: number;
}

const LEVEL = 0.95;

/** Compares over all folds of all seeds, at least two folds together. */
export function compare({ title, of, against }: Contest, seeds: readonly SeedScores[]): Comparison {
  const bySeed = seeds.map(({ folds }) =>
    folds.map((scores) => champion(scores, of).score - champion(scores, against).score),
  );
  const differences = bySeed.flat();
  const difference = mean(differences);
  const squares = differences.reduce((sum, one) => sum + (one - difference) ** 2, 0);
  const variance = squares / (differences.length - 1);
  const foldCount = bySeed[0].length;
  const heldOutShare = 1 / (foldCount - 1);
  const standardError = Math.sqrt(variance * (1 / differences.length + heldOutShare));
  const seedMeans = bySeed.map(mean);
  return {
    title,
    difference,
    ...interval(difference, standardError, differences.length - 1),
    effectSize: variance > 0 ? difference / Math.sqrt(variance) : null,
    better: seedMeans.filter((one) => one > TIE).length,
    same: seedMeans.filter((one) => Math.abs(one) <= TIE).length,
    worse: seedMeans.filter((one) => one < -TIE).length,
  };
}

/** Sums of the same shares in another order differ by less. */
const TIE = 1e-12;

/** The model of a set that did best in the folds within; the first of equals. */
export function champion(
  scores: readonly FoldScore[],
  isOf: (score: FoldScore) => boolean,
): FoldScore {
  return scores.filter(isOf).reduce((best, one) => (one.innerScore > best.innerScore ? one : best));
}

function interval(value: number, standardError: number, degrees: number) {
  if (standardError === 0) return { lower: value, upper: value, p: value === 0 ? 1 : 0 };
  const t = studentT(degrees);
  const reach = standardError * t.quantile((1 + LEVEL) / 2);
  const p = Math.min(1, 2 * t.survival(Math.abs(value) / standardError));
  return { lower: value - reach, upper: value + reach, p };
}

function mean(values: readonly number[]): number {
  return values.reduce((sum, value) => sum + value, 0) / values.length;
}

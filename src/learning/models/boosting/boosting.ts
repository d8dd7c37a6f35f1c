/**
 * Gradient boosting of two sides: small trees, one after another, each a step down the logistic
 * loss of what those before it leave.
 *
 * Source: J. Friedman, Annals of Statistics 29 (2001), with the histograms of G. Ke et al.,
 * "LightGBM", NIPS 30 (2017).
 */
import type { FeatureRows } from "../../kernels/rows.ts";
import { binRows } from "./binned-rows.ts";
import { growTree, type Tree, type TreeOptions, treeValue } from "./tree.ts";

/** How to boost. */
export interface BoostingOptions extends TreeOptions {
  readonly trees: number;
}

/** The bias and the trees; their sum is the logarithm of the odds of side 1. */
export interface BoostedTrees {
  readonly bias: number;
  readonly trees: readonly Tree[];
}

/** Learns from sides -1 and 1. */
export function fitBoosting(
  rows: FeatureRows,
  sides: Float64Array,
  options: BoostingOptions,
): BoostedTrees {
  const binned = binRows(rows);
  const ones = sides.filter((side) => side > 0).length;
  // Half a row more on each side keeps the odds finite.
  const bias = Math.log((ones + 0.5) / (rows.count - ones + 0.5));
  const scores = new Float64Array(rows.count).fill(bias);
  const gradient = new Float64Array(rows.count);
  const curvature = new Float64Array(rows.count);
  const trees: Tree[] = [];
  for (let round = 0; round < options.trees; round += 1) {
    for (let row = 0; row < rows.count; row += 1) {
      const chance = 1 / (1 + Math.exp(-scores[row]));
      gradient[row] = chance - (sides[row] > 0 ? 1 : 0);
      curvature[row] = chance * (1 - chance);
    }
    const tree = growTree(binned, { gradient, curvature }, options);
    trees.push(tree);
    for (let row = 0; row < rows.count; row += 1) {
      scores[row] += treeValue(tree, rows.values, row * rows.width);
    }
  }
  return { bias, trees };
}

/** The score of each row. */
export function boostedScores({ bias, trees }: BoostedTrees, rows: FeatureRows): Float64Array {
  return Float64Array.from({ length: rows.count }, (_, row) =>
    trees.reduce((sum, tree) => sum + treeValue(tree, rows.values, row * rows.width), bias),
  );
}

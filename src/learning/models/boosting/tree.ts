/**
 * A small regression tree grown on gradients: at each node the split of a histogram that lowers the
 * loss most, to second order; at each leaf the Newton step.
 *
 * Source: T. Chen and C. Guestrin, "XGBoost", KDD (2016), equations 4 to 7.
 */
import { BINS, type BinnedRows } from "./binned-rows.ts";

/** Nodes in the order of a heap: those below node i are 2 i + 1 (lower) and 2 i + 2. */
export interface Tree {
  /** The feature looked at, -1 at a leaf. */
  readonly features: Int32Array;
  /** Rows whose feature is below go to the lower branch. */
  readonly thresholds: Float64Array;
  /** What a leaf adds to the score. */
  readonly values: Float64Array;
}

/** How a tree is grown. */
export interface TreeOptions {
  readonly depthMax: number;
  /** What each step is multiplied by, in (0, 1]. */
  readonly rate: number;
}

const RIDGE = 1;
const ROWS_MIN = 3;
const GAIN_MIN = 1e-9;

/** First and second derivatives of the loss by the score of each row. */
export interface Slopes {
  readonly gradient: Float64Array;
  readonly curvature: Float64Array;
}

/** Grows a tree. */
export function growTree(rows: BinnedRows, slopes: Slopes, options: TreeOptions): Tree {
  const size = 2 ** (options.depthMax + 1) - 1;
  const tree = {
    features: new Int32Array(size).fill(-1),
    thresholds: new Float64Array(size),
    values: new Float64Array(size),
  };
  const everyone = Int32Array.from({ length: rows.count }, (_, row) => row);
  growNode({ rows, slopes, options, tree }, 0, 0, everyone);
  return tree;
}

/** What the tree says of the row that begins at `from`. */
export function treeValue({ features, thresholds, values }: Tree, row: Float64Array, from: number) {
  let node = 0;
  while (features[node] >= 0) {
    node = 2 * node + (row[from + features[node]] < thresholds[node] ? 1 : 2);
  }
  return values[node];
}

interface Growth {
  readonly rows: BinnedRows;
  readonly slopes: Slopes;
  readonly options: TreeOptions;
  readonly tree: Tree;
}

function growNode(growth: Growth, node: number, depth: number, members: Int32Array): void {
  const { rows, slopes, options, tree } = growth;
  const split = depth < options.depthMax ? bestSplit(rows, slopes, members) : undefined;
  if (split === undefined) {
    const { gradient, curvature } = totals(slopes, members);
    tree.values[node] = (-options.rate * gradient) / (curvature + RIDGE);
    return;
  }
  const { feature, bin } = split;
  tree.features[node] = feature;
  tree.thresholds[node] = rows.edges[feature][bin];
  const isLower = (row: number) => rows.bins[row * rows.width + feature] <= bin;
  growNode(growth, 2 * node + 1, depth + 1, members.filter(isLower));
  growNode(
    growth,
    2 * node + 2,
    depth + 1,
    members.filter((row) => !isLower(row)),
  );
}

/** The feature to look at, and the last bin of the lower branch. */
interface Split {
  readonly feature: number;
  readonly bin: number;
}

function bestSplit(rows: BinnedRows, slopes: Slopes, members: Int32Array): Split | undefined {
  const all = totals(slopes, members);
  const worth = (gradient: number, curvature: number) => gradient ** 2 / (curvature + RIDGE);
  const before = worth(all.gradient, all.curvature);
  const sums = { gradient: new Float64Array(BINS), curvature: new Float64Array(BINS) };
  const counts = new Int32Array(BINS);
  let best: Split | undefined;
  let gainMost = GAIN_MIN;
  for (let feature = 0; feature < rows.width; feature += 1) {
    const bins = rows.edges[feature].length + 1;
    if (bins === 1) continue;
    sums.gradient.fill(0, 0, bins);
    sums.curvature.fill(0, 0, bins);
    counts.fill(0, 0, bins);
    for (const row of members) {
      const bin = rows.bins[row * rows.width + feature];
      sums.gradient[bin] += slopes.gradient[row];
      sums.curvature[bin] += slopes.curvature[row];
      counts[bin] += 1;
    }
    let [gradient, curvature, count] = [0, 0, 0];
    for (let bin = 0; bin + 1 < bins; bin += 1) {
      gradient += sums.gradient[bin];
      curvature += sums.curvature[bin];
      count += counts[bin];
      if (count < ROWS_MIN || members.length - count < ROWS_MIN) continue;
      const after =
        worth(gradient, curvature) + worth(all.gradient - gradient, all.curvature - curvature);
      if (after - before <= gainMost) continue;
      gainMost = after - before;
      best = { feature, bin };
    }
  }
  return best;
}

function totals(slopes: Slopes, members: Int32Array) {
  let [gradient, curvature] = [0, 0];
  for (const row of members) {
    gradient += slopes.gradient[row];
    curvature += slopes.curvature[row];
  }
  return { gradient, curvature };
}

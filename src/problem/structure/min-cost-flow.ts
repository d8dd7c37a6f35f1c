/**
 * Least-cost flow: once rows are turned suitably, every variable leaves one row and enters another,
 * or a node outside, so that the rows are the balances of a network (I. Heller and C. Tompkins, "An
 * extension of a theorem of Dantzig's", 1956: such a matrix is totally unimodular).
 */
import type { FlowNetwork } from "#kernels";
import type { QuadraticProblem } from "../model/quadratic-problem.ts";
import type { NormalForm } from "./normal-form/normal-form.ts";
import { normalForm } from "./normal-form/normalise.ts";
import { ParityForest } from "./parity-forest.ts";
import { remembered } from "./remembered.ts";

/** One network. */
export interface MinCostFlow {
  readonly kind: "min-cost-flow";
  readonly form: NormalForm;
  /** Its first arcs are the columns of the normal form; the others are what rows leave open. */
  readonly network: FlowNetwork;
  readonly evidence: readonly string[];
}

/** The flow a problem is, if it is one. */
export const recogniseMinCostFlow = remembered(findMinCostFlow);

function findMinCostFlow(problem: QuadraticProblem): MinCostFlow | undefined {
  const form = normalForm(problem);
  if (form.kind === "none" || form.rows.count === 0 || form.pairs.count > 0) return undefined;
  const { rows, ends } = form;
  if (ends.counts.some((count) => count > 2)) return undefined;
  if (rows.isWhole.includes(0) || rows.biases.some((bias) => Math.abs(bias) !== 1))
    return undefined;
  const forest = new ParityForest(rows.count);
  for (let column = 0; column < form.columnCount; column += 1) {
    if (ends.counts[column] < 2) continue;
    const isSame = ends.firstBiases[column] === ends.secondBiases[column];
    // Leaving one node is entering the other: rows in which it has the same sign turn apart.
    if (!forest.join(ends.firstRows[column], ends.secondRows[column], isSame)) return undefined;
  }
  const turned = Float64Array.from({ length: rows.count }, (_, row) =>
    forest.colourOf(row) === 0 ? 1 : -1,
  );
  const network = networkOf(form, turned);
  const evidence = [
    `each of ${form.columnCount} variables is in at most two of ${rows.count} rows, with 1 or -1`,
    "rows can be turned so that it leaves one and enters the other: a network",
    "its matrix is totally unimodular, so the best flow is whole",
  ];
  return { kind: "min-cost-flow", form, network, evidence };
}

function networkOf(form: NormalForm, turned: Float64Array): FlowNetwork {
  const { rows, ends, columnCount, costs, reaches } = form;
  const outside = rows.count;
  const open = countOf(rows.count, (row) => rows.lows[row] < rows.highs[row]);
  const from = new Int32Array(columnCount + open);
  const to = new Int32Array(from.length);
  const capacities = new Float64Array(from.length);
  const allCosts = new Float64Array(from.length);
  capacities.set(reaches);
  allCosts.set(costs);
  for (let column = 0; column < columnCount; column += 1) {
    const first = ends.firstRows[column];
    const second = ends.secondRows[column];
    const isLeaving = ends.firstBiases[column] * turned[first] > 0;
    const other = second < 0 ? outside : second;
    from[column] = isLeaving ? first : other;
    to[column] = isLeaving ? other : first;
  }
  const supplies = new Float64Array(outside + 1);
  let arc = columnCount;
  for (let row = 0; row < rows.count; row += 1) {
    const isTurned = turned[row] < 0;
    const low = isTurned ? -rows.highs[row] : rows.lows[row];
    const high = isTurned ? -rows.lows[row] : rows.highs[row];
    const isCapped = high < Number.POSITIVE_INFINITY;
    supplies[row] = isCapped ? high : low;
    supplies[outside] -= supplies[row];
    if (low === high) continue;
    // What a node need not send goes outside; what it may send beyond comes from there.
    from[arc] = isCapped ? row : outside;
    to[arc] = isCapped ? outside : row;
    capacities[arc] = high - low;
    arc += 1;
  }
  return { nodes: outside + 1, from, to, costs: allCosts, capacities, supplies };
}

function countOf(length: number, isCounted: (index: number) => boolean): number {
  let count = 0;
  for (let index = 0; index < length; index += 1) if (isCounted(index)) count += 1;
  return count;
}

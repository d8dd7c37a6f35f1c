/**
 * Transportation: every variable is an amount from one source, which has at most so much, to one
 * sink, which needs exactly so much.
 */
import type { QuadraticProblem } from "../model/quadratic-problem.ts";
import type { NormalForm } from "./normal-form/normal-form.ts";
import { normalForm } from "./normal-form/normalise.ts";
import { ParityForest } from "./parity-forest.ts";
import { remembered } from "./remembered.ts";
import { isSum } from "./row-roles.ts";

/** Entries of a cost matrix; beyond, the sparse network is the better form. */
const ENTRIES_MAX = 2 ** 22;

/** One transportation problem. */
export interface Transportation {
  readonly kind: "transportation";
  readonly form: NormalForm;
  /** Sources times sinks, source by source; infinite where there is no way. */
  readonly costs: Float64Array;
  readonly supplies: Float64Array;
  readonly demands: Float64Array;
  /** Column of the normal form for every entry of `costs`; -1 where there is none. */
  readonly wayOf: Int32Array;
  readonly evidence: readonly string[];
}

/** The transportation problem a problem is, if it is one. */
export const recogniseTransportation = remembered(findTransportation);

function findTransportation(problem: QuadraticProblem): Transportation | undefined {
  const form = normalForm(problem);
  if (form.kind === "none" || form.rows.count === 0 || form.pairs.count > 0) return undefined;
  const { rows, ends } = form;
  if (ends.counts.some((count) => count !== 2)) return undefined;
  const forest = new ParityForest(rows.count);
  for (let row = 0; row < rows.count; row += 1) if (!isSum(form, row)) return undefined;
  for (let column = 0; column < form.columnCount; column += 1) {
    if (!forest.join(ends.firstRows[column], ends.secondRows[column], true)) return undefined;
  }
  const sinkColours = coloursOfSinks(form, forest);
  if (sinkColours === undefined) return undefined;
  const isSink = Uint8Array.from({ length: rows.count }, (_, row) =>
    forest.colourOf(row) === sinkColours[forest.rootOf(row)] ? 1 : 0,
  );
  return extract(form, isSink);
}

/** Whether a row can be a sink, which is met exactly, or a source, which has at most so much. */
function canBe(form: NormalForm, row: number, wanted: "source" | "sink"): boolean {
  const { rows, costs } = form;
  const [low, high] = [rows.lows[row], rows.highs[row]];
  if (wanted === "source") return low <= 0 && high < Number.POSITIVE_INFINITY;
  if (low === high) return true;
  // Nobody sends more than is needed where sending is not paid for.
  const entries = rows.columns.subarray(rows.starts[row], rows.starts[row + 1]);
  return low > 0 && high === Number.POSITIVE_INFINITY && entries.every((one) => costs[one] >= 0);
}

/** Per component, at its root, the colour of its sinks; `undefined` if some has none. */
function coloursOfSinks(form: NormalForm, forest: ParityForest): Uint8Array | undefined {
  const count = form.rows.count;
  const misfits = new Int32Array(2 * count);
  const notSources = new Int32Array(2 * count);
  const totals = new Float64Array(2 * count);
  const open = new Int32Array(2 * count);
  for (let row = 0; row < count; row += 1) {
    const slot = 2 * forest.rootOf(row) + forest.colourOf(row);
    const { lows, highs } = form.rows;
    totals[slot] += highs[row];
    if (lows[row] !== highs[row]) open[slot] += 1;
    if (!canBe(form, row, "sink")) misfits[slot] += 1;
    if (!canBe(form, row, "source")) notSources[slot] += 1;
  }
  const colours = new Uint8Array(count);
  for (let root = 0; root < count; root += 1) {
    if (forest.rootOf(root) !== root) continue;
    const fits = (colour: number) => {
      const [own, other] = [2 * root + colour, 2 * root + 1 - colour];
      if (misfits[own] > 0) return false;
      // Sources that must give everything do so exactly where sinks take as much.
      if (notSources[other] === 0) return true;
      return open[own] + open[other] === 0 && totals[own] === totals[other];
    };
    if (!fits(0) && !fits(1)) return undefined;
    colours[root] = fits(0) ? 0 : 1;
  }
  return colours;
}

function extract(form: NormalForm, isSink: Uint8Array): Transportation | undefined {
  const { rows, ends, reaches } = form;
  const place = new Int32Array(rows.count);
  const sizes = [0, 0];
  for (let row = 0; row < rows.count; row += 1) {
    place[row] = sizes[isSink[row]];
    sizes[isSink[row]] += 1;
  }
  const [sources, sinks] = sizes;
  if (sources * sinks > ENTRIES_MAX) return undefined;
  const supplies = new Float64Array(sources);
  const demands = new Float64Array(sinks);
  for (let row = 0; row < rows.count; row += 1) {
    if (isSink[row] === 1) demands[place[row]] = rows.lows[row];
    else supplies[place[row]] = rows.highs[row];
  }
  const costs = new Float64Array(sources * sinks).fill(Number.POSITIVE_INFINITY);
  const wayOf = new Int32Array(costs.length).fill(-1);
  for (let column = 0; column < form.columnCount; column += 1) {
    const [first, second] = [ends.firstRows[column], ends.secondRows[column]];
    const source = place[isSink[first] === 1 ? second : first];
    const sink = place[isSink[first] === 1 ? first : second];
    // A limit of its own that can bind makes the way an arc with a capacity.
    if (reaches[column] < Math.min(supplies[source], demands[sink])) return undefined;
    const entry = source * sinks + sink;
    if (form.costs[column] >= costs[entry]) continue;
    costs[entry] = form.costs[column];
    wayOf[entry] = column;
  }
  const evidence = [
    `${sources} rows bound what variables take from them, ${sinks} rows say what they must bring`,
    "every variable is in one row of each kind, and nothing else bounds it",
  ];
  return { kind: "transportation", form, costs, supplies, demands, wayOf, evidence };
}

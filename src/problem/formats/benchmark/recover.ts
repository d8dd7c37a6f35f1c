/**
 * The way back from a problem to a benchmark's own data. Whatever data a format reads out of a
 * problem, it may be written only if the same data pose the same problem again; nothing a file
 * cannot say is dropped in silence.
 */
import { namelessDigest } from "../../model/quadratic-digest.ts";
import type { QuadraticProblem } from "../../model/quadratic-problem.ts";
import type { FileProblem } from "../format.ts";
import { notWritable } from "../not-writable.ts";

const CELLS_MAX = 2 ** 27;

/**
 * `data`, if `pose` makes `problem` of it; names are no part of a benchmark's data.
 *
 * @throws Fault `problem-not-writable` otherwise; `expected` says what the format can express.
 */
export function recovered<Data>(
  problem: QuadraticProblem,
  data: Data,
  pose: (data: Data) => FileProblem,
  expected: string,
): Data {
  if (namelessDigest(pose(data).problem) === namelessDigest(problem)) return data;
  return notWritable(`expected ${expected}, got another kind of problem`);
}

/** Refuses to write a matrix with more cells than any problem of the kind has. */
export function checkDense(rowCount: number, columnCount: number): void {
  const cells = rowCount * columnCount;
  if (cells > CELLS_MAX) notWritable(`matrix: expected at most ${CELLS_MAX} cells, got ${cells}`);
}

/** Entry `row` of a sparse part, spread over `width` places. */
export function denseRow(
  starts: Int32Array,
  columns: Int32Array,
  biases: Float64Array,
  row: number,
  width: number,
): number[] {
  const dense = new Array<number>(width).fill(0);
  for (let entry = starts[row]; entry < starts[row + 1]; entry += 1) {
    dense[columns[entry]] = biases[entry];
  }
  return dense;
}

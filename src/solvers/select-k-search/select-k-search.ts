/**
 * The best k of n with biases for pairs, by tabu search over exchanges: for sizes beyond what is
 * proved quickly.
 */
import { assert, randomStream } from "#foundation";
import { selectPairs } from "#kernels";
import {
  columnsOfSample,
  type QuadraticProblem,
  recogniseSelectK,
  type SolveOptions,
  type SolveResult,
  solverOf,
} from "#problem";
import { KernelRun } from "../kernel-run.ts";

/** Runs until its budget ends. */
export const selectKSearch = solverOf("quadratic", {
  name: "select-k-search",
  version: 2,
  guarantee: "heuristic",
  supports: (problem) => {
    const found = recogniseSelectK(problem);
    const reason = "the problem is not a selection of k out of n that can be met";
    if (found === undefined) return { kind: "no", reason };
    const { capacity, isExact, size } = found.instance;
    const isMet = capacity >= 0 && (!isExact || (Number.isInteger(capacity) && capacity <= size));
    return isMet ? { kind: "yes" } : { kind: "no", reason };
  },
  solve,
});

function solve(problem: QuadraticProblem, options: SolveOptions): SolveResult {
  const found = recogniseSelectK(problem);
  assert(found !== undefined, "a selection of k out of n");
  const { form, isTurned, instance } = found;
  const run = new KernelRun(form, options, "tabu search");
  // At most k of n is k of n items and k more that are worth nothing.
  const count = Math.min(Math.floor(instance.capacity), instance.size);
  const size = instance.isExact ? instance.size : instance.size + count;
  const profits = instance.isExact ? instance.profits : widened(instance, size);
  const offer = (selected: Uint8Array) =>
    run.offer(isTurned.map((turned, item) => turned ^ selected[item]));
  const columns = options.start && columnsOfSample(form, options.start);
  const start =
    columns &&
    filled(
      isTurned.map((turned, item) => turned ^ columns[item]),
      size,
      count,
    );
  const stream = randomStream(options.seed, "select-k-search");
  offer(selectPairs({ size, count, profits }, stream, run.budget, { start, onBetter: offer }));
  return run.conclude("stopped", Number.NEGATIVE_INFINITY);
}

/** The same profits in a matrix of `size` rows, 0 beyond. */
function widened(
  { size: rows, profits }: { readonly size: number; readonly profits: Float64Array },
  size: number,
): Float64Array {
  const wide = new Float64Array(size * size);
  for (let row = 0; row < rows; row += 1) {
    wide.set(profits.subarray(row * rows, (row + 1) * rows), row * size);
  }
  return wide;
}

/** The selection with items that are worth nothing up to `count`; `undefined` if it has more. */
function filled(selected: Uint8Array, size: number, count: number): Uint8Array | undefined {
  const all = new Uint8Array(size);
  all.set(selected);
  const missing = count - selected.reduce((sum, one) => sum + one, 0);
  if (missing < 0 || missing > size - selected.length) return undefined;
  return all.fill(1, selected.length, selected.length + missing);
}

/** Quadratic assignment of flows to distances, by robust tabu search. */
import { assert, randomStream } from "#foundation";
import { placeFlows } from "#kernels";
import {
  columnsOfSample,
  type QuadraticAssignment,
  type QuadraticProblem,
  type SolveOptions,
  type SolveResult,
  solverOf,
} from "#problem";
import { KernelRun } from "../kernel-run.ts";
import { recogniseFlows } from "./flows.ts";

/** Runs until its budget ends, or at once where there is nothing to exchange. */
export const robustTabu = solverOf("quadratic", {
  name: "robust-tabu",
  version: 1,
  guarantee: "heuristic",
  supports: (problem) => {
    if (recogniseFlows(problem) !== undefined) return { kind: "yes" };
    return { kind: "no", reason: "the problem is not a quadratic assignment of flows" };
  },
  solve,
});

function solve(problem: QuadraticProblem, options: SolveOptions): SolveResult {
  const flows = recogniseFlows(problem);
  assert(flows !== undefined, "a quadratic assignment of flows");
  const { found, instance } = flows;
  const run = new KernelRun(found.form, options, "robust tabu search");
  const offer = (locationOf: Int32Array) => run.offer(chosenBy(found, locationOf));
  const columns = options.start && columnsOfSample(found.form, options.start);
  const start = columns && locationsBy(found, columns);
  const stream = randomStream(options.seed, "robust-tabu");
  offer(placeFlows(instance, stream, run.budget, { start, onBetter: offer }));
  return run.conclude("stopped", Number.NEGATIVE_INFINITY);
}

function chosenBy({ form, size, columnOf }: QuadraticAssignment, locationOf: Int32Array) {
  const chosen = new Uint8Array(form.columnCount);
  for (const [facility, location] of locationOf.entries()) {
    chosen[columnOf[facility * size + location]] = 1;
  }
  return chosen;
}

/** The location of each facility, where every one has one and no two the same. */
function locationsBy(
  { size, columnOf }: QuadraticAssignment,
  columns: Int32Array,
): Int32Array | undefined {
  const locationOf = new Int32Array(size).fill(-1);
  const taken = new Set<number>();
  for (const [placement, column] of columnOf.entries()) {
    if (columns[column] !== 1) continue;
    locationOf[Math.floor(placement / size)] = placement % size;
    taken.add(placement % size);
  }
  return taken.size === size && !locationOf.includes(-1) ? locationOf : undefined;
}

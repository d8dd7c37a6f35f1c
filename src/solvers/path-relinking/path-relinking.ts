/**
 * Path relinking over one-flip tabu search, for dense problems of two-valued variables without
 * constraints.
 */
import { randomStream } from "#foundation";
import { type BinaryQuadratic, pathRelinking as kernel } from "#kernels";
import {
  type QuadraticProblem,
  type Sample,
  type SolveOptions,
  type SolveResult,
  type Support,
  solverOf,
  VARTYPE,
} from "#problem";
import { BestSample } from "../best-sample.ts";

/** The kernel keeps a matrix: 200 MB of doubles, or 50 MB of small integers. */
const VARIABLES_MAX = 5000;
/** A row of the matrix is gone through for each flip; up to here that is nothing. */
const SPARSE_VARIABLES_MAX = 500;
const DENSITY_MIN = 0.05;

/** Runs until its budget ends. */
export const pathRelinking = solverOf("quadratic", {
  name: "path-relinking",
  version: 1,
  guarantee: "heuristic",
  supports,
  solve,
});

function supports({ variableCount, vartypes, constraints, objective }: QuadraticProblem): Support {
  const no = (reason: string) => ({ kind: "no" as const, reason });
  if (constraints.count > 0) return no("the problem has constraints");
  if (vartypes.includes(VARTYPE.integer)) return no("the problem has integer variables");
  if (variableCount > VARIABLES_MAX) {
    return no(`up to ${VARIABLES_MAX} variables, got ${variableCount}`);
  }
  const density = (2 * objective.columns.length) / (variableCount * (variableCount - 1));
  if (variableCount > SPARSE_VARIABLES_MAX && density < DENSITY_MIN) {
    return no(`products of at least ${100 * DENSITY_MIN} % of all pairs of variables`);
  }
  return { kind: "yes" };
}

function solve(problem: QuadraticProblem, options: SolveOptions): SolveResult {
  const best = new BestSample(problem, options);
  const isSpin = problem.vartypes.map((vartype) => (vartype === VARTYPE.spin ? 1 : 0));
  const sampleOf = (bits: Uint8Array): Sample => ({
    values: Int32Array.from(bits, (bit, variable) => (isSpin[variable] === 1 ? 2 * bit - 1 : bit)),
  });
  if (options.start !== undefined) best.begin(options.start);
  let work = 0;
  const budget: SolveOptions["budget"] = {
    tick: (done) => {
      work += done;
      return options.budget.tick(done);
    },
  };
  const { values } = kernel(
    instanceOf(problem, isSpin),
    randomStream(options.seed, "path-relinking"),
    budget,
    {
      start: options.start && Uint8Array.from(options.start.values, (value) => (value > 0 ? 1 : 0)),
      onBetter: (bits) => best.take(sampleOf(bits)),
    },
  );
  best.take(sampleOf(values));
  const status = best.known === undefined ? "unknown" : "feasible";
  return Object.freeze({ status, best: best.known, bound: undefined, work });
}

/** To be minimised, in x alone: a spin variable is 2 x - 1. */
function instanceOf(
  { variableCount: size, sense, objective }: QuadraticProblem,
  isSpin: Uint8Array,
): BinaryQuadratic {
  const sign = sense === "minimise" ? 1 : -1;
  const { starts, columns } = objective;
  const linear = objective.linear.map((bias, variable) => sign * bias * (1 + isSpin[variable]));
  const biases = objective.biases.map((bias) => sign * bias);
  for (let first = 0; first < size; first += 1) {
    for (let entry = starts[first]; entry < starts[first + 1]; entry += 1) {
      const second = columns[entry];
      const bias = biases[entry];
      const product = bias * (1 + isSpin[first]) * (1 + isSpin[second]);
      linear[first] -= bias * (1 + isSpin[first]) * isSpin[second];
      linear[second] -= bias * (1 + isSpin[second]) * isSpin[first];
      biases[entry] = product;
    }
  }
  return { size, linear, starts, columns, biases };
}

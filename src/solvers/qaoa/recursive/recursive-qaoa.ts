/**
 * Recursive QAOA as a solver, for two-valued problems without rules. What it finds is judged as it
 * comes, mended by a classical search, and compared with what as much work makes of samples drawn
 * at random.
 */
import { isingOf } from "#annealer";
import { type RandomStream, randomStream } from "#foundation";
import {
  betterOf,
  detectStructure,
  isPolynomial,
  type QuadraticProblem,
  type Sample,
  type SolveOptions,
  type SolveResult,
  type Solver,
  type Support,
  solverOf,
  VARTYPE,
} from "#problem";
import { BestSample } from "../../best-sample.ts";
import { type Mended, type Mending, mend } from "../mended.ts";
import { type Recursion, recurse } from "./recursion.ts";

/** Work grows with the fourth power of the variables. */
const VARIABLES_MAX = 256;

/** Random samples mended for comparison, at most. */
const DRAWS_MAX = 256;

/** The solver; `polisher` mends samples. */
export function recursiveQaoa(polisher: Solver): Solver {
  return solverOf("quadratic", {
    name: "recursive-qaoa",
    version: 1,
    guarantee: "heuristic",
    supports,
    solve: (problem, options) => run(problem, options, polisher),
  });
}

function supports(problem: QuadraticProblem): Support {
  const { variableCount, vartypes, constraints } = problem;
  if (constraints.count > 0) return { kind: "no", reason: "it takes no constraints" };
  if (vartypes.includes(VARTYPE.integer)) {
    return { kind: "no", reason: "it takes two-valued variables only" };
  }
  if (variableCount > VARIABLES_MAX) {
    return { kind: "no", reason: `${variableCount} variables; at most ${VARIABLES_MAX} are tried` };
  }
  const { kind } = detectStructure(problem);
  if (!isPolynomial(kind)) return { kind: "yes" };
  return { kind: "no", reason: `a problem of structure ${kind} is solved exactly without it` };
}

function run(problem: QuadraticProblem, options: SolveOptions, polisher: Solver): SolveResult {
  const best = new BestSample(problem, options);
  if (options.start !== undefined) best.begin(options.start);
  let work = 0;
  let isStopped = false;
  const tick = (units: number): boolean => {
    if (isStopped) return true;
    work += units;
    isStopped = options.budget.tick(units) === "stop";
    return isStopped;
  };
  const stream = randomStream(options.seed, "recursive-qaoa");
  const recursion = recurse(isingOf(problem), tick);
  const mending = { problem, polisher, best, tick, stream };
  const words =
    recursion === undefined
      ? "the budget ended before its end"
      : compared(recursion, mending, () => work);
  return Object.freeze({
    status: best.known === undefined ? "unknown" : "feasible",
    best: best.known,
    bound: undefined,
    method: `recursive QAOA of one layer; ${words}`,
    work,
  });
}

/** Mends what was found, and as many random samples as the same work mends. */
function compared(recursion: Recursion, mending: Mending, work: () => number): string {
  const { problem, stream } = mending;
  const own = mend([{ sample: sampleOf(problem, recursion.spins), count: 1 }], mending);
  const until = 2 * work();
  const draws = mend(
    randomSamples(problem, stream, () => work() < until),
    mending,
  );
  return described(recursion, own, draws, problem.sense);
}

function* randomSamples(problem: QuadraticProblem, stream: RandomStream, mayGoOn: () => boolean) {
  for (let draw = 0; draw < DRAWS_MAX && mayGoOn(); draw += 1) {
    const spins = new Int32Array(problem.variableCount).map(() => 2 * stream.below(2) - 1);
    yield { sample: sampleOf(problem, spins), count: 1 };
  }
}

function sampleOf({ vartypes }: QuadraticProblem, spins: Int32Array): Sample {
  return {
    values: spins.map((spin, at) => (vartypes[at] === VARTYPE.spin ? spin : (spin + 1) / 2)),
  };
}

function described(
  { fixed, certaintyMin }: Recursion,
  own: Mended,
  draws: Mended,
  sense: QuadraticProblem["sense"],
): string {
  const least = certaintyMin.toPrecision(3);
  const steps =
    fixed === 0
      ? "all settings tried, no circuit asked"
      : `${fixed} spins fixed by their means (the least certain at ${least})`;
  const found = `${steps}; as found ${own.measured ?? "none"}, mended ${own.mended ?? "none"}`;
  if (draws.shots === 0) return `${found}; the budget ended before a comparison`;
  const isBeyond = fixed > 0 && betterOf(sense, draws.mended, own.mended) !== draws.mended;
  const verdict = isBeyond ? "the circuit found what these did not" : "the circuit added nothing";
  const random = `${draws.shots} random samples mended by as much work ${draws.mended}`;
  return `${found}; ${random}: ${verdict}`;
}

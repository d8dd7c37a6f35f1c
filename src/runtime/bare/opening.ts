/**
 * An answer before anything else: where presolve and detector have much to look at, the baseline
 * search goes through the problem as it was brought, in a thread of its own beside them, and after
 * it a bound. What they find is kept, whatever becomes of the rest.
 */
import type { QuadraticProblem, Solver } from "#problem";
import type { SolveReport } from "../report.ts";
import { type SolveMeans, type SolveRequest, solve } from "../solve.ts";

/** Terms from which on preparations take long enough to matter. */
const TERMS_MIN = 20_000;
/** With more variables than this for each term, most of them stand in none and need no search. */
const VARIABLES_PER_TERM_MAX = 4;
/** What the baseline may spend, for each variable and term: construction, and a few passes. */
const WORK_PER_ENTRY = 30;
const BASELINE = "descent";

/** The baseline's run; its report arrives when it has ended. */
export interface Opening {
  readonly report: Promise<SolveReport>;
  /** The answer, once it is there. */
  readonly best: () => SolveReport["best"];
  /** Ends the run; nobody wants its answer. */
  readonly close: () => void;
}

/** Begins, where the problem is large and the baseline is among the solvers. */
export function openEarly(
  request: Omit<SolveRequest, "plan" | "rule"> & {
    readonly problem: QuadraticProblem;
    readonly workLimit: number;
  },
  solvers: readonly Solver[],
  means: SolveMeans,
): Opening | undefined {
  const size = sizeOf(request.problem);
  const terms = size - request.problem.variableCount;
  if (terms < TERMS_MIN || size > (1 + VARIABLES_PER_TERM_MAX) * terms) return undefined;
  if (!solvers.some(({ name }) => name === BASELINE)) return undefined;
  const workLimit = Math.min(request.workLimit, WORK_PER_ENTRY * size);
  const bounders = solvers.filter(
    (solver) => solver.guarantee === "bounded" && solver.supports(request.problem).kind === "yes",
  );
  const lane = [BASELINE, ...bounders.map(({ name }) => name)].map((solver) => {
    return { solver, workLimit };
  });
  const plan = { lanes: [lane], exchange: false, gapMax: 0 };
  const closing = new AbortController();
  const signal = AbortSignal.any([closing.signal, ...(request.signal ? [request.signal] : [])]);
  const { problem, seed, budget, onBetter } = request;
  const run = { problem, plan, seed, budget, signal, onBetter, rule: undefined };
  let best: SolveReport["best"];
  const report = solve(run, means).then((ended) => {
    best = ended.best;
    return ended;
  });
  return { report, best: () => best, close: () => closing.abort() };
}

/** How much there is to look at. */
export function sizeOf({ variableCount, objective, constraints: rows }: QuadraticProblem): number {
  return variableCount + objective.columns.length + rows.columns.length + rows.pairFirsts.length;
}

/**
 * An answer before anything else: the baseline, which is the rule that others are held against,
 * goes through the problem as it was brought. Where presolve and detector have much to look at it
 * does so in a thread of its own beside them, and after it comes a bound. What they find is kept,
 * whatever becomes of the rest.
 */
import { entryCount, type QuadraticProblem, type Solver } from "#problem";
import type { SolveReport } from "../report.ts";
import { type SolveMeans, type SolveRequest, solve } from "../solve.ts";

/** Terms from which on preparations take long enough to matter. */
const TERMS_MIN = 20_000;
/** With more variables than this for each term, most of them stand in none and need no search. */
const VARIABLES_PER_TERM_MAX = 4;
/** What the baseline may spend, for each variable and term: construction, and a few passes. */
const WORK_PER_ENTRY = 30;
/** Of the time there is, what a baseline that others wait for may take. */
const WAIT_SHARE = 0.1;
const BASELINE = "descent";

/** The baseline's run; its report arrives when it has ended. */
export interface Opening {
  /** Whether the rest goes on without waiting for it. */
  readonly isBeside: boolean;
  readonly report: Promise<SolveReport>;
  /** The same, once it has. */
  readonly ended: () => SolveReport | undefined;
  /** Ends the run; nobody wants its answer. */
  readonly close: () => void;
}

/** Begins, unless most variables stand in no term, or the baseline is not among the solvers. */
export function openEarly(
  request: Omit<SolveRequest, "plan" | "rule"> & {
    readonly problem: QuadraticProblem;
    readonly workLimit: number;
    readonly isRepeatable?: boolean | undefined;
  },
  solvers: readonly Solver[],
  means: SolveMeans,
): Opening | undefined {
  const size = entryCount(request.problem);
  const terms = size - request.problem.variableCount;
  if (terms === 0 || size > (1 + VARIABLES_PER_TERM_MAX) * terms) return undefined;
  if (!solvers.some(({ name }) => name === BASELINE)) return undefined;
  const isLarge = terms >= TERMS_MIN;
  const isBeside = isLarge && request.isRepeatable !== true;
  const workLimit = Math.min(request.workLimit, WORK_PER_ENTRY * size);
  const bounders = solvers.filter(
    (solver) =>
      isLarge && solver.guarantee === "bounded" && solver.supports(request.problem).kind === "yes",
  );
  const lane = [BASELINE, ...bounders.map(({ name }) => name)].map((solver) => {
    return { solver, workLimit };
  });
  const plan = { lanes: [lane], exchange: false, gapMax: 0 };
  const closing = new AbortController();
  const signal = AbortSignal.any([closing.signal, ...(request.signal ? [request.signal] : [])]);
  const { problem, seed, onBetter } = request;
  const budget = isBeside ? request.budget : shortened(request.budget, means.clock.monotonicMs());
  const run = { problem, plan, seed, budget, signal, onBetter, rule: undefined };
  let ended: SolveReport | undefined;
  const report = solve(run, means).then((outcome) => {
    ended = outcome;
    return outcome;
  });
  return { isBeside, report, ended: () => ended, close: () => closing.abort() };
}

function shortened(
  { searchUntilMs, abandonAtMs }: SolveRequest["budget"],
  nowMs: number,
): SolveRequest["budget"] {
  const untilMs = nowMs + Math.max(0, searchUntilMs - nowMs) * WAIT_SHARE;
  return { searchUntilMs: untilMs, abandonAtMs: Math.min(2 * untilMs - nowMs, abandonAtMs) };
}

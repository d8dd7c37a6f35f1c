/**
 * An answer before anything else: the baseline, which is the rule that others are held against,
 * goes through the problem as it was brought. Where presolve and detector have much to look at it
 * does so in a thread of its own beside them, and after it comes a bound. What they find is kept,
 * whatever becomes of the rest.
 */
import type { Clock } from "#foundation";
import { entryCount, type QuadraticProblem, type Solver } from "#problem";
import type { SolveReport } from "../report.ts";
import { type SolveMeans, type SolveRequest, solve } from "../solve.ts";

/** Terms from which on preparations take long enough to matter. */
const TERMS_MIN = 20_000;
/** With more variables than this for each term, most of them stand in none and need no search. */
const VARIABLES_PER_TERM_MAX = 4;
/** What the baseline may spend, for each variable and term: construction, and a few passes. */
const WORK_PER_ENTRY = 30;
/** Of the time there is, after how much a baseline that others wait for is told to stop, */
const STOP_SHARE = 0.1;
/** after how much they go on without it, */
const WAIT_SHARE = 0.2;
/**
 * and after how much its thread is taken away. One that is merely starved comes back long before
 * another could be started in its place.
 */
const ABANDON_SHARE = 0.5;
const BASELINE = "descent";

/** The baseline's run; its report arrives when it has ended. */
export interface Opening {
  /** Resolves when the rest may go on: at once beside it, else when it has ended or is late. */
  readonly awaited: Promise<void>;
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
  const begunMs = means.clock.monotonicMs();
  const searchMs = Math.max(0, request.budget.searchUntilMs - begunMs);
  const budget = isBeside ? request.budget : shortened(request.budget, begunMs, searchMs);
  const run = { problem, plan, seed, budget, signal, onBetter, rule: undefined };
  let ended: SolveReport | undefined;
  const report = solve(run, means).then((outcome) => {
    ended = outcome;
    return outcome;
  });
  const lateMs = request.isRepeatable === true ? undefined : WAIT_SHARE * searchMs;
  const awaited = isBeside ? Promise.resolve() : endedOrLate(report, lateMs, means.clock);
  return { awaited, report, ended: () => ended, close: () => closing.abort() };
}

function shortened(
  { abandonAtMs }: SolveRequest["budget"],
  begunMs: number,
  searchMs: number,
): SolveRequest["budget"] {
  return {
    searchUntilMs: begunMs + STOP_SHARE * searchMs,
    abandonAtMs: Math.min(begunMs + ABANDON_SHARE * searchMs, abandonAtMs),
  };
}

/** Resolves when the run has ended, or after `lateMs` where the answer may depend on a clock. */
async function endedOrLate(
  report: Promise<SolveReport>,
  lateMs: number | undefined,
  clock: Clock,
): Promise<void> {
  const late = Promise.withResolvers<void>();
  const cancel = lateMs === undefined ? () => {} : clock.after(lateMs, late.resolve);
  await Promise.race([report, late.promise]);
  cancel();
}

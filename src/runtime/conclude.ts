/**
 * From attempts to a verdict. Nothing a solver says is believed: every sample is verified against
 * the problem, every bound and proof is held against what was verified, and what does not hold is
 * struck out with the reason.
 */
import {
  isBetterObjective,
  type ObjectiveSense,
  objectiveTolerance,
  type Problem,
  type SolveStatus,
  sampleFlaw,
  verify,
} from "#problem";
import { isBetter } from "./lane.ts";
import {
  type Attempt,
  type Incumbent,
  type Rung,
  relativeGap,
  type SolveReport,
  wasCutShort,
} from "./report.ts";

/** A gap this small is rounding. */
const GAP_ROUNDING = 1e-9;

/** How claims about a problem are compared. */
interface Scales {
  readonly sense: ObjectiveSense;
  /** Objectives no further apart are equal up to rounding. */
  readonly tolerance: number;
}

/**
 * Judges the attempts of one solve; `rule` is the fallback's verified sample. Pure and
 * deterministic.
 */
export function conclude(
  problem: Problem,
  rule: Incumbent | undefined,
  raced: readonly Attempt[],
  gapMax: number,
): SolveReport {
  const { sense } = problem;
  const scales: Scales = { sense, tolerance: objectiveTolerance(problem) };
  const attempts = raced.map((attempt) => verified(problem, scales, attempt));
  let best: (Incumbent & { solver: string }) | undefined;
  for (const attempt of attempts) {
    if (attempt.best !== undefined && isBetter(sense, attempt.best, best)) {
      best = { ...attempt.best, solver: attempt.solver };
    }
  }
  let rung: Rung = attempts.some(wasCutShort) ? "incumbent" : "portfolio";
  if (rule !== undefined && isBetter(sense, rule, best)) {
    best = { ...rule, solver: "rule" };
    rung = "rule";
  }
  const judged = attempts.map((attempt) => withHonestClaims(scales, attempt, best));
  return finish(scales, { attempts: judged, best, rung, rule, gapMax });
}

interface Judged {
  readonly attempts: readonly Attempt[];
  readonly best: (Incumbent & { readonly solver: string }) | undefined;
  readonly rung: Rung;
  readonly rule: Incumbent | undefined;
  readonly gapMax: number;
}

function finish(scales: Scales, { attempts, best, rung, rule, gapMax }: Judged): SolveReport {
  // A shorter order's objective says nothing beside a longer one's.
  const isComparable = rule !== undefined && (best === undefined || sameLength(rule, best));
  const ruleObjective = isComparable ? rule.objective : undefined;
  const base = { ruleObjective, attempts, best };
  if (best === undefined) {
    const refuted = attempts.find((attempt) => attempt.status === "infeasible");
    const status = refuted === undefined ? "unknown" : "infeasible";
    const conflict = refuted?.conflict ?? [];
    const bound = refuted === undefined ? tightestBound(scales, attempts) : undefined;
    return { ...base, rung: undefined, status, bound, gap: undefined, conflict };
  }
  const proved = attempts.some((attempt) => attempt.status === "optimal");
  const bound = proved ? best.objective : tightestBound(scales, attempts);
  const gap = bound === undefined ? undefined : relativeGap(bound, best.objective);
  const isMet = bound !== undefined && isClose(scales, bound, best.objective);
  const isOptimal = proved || (isMet && (gap ?? 1) <= GAP_ROUNDING);
  const status: SolveStatus = isOptimal ? "optimal" : "feasible";
  // A race that was stopped because its answer was good enough has gone through its whole plan.
  const searched = rung === "incumbent" && gap !== undefined && gap <= gapMax ? "portfolio" : rung;
  const answered = status === "optimal" ? "proved" : searched;
  return { ...base, rung: answered, status, bound, gap, conflict: [] };
}

/** The least bound of what is to be great, the greatest of what is to be small. */
function tightestBound({ sense }: Scales, attempts: readonly Attempt[]): number | undefined {
  let tightest: number | undefined;
  for (const { bound } of attempts) {
    if (bound === undefined || !Number.isFinite(bound)) continue;
    if (tightest === undefined || isBetterObjective(sense, tightest, bound)) tightest = bound;
  }
  return tightest;
}

/** The attempt with its sample judged by the verifier; a sample that fails is struck out. */
function verified(problem: Problem, scales: Scales, attempt: Attempt): Attempt {
  if (attempt.best === undefined) return attempt;
  const { sample, objective: claimed } = attempt.best;
  const rejected = (fault: string): Attempt => {
    return { ...attempt, best: undefined, bound: undefined, status: "unknown", fault };
  };
  const wrong = sampleFlaw(problem, sample.values);
  if (wrong !== undefined) return rejected(`sample rejected: ${wrong}`);
  const { feasible, objective, violations } = verify(problem, sample);
  if (!feasible) {
    return rejected(`sample rejected: breaks ${violations.map(({ rule }) => rule).join(", ")}`);
  }
  if (!isClose(scales, objective, claimed)) {
    return rejected(`sample rejected: objective ${objective}, claimed ${claimed}`);
  }
  return { ...attempt, best: { sample, objective } };
}

/** The attempt without bounds and proofs that the best verified sample refutes. */
function withHonestClaims(scales: Scales, attempt: Attempt, best: Incumbent | undefined): Attempt {
  if (best === undefined) return attempt;
  if (attempt.status === "infeasible") {
    const fault = "claimed that nothing is feasible; a feasible sample is known";
    return { ...attempt, status: "unknown", bound: undefined, conflict: [], fault };
  }
  const { bound } = attempt;
  if (bound !== undefined && isPassed(scales, bound, best.objective)) {
    const fault = `bound rejected: ${bound}, and ${best.objective} is known`;
    return { ...attempt, status: demoted(attempt.status), bound: undefined, fault };
  }
  if (
    attempt.status === "optimal" &&
    (attempt.best === undefined || isBeaten(scales, attempt.best, best))
  ) {
    const fault = "proof rejected: a better sample is known";
    return { ...attempt, status: demoted(attempt.status), bound: undefined, fault };
  }
  return attempt;
}

function demoted(status: SolveStatus): SolveStatus {
  return status === "optimal" ? "feasible" : status;
}

/** Whether an objective is better than what was said to bound it. */
function isPassed(scales: Scales, bound: number, objective: number): boolean {
  return isBetterObjective(scales.sense, objective, bound) && !isClose(scales, bound, objective);
}

function isBeaten(scales: Scales, claimed: Incumbent, best: Incumbent): boolean {
  return (
    isBetter(scales.sense, best, claimed) &&
    !(sameLength(best, claimed) && isClose(scales, best.objective, claimed.objective))
  );
}

function sameLength(a: Incumbent, b: Incumbent): boolean {
  return a.sample.values.length === b.sample.values.length;
}

/** Equal up to rounding. */
function isClose({ tolerance }: Scales, a: number, b: number): boolean {
  return Math.abs(a - b) <= tolerance;
}

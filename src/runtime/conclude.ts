/**
 * From attempts to a verdict. Nothing a solver says is believed: every sample is verified against
 * the problem, every bound and proof is held against what was verified, and what does not hold is
 * struck out with the reason.
 */
import { objectiveScale, type Problem, type SolveStatus, verify } from "#problem";
import { isBetter } from "./lane.ts";
import {
  type Attempt,
  type Incumbent,
  type Rung,
  relativeGap,
  type SolveReport,
} from "./report.ts";

/** Relative slack for comparing objectives that were summed in different orders. */
const TOLERANCE = 1e-9;

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
  const attempts = raced.map((attempt) => verified(problem, attempt));
  let best: (Incumbent & { solver: string }) | undefined;
  for (const attempt of attempts) {
    if (attempt.best !== undefined && isBetter(attempt.best, best)) {
      best = { ...attempt.best, solver: attempt.solver };
    }
  }
  let rung: Rung = attempts.some(wasCutShort) ? "incumbent" : "portfolio";
  if (rule !== undefined && isBetter(rule, best)) {
    best = { ...rule, solver: "rule" };
    rung = "rule";
  }
  const judged = attempts.map((attempt) => withHonestClaims(problem, attempt, best));
  return finish(judged, best, rung, rule, gapMax);
}

function finish(
  attempts: readonly Attempt[],
  best: (Incumbent & { readonly solver: string }) | undefined,
  rung: Rung,
  rule: Incumbent | undefined,
  gapMax: number,
): SolveReport {
  // A shorter order's objective says nothing beside a longer one's.
  const isComparable = rule !== undefined && (best === undefined || sameLength(rule, best));
  const ruleObjective = isComparable ? rule.objective : undefined;
  const base = { ruleObjective, attempts, best };
  if (best === undefined) {
    const refuted = attempts.find((attempt) => attempt.status === "infeasible");
    const status = refuted === undefined ? "unknown" : "infeasible";
    const conflict = refuted?.conflict ?? [];
    return { ...base, rung: undefined, status, bound: undefined, gap: undefined, conflict };
  }
  const bounds = attempts.flatMap(({ bound }) => (bound === undefined ? [] : [bound]));
  const proved = attempts.some((attempt) => attempt.status === "optimal");
  const bound = proved ? best.objective : bounds.length > 0 ? Math.min(...bounds) : undefined;
  const gap = bound === undefined ? undefined : relativeGap(bound, best.objective);
  const status: SolveStatus = proved || (gap ?? 1) <= TOLERANCE ? "optimal" : "feasible";
  // A race that was stopped because its answer was good enough has gone through its whole plan.
  const searched = rung === "incumbent" && gap !== undefined && gap <= gapMax ? "portfolio" : rung;
  const answered = status === "optimal" ? "proved" : searched;
  return { ...base, rung: answered, status, bound, gap, conflict: [] };
}

function wasCutShort({ end }: Attempt): boolean {
  return end === "stopped" || end === "abandoned" || end === "unstarted";
}

/** The attempt with its sample judged by the verifier; a sample that fails is struck out. */
function verified(problem: Problem, attempt: Attempt): Attempt {
  if (attempt.best === undefined) return attempt;
  const { sample, objective: claimed } = attempt.best;
  const rejected = (fault: string): Attempt => {
    return { ...attempt, best: undefined, bound: undefined, status: "unknown", fault };
  };
  const wrong = malformed(problem, sample.values);
  if (wrong !== undefined) return rejected(`sample rejected: ${wrong}`);
  const { feasible, objective, violations } = verify(problem, sample);
  if (!feasible) {
    return rejected(`sample rejected: breaks ${violations.map(({ rule }) => rule).join(", ")}`);
  }
  if (!isClose(problem, objective, claimed)) {
    return rejected(`sample rejected: objective ${objective}, claimed ${claimed}`);
  }
  return { ...attempt, best: { sample, objective } };
}

/** The attempt without bounds and proofs that the best verified sample refutes. */
function withHonestClaims(
  problem: Problem,
  attempt: Attempt,
  best: Incumbent | undefined,
): Attempt {
  if (best === undefined) return attempt;
  if (attempt.status === "infeasible") {
    const fault = "claimed that nothing is feasible; a feasible sample is known";
    return { ...attempt, status: "unknown", bound: undefined, conflict: [], fault };
  }
  const { bound } = attempt;
  if (bound !== undefined && bound < best.objective && !isClose(problem, bound, best.objective)) {
    const fault = `bound rejected: ${bound}, and ${best.objective} is known`;
    return { ...attempt, status: demoted(attempt.status), bound: undefined, fault };
  }
  if (
    attempt.status === "optimal" &&
    (attempt.best === undefined || isBeaten(problem, attempt.best, best))
  ) {
    const fault = "proof rejected: a better sample is known";
    return { ...attempt, status: demoted(attempt.status), bound: undefined, fault };
  }
  return attempt;
}

function demoted(status: SolveStatus): SolveStatus {
  return status === "optimal" ? "feasible" : status;
}

function isBeaten(problem: Problem, claimed: Incumbent, best: Incumbent): boolean {
  return (
    isBetter(best, claimed) &&
    !(sameLength(best, claimed) && isClose(problem, best.objective, claimed.objective))
  );
}

function sameLength(a: Incumbent, b: Incumbent): boolean {
  return a.sample.values.length === b.sample.values.length;
}

/** Equal up to rounding, by the size of what was summed: amounts may be tiny. */
function isClose(problem: Problem, a: number, b: number): boolean {
  return Math.abs(a - b) <= TOLERANCE * objectiveScale(problem);
}

function malformed(problem: Problem, values: Int32Array): string | undefined {
  if (values.length > problem.positionCount) return `${values.length} positions`;
  if (new Set(values).size !== values.length) return "an item twice";
  const stranger = values.find((item) => item < 0 || item >= problem.itemCount);
  return stranger === undefined ? undefined : `no item ${stranger}`;
}

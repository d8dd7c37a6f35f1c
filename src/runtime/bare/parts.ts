/**
 * Parts that have nothing to do with each other, solved one after the other, the smallest first,
 * each in its share of the time that is left; what they add up to.
 */
import type { Clock } from "#foundation";
import { joinParts, type Part, type QuadraticProblem, type SolveStatus, verify } from "#problem";
import { relativeGap, type SolveReport } from "../report.ts";
import type { SolveRequest } from "../solve.ts";

/** Solves one part until its time is over. */
type SolvePart = (
  problem: QuadraticProblem,
  budget: SolveRequest["budget"],
) => Promise<SolveReport>;

/**
 * Solves the parts of `problem`. A part without an answer leaves the whole without one; the parts
 * behind it are not begun.
 */
export async function solveParts(
  problem: QuadraticProblem,
  parts: readonly Part[],
  budget: SolveRequest["budget"],
  clock: Clock,
  solvePart: SolvePart,
): Promise<SolveReport> {
  const reports: SolveReport[] = [];
  let sizeLeft = problem.variableCount;
  for (const part of parts) {
    const nowMs = clock.monotonicMs();
    const shareMs = ((budget.searchUntilMs - nowMs) * part.variables.length) / sizeLeft;
    const searchUntilMs = nowMs + Math.max(0, shareMs);
    const graceMs = budget.abandonAtMs - budget.searchUntilMs;
    const own = { searchUntilMs, abandonAtMs: searchUntilMs + graceMs };
    const report = await solvePart(part.problem, own);
    reports.push(report);
    if (report.best === undefined) return without(report, reports);
    sizeLeft -= part.variables.length;
  }
  return together(problem, parts, reports);
}

/** The whole has no answer because the last part solved has none. */
function without(last: SolveReport, reports: readonly SolveReport[]): SolveReport {
  const attempts = reports.flatMap((report) => report.attempts);
  return { ...last, bound: undefined, gap: undefined, attempts };
}

function together(
  problem: QuadraticProblem,
  parts: readonly Part[],
  reports: readonly SolveReport[],
): SolveReport {
  const samples = reports.flatMap(({ best }) => (best === undefined ? [] : [best.sample]));
  const sample = joinParts(parts, samples);
  const { objective } = verify(problem, sample);
  const isProved = reports.every(({ status }) => status === "optimal");
  const bounds = reports.flatMap(({ bound }) => (bound === undefined ? [] : [bound]));
  const isBounded = bounds.length === reports.length;
  const sumOfBounds = bounds.reduce((sum, bound) => sum + bound, 0);
  const bound = isProved ? objective : isBounded ? sumOfBounds : undefined;
  const solvers = new Set(reports.flatMap(({ best }) => (best === undefined ? [] : [best.solver])));
  const status: SolveStatus = isProved ? "optimal" : "feasible";
  const isCut = reports.some(({ rung }) => rung === "incumbent");
  return {
    rung: isProved ? "proved" : isCut ? "incumbent" : "portfolio",
    status,
    best: { sample, objective, solver: [...solvers].join(" + ") },
    bound,
    gap: bound === undefined ? undefined : relativeGap(bound, objective),
    ruleObjective: undefined,
    conflict: [],
    attempts: reports.flatMap(({ attempts }) => attempts),
  };
}

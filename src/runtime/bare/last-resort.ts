/**
 * What is said where the search proved nothing: its own answer, the opening's, or values at the
 * bounds, whichever is best.
 */
import { isBetterObjective, type QuadraticProblem, sampleFlaw, verify } from "#problem";
import { relativeGap, type SolveReport } from "../report.ts";
import type { BareReport, BareRequest, Scene } from "./approach.ts";

/** The report with the opening's answer where that is better, and with one if there is any. */
export async function orElse({ request, opening }: Scene, report: BareReport): Promise<BareReport> {
  if (report.status === "optimal" || report.status === "infeasible") {
    opening?.close();
    return report;
  }
  if (opening === undefined) return orAtBounds(request.problem, report);
  const opened = await opening.report;
  const attempts = [...opened.attempts, ...report.attempts];
  return orAtBounds(request.problem, withOpened({ ...report, attempts }, request, opened));
}

/** What the report and the opening know together. */
function withOpened(
  report: BareReport,
  { problem: { sense } }: BareRequest,
  { best, bound: ownBound }: SolveReport,
): BareReport {
  const isAhead = (one: number | undefined, other: number | undefined) =>
    one !== undefined && (other === undefined || isBetterObjective(sense, one, other));
  const isLooser = report.bound === undefined || isAhead(report.bound, ownBound);
  const bound = isLooser ? (ownBound ?? report.bound) : report.bound;
  const gapTo = (objective: number) =>
    bound === undefined ? undefined : relativeGap(bound, objective);
  if (best !== undefined && isAhead(best.objective, report.best?.objective)) {
    return {
      ...report,
      rung: "incumbent",
      status: "feasible",
      best,
      bound,
      gap: gapTo(best.objective),
    };
  }
  const gap = report.best === undefined ? undefined : gapTo(report.best.objective);
  return { ...report, bound, gap };
}

/**
 * Where nobody had the time to find anything: every variable at its lower bound, or every one at
 * its upper, if that is feasible. A problem without rows always has an answer.
 */
function orAtBounds(problem: QuadraticProblem, report: BareReport): BareReport {
  if (report.best !== undefined || report.status === "infeasible") return report;
  for (const bounds of [problem.lowerBounds, problem.upperBounds]) {
    const sample = { values: Int32Array.from(bounds) };
    if (sampleFlaw(problem, sample.values) !== undefined) continue;
    const { feasible, objective } = verify(problem, sample);
    if (!feasible) continue;
    const { bound } = report;
    const gap = bound === undefined ? undefined : relativeGap(bound, objective);
    const best = { sample, objective, solver: "bounds" };
    return { ...report, rung: "incumbent", status: "feasible", best, gap };
  }
  return report;
}

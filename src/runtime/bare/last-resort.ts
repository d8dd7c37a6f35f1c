/**
 * What is said where the search proved nothing: its own answer, the opening's, or values at the
 * bounds, whichever is best.
 */
import { type QuadraticProblem, sampleFlaw, verify } from "#problem";
import { joined, relativeGap } from "../report.ts";
import type { BareReport, Scene } from "./approach.ts";

/** The report with what the opening found, and its answer where that is better. */
export async function orElse({ request, opening }: Scene, report: BareReport): Promise<BareReport> {
  const isProved = report.status === "optimal" || report.status === "infeasible";
  if (isProved) opening?.close();
  // With a proof nobody waits for it any more.
  const opened = isProved ? opening?.ended() : await opening?.report;
  if (opened === undefined) return isProved ? report : orAtBounds(request.problem, report);
  // Whatever became of the opening's own plan, the whole one may have been cut short.
  const rung = opened.status === "feasible" ? "incumbent" : opened.rung;
  const whole = joined(request.problem.sense, { ...opened, rung }, report);
  const ruled = { ...whole, ruleObjective: opened.best?.objective };
  return isProved ? ruled : orAtBounds(request.problem, ruled);
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

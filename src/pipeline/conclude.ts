/**
 * Station 5: the ladder's last steps. The verified sample becomes an answer, the answer is judged once more by the
 * type's own checker from the question alone, and only then gets its reasons. Where there is no sample, the policy's
 * safe answer is tried, and after that the request ends in a typed refusal.
 */

import type { CheckReport, Policy, PosedDecision, Reason } from "#decisions";
import { Fault, type Json } from "#foundation";
import type { Quality } from "#provenance";
import { type Rung, relativeGap, type SolveReport } from "#runtime";
import { pipelineFaults } from "./faults.ts";
import type { Formulation } from "./formulate.ts";

/** An answer that passed the check, with what it is worth and why. */
export interface Decision {
  readonly answer: Json;
  readonly quality: Quality;
  readonly reasons: readonly Reason[];
}

interface Candidate {
  readonly answer: Json;
  readonly report: CheckReport;
  readonly rung: Rung;
  readonly solver: string;
}

/**
 * Turns a solve into a decision.
 *
 * @throws Fault `contradiction` naming the rules that clash, or `undecided`.
 */
export function conclude(
  formulation: Pick<Formulation, "posed" | "rule">,
  report: SolveReport,
  policy: Pick<Policy, "safe">,
): Decision {
  if (report.status === "infeasible") throw contradiction(report.conflict);
  const { posed } = formulation;
  const chosen =
    solved(posed, report) ?? ruled(formulation, report) ?? safe(posed, policy) ?? undefined;
  if (chosen === undefined) throw undecided(report);
  const { answer, rung, solver } = chosen;
  const { objective } = chosen.report;
  const isSolved = report.best !== undefined && rung === report.rung;
  // A bound speaks of answers at least as long as the solver's own; a safe answer may be shorter.
  const bound = isSolved ? (report.bound ?? null) : null;
  const quality: Quality = {
    rung,
    status: isSolved && report.status === "optimal" ? "optimal" : "feasible",
    objective,
    bound: isSolved && report.status === "optimal" ? objective : bound,
    gap: bound === null ? null : report.status === "optimal" ? 0 : relativeGap(bound, objective),
    ruleObjective: report.ruleObjective ?? null,
    solver,
  };
  return Object.freeze({ answer, quality: Object.freeze(quality), reasons: posed.explain(answer) });
}

function solved(posed: PosedDecision, report: SolveReport): Candidate | undefined {
  if (report.best === undefined || report.rung === undefined) return undefined;
  const answer = posed.read(report.best.sample);
  return checked(posed, answer, report.rung, report.best.solver);
}

function ruled(formulation: Pick<Formulation, "posed" | "rule">, report: SolveReport) {
  if (formulation.rule === undefined || report.rung === "rule") return undefined;
  const answer = formulation.posed.read(formulation.rule);
  return checked(formulation.posed, answer, "rule", "rule");
}

function safe(posed: PosedDecision, policy: Pick<Policy, "safe">): Candidate | undefined {
  return policy.safe === undefined ? undefined : checked(posed, policy.safe, "safe", "policy");
}

function checked(
  posed: PosedDecision,
  answer: Json,
  rung: Rung,
  solver: string,
): Candidate | undefined {
  const report = posed.check(answer);
  return report.broken.length > 0 ? undefined : { answer, report, rung, solver };
}

function contradiction(rules: readonly string[]): Fault {
  const detail = `expected rules that can hold together, got a clash of ${rules.join(", ")}`;
  return new Fault(pipelineFaults.contradiction, { detail, rules });
}

function undecided(report: SolveReport): Fault {
  const ends = report.attempts.map(({ solver, end }) => `${solver} ${end}`).join(", ");
  const detail = `expected a feasible answer in time, got none (${ends || "no solver ran"})`;
  return new Fault(pipelineFaults.undecided, { detail });
}

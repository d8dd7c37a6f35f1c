/**
 * Station 5: the ladder's last steps. The verified sample becomes an answer, the answer is judged
 * once more by the type's own checker from the question alone, and only then gets its reasons.
 * Where there is no sample, the policy's safe answer is tried, and after that the request ends in a
 * typed refusal.
 */

import type { Policy, PosedDecision, Reason } from "#decisions";
import { Fault, type Json } from "#foundation";
import { objectiveTolerance, type Problem } from "#problem";
import type { Quality } from "#provenance";
import type { Rung, SolveReport } from "#runtime";
import { pipelineFaults } from "./faults.ts";
import type { Formulation } from "./formulate.ts";

/** An answer that passed the check, with what it is worth and why. */
export interface Decision {
  readonly answer: Json;
  readonly quality: Quality;
  readonly reasons: readonly Reason[];
}

/** An answer with what is claimed of it. */
type Claimed = Pick<Decision, "answer"> & {
  readonly quality: Omit<Quality, "ruleObjective">;
};

/** Relative slack between the checker's objective and the verifier's, which sum differently. */
const TOLERANCE = 1e-9;

/** Whether two sums of the same terms agree; they may be a small difference of large ones. */
function agree(problem: Problem, one: number, other: number): boolean {
  const difference = Math.abs(one - other);
  if (difference <= TOLERANCE * Math.max(1, Math.abs(one))) return true;
  return difference <= objectiveTolerance(problem);
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
    passing(posed, solved(posed, report)) ??
    passing(posed, ruled(formulation, report)) ??
    passing(posed, safe(posed, policy));
  if (chosen === undefined) throw undecided(report);
  const { answer } = chosen;
  const quality = { ...chosen.quality, ruleObjective: report.ruleObjective ?? null };
  return Object.freeze({ answer, quality: Object.freeze(quality), reasons: posed.explain(answer) });
}

function solved(posed: PosedDecision, report: SolveReport): Claimed | undefined {
  const { best, rung, bound, gap } = report;
  if (best === undefined || rung === undefined) return undefined;
  const status = report.status === "optimal" ? "optimal" : "feasible";
  const { objective, solver } = best;
  const [boundOrNull, gapOrNull] = [bound ?? null, gap ?? null];
  const quality = { rung, status, objective, bound: boundOrNull, gap: gapOrNull, solver } as const;
  return { answer: posed.read(best.sample), quality };
}

/** The rule's answer, for when the solvers' does not pass the check. */
function ruled({ posed, rule }: Pick<Formulation, "posed" | "rule">, report: SolveReport) {
  const objective = report.ruleObjective;
  if (rule === undefined || objective === undefined) return undefined;
  return { answer: posed.read(rule), quality: unbounded("rule", objective, "rule") };
}

/** The policy's last resort. No bound speaks of it: it may be shorter than what was searched. */
function safe(posed: PosedDecision, policy: Pick<Policy, "safe">): Claimed | undefined {
  if (policy.safe === undefined) return undefined;
  const { objective } = posed.check(policy.safe);
  return { answer: policy.safe, quality: unbounded("safe", objective, "policy") };
}

function unbounded(rung: Rung, objective: number, solver: string): Claimed["quality"] {
  return { rung, status: "feasible", objective, bound: null, gap: null, solver };
}

/** The answer if it passes the type's own check, rules and objective alike. */
function passing(posed: PosedDecision, claimed: Claimed | undefined): Claimed | undefined {
  if (claimed === undefined) return undefined;
  const { broken, objective } = posed.check(claimed.answer);
  const isTrue = agree(posed.problem, objective, claimed.quality.objective);
  return broken.length === 0 && isTrue ? claimed : undefined;
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

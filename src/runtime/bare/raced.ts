/**
 * An approach carried out: the race over its plan, or one for each of its parts, and the outcome in
 * the variables of the problem that was brought.
 */
import { type Part, sampleFlaw, verify } from "#problem";
import type { SolveReport } from "../report.ts";
import { type SolveRequest, solve } from "../solve.ts";
import {
  type Approach,
  approachTo,
  type BareReport,
  type BareRequest,
  type Scene,
} from "./approach.ts";
import { solveParts } from "./parts.ts";

/** Where nothing was done. */
export const UNSOLVED: SolveReport = Object.freeze({
  rung: undefined,
  status: "unknown",
  best: undefined,
  bound: undefined,
  gap: undefined,
  ruleObjective: undefined,
  conflict: Object.freeze([]),
  attempts: Object.freeze([]),
});

/** Solves the approach's problem; what there is no time for remains as it is. */
export async function raced(scene: Scene, approach: Approach): Promise<BareReport> {
  const { request, pace } = scene;
  const { reduction, plan, parts } = approach;
  const isReduced = reduction?.kind === "reduced";
  const problem = isReduced ? reduction.problem : request.problem;
  const { seed, budget, signal, onBetter } = request;
  if (isReduced && problem.variableCount === 0 && problem.constraints.count === 0) {
    return lifted(request, { ...solvedBy(problem.objective.offset), approach });
  }
  if (parts !== undefined) return lifted(request, await racedApart(scene, approach, parts));
  // A large problem takes threads longer to take up than there is time.
  if (scene.opening !== undefined && pace.isEnded()) return { ...UNSOLVED, approach };
  const start = scene.opening?.ended()?.best;
  const rule = start && (isReduced ? reduction.restrict(start.sample) : start.sample);
  const race = { problem, plan, seed, rule, budget, signal, onBetter };
  const report = await solveNow(scene, race);
  return lifted(request, { ...(start ? begunWith(report, start.solver) : report), approach });
}

/** Solves; attempts tell their times from the beginning of the whole. */
async function solveNow({ pace, means }: Scene, request: SolveRequest): Promise<SolveReport> {
  const beganMs = pace.elapsedMs();
  const report = await solve(request, means);
  const attempts = report.attempts.map((attempt) => {
    const { startedMs, endedMs } = attempt;
    return { ...attempt, startedMs: startedMs + beganMs, endedMs: endedMs + beganMs };
  });
  return { ...report, attempts };
}

/** The report, where the start was an answer by `solver` and nobody's rule. */
function begunWith(report: SolveReport, solver: string): SolveReport {
  const { best, rung } = report;
  return {
    ...report,
    rung: rung === "rule" ? "incumbent" : rung,
    best: best?.solver === "rule" ? { ...best, solver } : best,
    ruleObjective: undefined,
  };
}

/** Presolve left nothing to choose. */
function solvedBy(objective: number): SolveReport {
  const best = { sample: { values: new Int32Array(0) }, objective, solver: "presolve" };
  return { ...UNSOLVED, rung: "proved", status: "optimal", best, bound: objective, gap: 0 };
}

async function racedApart(
  scene: Scene,
  approach: Approach,
  parts: readonly Part[],
): Promise<BareReport> {
  const { request, pace, means, opening, solvers } = scene;
  const { reduction } = approach;
  const { seed, signal } = request;
  const outcome = await solveParts({
    problem: reduction?.kind === "reduced" ? reduction.problem : request.problem,
    parts,
    budget: request.budget,
    clock: means.clock,
    pace,
    bounders: solvers.filter(({ guarantee }) => guarantee === "bounded"),
    spare: async () => {
      const best = (await opening?.report)?.best?.sample;
      return best && (reduction?.kind === "reduced" ? reduction.project(best) : best);
    },
    solvePart: async (part, budget) => {
      const { structure, plan } = await pace.drive(approachTo(scene, part.problem, { budget }));
      const race = { problem: part.problem, plan, seed, rule: undefined, budget, signal };
      const report = await solveNow(scene, { ...race, onBetter: undefined });
      return { ...part, structure: structure.kind, plan, report };
    },
  });
  return { ...outcome.report, approach: { ...approach, parts: outcome.parts } };
}

/** The report in the variables of the problem that was brought. */
function lifted({ problem }: BareRequest, report: BareReport): BareReport {
  const { reduction } = report.approach;
  if (reduction?.kind !== "reduced" || report.best === undefined) return report;
  const sample = reduction.lift(report.best.sample);
  const isSample = sampleFlaw(problem, sample.values) === undefined;
  const { feasible, objective } = isSample
    ? verify(problem, sample)
    : { feasible: false, objective: Number.NaN };
  if (!feasible) return { ...report, best: undefined, status: "unknown", gap: undefined };
  // What is proved is proved of sums that were added up in another order.
  const bound = report.status === "optimal" ? objective : report.bound;
  return { ...report, bound, best: { ...report.best, sample, objective } };
}

/**
 * Solving a quadratic problem with no customer in sight: presolve, detect, plan, race, lift, and
 * verify on the problem that was brought. What the command line and the benchmarks call.
 */
import { Fault } from "#foundation";
import { presolve, type Refuted, VALUE_MAX, valueRange } from "#problem";
import { runtimeFaults } from "../faults.ts";
import type { Plan } from "../plan.ts";
import { type SolveMeans, solve } from "../solve.ts";
import {
  approachTo,
  type BareReport,
  type BareRequest,
  chosenView,
  type Scene,
} from "./approach.ts";
import { orElse } from "./last-resort.ts";
import { openEarly } from "./opening.ts";
import { paceOf } from "./pace.ts";
import { raced, UNSOLVED } from "./raced.ts";

const NO_PLAN: Plan = Object.freeze({ lanes: Object.freeze([]), exchange: false, gapMax: 0 });

/**
 * Solves; never rejects for lack of an answer. Where values reach beyond 32 bits those within are
 * searched, and nothing is claimed of the others.
 *
 * @throws Fault `values-too-large` when a variable has no value within 32 bits.
 */
export async function solveBare(request: BareRequest, means: SolveMeans): Promise<BareReport> {
  const range = valueRange(request.problem);
  if (range.kind === "whole") return solveWithin(request, means);
  if (range.kind === "beyond") {
    const { variable, bound } = range;
    const detail = `${variable}: expected values from ${-VALUE_MAX} to ${VALUE_MAX}, got ${bound}`;
    throw new Fault(runtimeFaults.valuesTooLarge, { detail });
  }
  const report = await solveWithin({ ...request, problem: range.problem }, means);
  return withoutClaims({ ...report, approach: { ...report.approach, cut: range } });
}

/** What holds of a part of the samples alone: what was found, but no bound and no proof. */
function withoutClaims(report: BareReport): BareReport {
  const status = report.best === undefined ? "unknown" : "feasible";
  const attempts = report.attempts.map((attempt) => ({
    ...attempt,
    status: attempt.best === undefined ? ("unknown" as const) : ("feasible" as const),
    bound: undefined,
    method: undefined,
    conflict: [],
  }));
  const rung = report.rung === "proved" ? "portfolio" : report.rung;
  return { ...report, rung, status, bound: undefined, gap: undefined, conflict: [], attempts };
}

async function solveWithin(request: BareRequest, means: SolveMeans): Promise<BareReport> {
  const { problem, choice } = request;
  if (choice.kind === "auto") return solveByPortfolio(request, choice, means);
  const leg = { solver: choice.solver.name, workLimit: request.workLimit };
  const plan: Plan = { lanes: [[leg]], exchange: false, gapMax: 0 };
  const report = await solve({ ...request, problem, plan, rule: undefined }, means);
  return { ...report, approach: { reduction: undefined, structure: undefined, plan } };
}

async function solveByPortfolio(
  request: BareRequest,
  { solvers, lessons }: Extract<BareRequest["choice"], { readonly kind: "auto" }>,
  means: SolveMeans,
): Promise<BareReport> {
  const { problem, presolveWorkLimit: workLimit } = request;
  const pace = paceOf(means.clock, request);
  const opening = openEarly(request, solvers, means);
  const { isOver } = pace;
  const reduction = await pace.drive(presolve(problem, { workLimit, isOver }));
  if (reduction.kind === "infeasible") {
    opening?.close();
    return refuted(reduction);
  }
  const scene: Scene = { request, solvers, lessons, means, pace, opening };
  const view = await pace.drive(chosenView(scene, reduction));
  await opening?.awaited;
  const report = await raced(scene, view);
  // A reduction that lost what it was to keep costs time, never the answer.
  const isLost = view.reduction !== undefined && report.best === undefined;
  if (!isLost || pace.isEnded() || report.status === "infeasible") return orElse(scene, report);
  const again = await pace.drive(approachTo(scene, problem));
  return orElse(scene, await raced(scene, again));
}

function refuted(reduction: Refuted): BareReport {
  const approach = { reduction, structure: undefined, plan: NO_PLAN };
  return { ...UNSOLVED, status: "infeasible", conflict: reduction.conflict, approach };
}

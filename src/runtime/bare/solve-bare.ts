/**
 * Solving a quadratic problem with no customer in sight: presolve, detect, plan, race, lift, and
 * verify on the problem that was brought. What the command line and the benchmarks call.
 */
import { Fault } from "#foundation";
import {
  detectStructure,
  type Part,
  presolve,
  type QuadraticProblem,
  type Reduction,
  type Solver,
  type Structure,
  sampleFlaw,
  splitApart,
  VALUE_MAX,
  type ValueRange,
  valueRange,
  verify,
} from "#problem";
import { runtimeFaults } from "../faults.ts";
import type { Plan } from "../plan.ts";
import { relativeGap, type SolveReport } from "../report.ts";
import { type SolveMeans, type SolveRequest, solve } from "../solve.ts";
import { solveParts } from "./parts.ts";
import { planFor } from "./portfolio.ts";

/** What to solve, with what, and until when. */
export interface BareRequest extends Pick<SolveRequest, "seed" | "budget" | "signal" | "onBetter"> {
  readonly problem: QuadraticProblem;
  /**
   * `auto` presolves and lets the portfolio choose from all solvers; a solver by itself gets the
   * problem as it is.
   */
  readonly choice:
    | { readonly kind: "auto"; readonly solvers: readonly Solver[] }
    | { readonly kind: "named"; readonly solver: Solver };
  readonly threads: number;
  readonly workLimit: number;
  /** Entries that presolve may look at; absent: in proportion to the problem's size. */
  readonly presolveWorkLimit?: number | undefined;
}

/** What was understood of the problem, and how it was solved. */
export interface Approach {
  /** Absent when the problem was solved as it is. */
  readonly reduction: Reduction | undefined;
  readonly structure: Structure | undefined;
  readonly plan: Plan;
  /** What is solved by itself, each with a plan of its own; absent: the problem as a whole. */
  readonly parts?: readonly Part[] | undefined;
  /** What was left out because samples are 32-bit; absent: nothing. */
  readonly cut?: Extract<ValueRange, { readonly kind: "cut" }> | undefined;
}

/** The verified outcome, in the variables of the problem that was brought. */
export interface BareReport extends SolveReport {
  readonly approach: Approach;
}

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
  if (choice.kind === "named") {
    const leg = { solver: choice.solver.name, workLimit: request.workLimit };
    const plan: Plan = { lanes: [[leg]], exchange: false, gapMax: 0 };
    return raced(request, { reduction: undefined, structure: undefined, plan }, means);
  }
  const reduction = presolve(problem, { workLimit: request.presolveWorkLimit });
  if (reduction.kind === "infeasible") return refuted(reduction);
  const view = apart(chosenView(request, reduction), problem);
  const report = await raced(request, view, means);
  // A reduction that lost what it was to keep costs time, never the answer.
  const isLost = view.reduction !== undefined && report.best === undefined;
  const isOver = means.clock.monotonicMs() >= request.budget.searchUntilMs;
  if (!isLost || isOver || report.status === "infeasible") return orAtBounds(problem, report);
  const again = approachTo(request, problem, undefined);
  return orAtBounds(problem, await raced(request, again, means));
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

/** The reduced problem, unless only the original has a structure that is solved to proof. */
function chosenView(
  request: BareRequest,
  reduction: Extract<Reduction, { kind: "reduced" }>,
): Approach {
  if (reduction.steps.length === 0) return approachTo(request, request.problem, undefined);
  const reduced = approachTo(request, reduction.problem, reduction);
  if (isOwn(reduced)) return reduced;
  const original = approachTo(request, request.problem, undefined);
  return isOwn(original) ? original : reduced;
}

function approachTo(
  { threads, workLimit, choice }: BareRequest,
  problem: QuadraticProblem,
  reduction: Reduction | undefined,
): Approach {
  const solvers = choice.kind === "auto" ? choice.solvers : [choice.solver];
  const structure = detectStructure(problem);
  const plan = planFor(problem, { threads, workLimit, solvers, structure: structure.kind });
  return { reduction, structure, plan };
}

/** The same, part by part, where there are several and the whole has no solver of its own. */
function apart(approach: Approach, original: QuadraticProblem): Approach {
  if (isOwn(approach)) return approach;
  const { reduction } = approach;
  const parts = splitApart(reduction?.kind === "reduced" ? reduction.problem : original);
  return parts.length === 1 ? approach : { ...approach, parts };
}

/** Whether the plan leads with the solver of the structure. */
function isOwn({ structure, plan }: Approach): boolean {
  return structure !== undefined && plan.lanes[0]?.[0]?.solver === structure.kind;
}

async function raced(
  request: BareRequest,
  approach: Approach,
  means: SolveMeans,
): Promise<BareReport> {
  const { reduction, plan, parts } = approach;
  const isReduced = reduction?.kind === "reduced";
  const problem = isReduced ? reduction.problem : request.problem;
  const { seed, budget, signal, onBetter } = request;
  const race = (one: QuadraticProblem, by: Plan, until: BareRequest["budget"]) =>
    solve(
      { problem: one, plan: by, seed, rule: undefined, budget: until, signal, onBetter },
      means,
    );
  const report =
    parts === undefined
      ? await race(problem, plan, budget)
      : await solveParts(problem, parts, budget, means.clock, (part, until) =>
          race(part, approachTo(request, part, undefined).plan, until),
        );
  if (!isReduced || report.best === undefined) return { ...report, approach };
  const sample = reduction.lift(report.best.sample);
  const isSample = sampleFlaw(request.problem, sample.values) === undefined;
  const { feasible, objective } = isSample
    ? verify(request.problem, sample)
    : { feasible: false, objective: Number.NaN };
  if (!feasible) return { ...report, best: undefined, status: "unknown", gap: undefined, approach };
  return { ...report, best: { ...report.best, sample, objective }, approach };
}

function refuted(reduction: Extract<Reduction, { kind: "infeasible" }>): BareReport {
  return {
    rung: undefined,
    status: "infeasible",
    best: undefined,
    bound: undefined,
    gap: undefined,
    ruleObjective: undefined,
    conflict: reduction.conflict,
    attempts: [],
    approach: { reduction, structure: undefined, plan: NO_PLAN },
  };
}

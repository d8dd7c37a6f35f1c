/**
 * Parts that have nothing to do with each other, solved one after the other, the smallest first,
 * each in its share of the time that is left; what they add up to. What is proved of a part stays
 * proved: bounds add up, and a part that nobody had time for takes the answer there is without it.
 */
import type { Clock, WorkBudget } from "#foundation";
import {
  entryCount,
  joinParts,
  type Part,
  type QuadraticProblem,
  type Sample,
  type Solver,
  type SolveStatus,
  type StructureKind,
  sampleFlaw,
  verify,
} from "#problem";
import type { Plan } from "../plan.ts";
import { joined, relativeGap, type SolveReport, wasCutShort } from "../report.ts";
import type { SolveRequest } from "../solve.ts";
import type { Pace } from "./pace.ts";

/** How a part was understood and what became of it; absent what there was no time for. */
export interface SolvedPart extends Part {
  readonly structure?: StructureKind | undefined;
  readonly plan?: Plan | undefined;
  readonly report?: SolveReport | undefined;
}

/** What parts are solved with. */
export interface PartsRequest {
  readonly problem: QuadraticProblem;
  readonly parts: readonly Part[];
  readonly budget: SolveRequest["budget"];
  readonly clock: Clock;
  /** Says when there is no time for another part, and none for another bound. */
  readonly pace: Pick<Pace, "isEnded" | "isPastGrace" | "drive">;
  readonly solvePart: (
    part: Part,
    budget: SolveRequest["budget"],
  ) => Promise<SolvedPart & { readonly report: SolveReport }>;
  /** An answer to the whole, for parts that have none of their own; it need not be feasible. */
  readonly spare: () => Promise<Sample | undefined>;
  /** Those that bound any problem. */
  readonly bounders: readonly Solver[];
}

/** What the parts add up to. */
export interface PartsOutcome {
  readonly report: SolveReport;
  readonly parts: readonly SolvedPart[];
}

/**
 * How often parts have a turn: those whose time was over before their proof begin again in what the
 * others have left.
 */
const TURNS_MAX = 3;

/** Solves the parts; one without a solution leaves the whole without one. */
export async function solveParts(request: PartsRequest): Promise<PartsOutcome> {
  const parts: SolvedPart[] = [...request.parts];
  const unfinished = new Set(parts.keys());
  for (let turn = 0; turn < TURNS_MAX && unfinished.size > 0; turn += 1) {
    const open = [...unfinished];
    let sizeLeft = open.reduce((sum, place) => sum + parts[place].variables.length, 0);
    for (const place of open) {
      const part = parts[place];
      // The very first begins even late, so that there is something to say.
      if (request.pace.isEnded() && turn + place > 0) break;
      const budget = shareOf(request, part.variables.length / sizeLeft);
      const solved = await request.solvePart(part, budget);
      const { sense } = request.problem;
      const report = part.report ? joined(sense, part.report, solved.report) : solved.report;
      parts[place] = { ...solved, report };
      if (solved.report.status === "infeasible") {
        return { report: refuted(solved, parts), parts };
      }
      if (!isUnfinished(solved.report)) unfinished.delete(place);
      sizeLeft -= part.variables.length;
    }
  }
  const isCut = unfinished.size > 0;
  const spare = await request.spare();
  const bounds = await request.pace.drive(boundsOf(request, parts));
  return { report: together(request, parts, { isCut, spare, bounds }), parts };
}

function shareOf({ budget, clock }: PartsRequest, share: number): SolveRequest["budget"] {
  const nowMs = clock.monotonicMs();
  const searchUntilMs = nowMs + Math.max(0, budget.searchUntilMs - nowMs) * share;
  const graceMs = budget.abandonAtMs - budget.searchUntilMs;
  return { searchUntilMs, abandonAtMs: Math.min(searchUntilMs + graceMs, budget.abandonAtMs) };
}

/** Whether a race ended without a proof before its plan was through. */
function isUnfinished({ rung, status, attempts }: SolveReport): boolean {
  return rung === "incumbent" || (status === "unknown" && attempts.some(wasCutShort));
}

/** The whole has no answer because a part has none. */
function refuted(last: { readonly report: SolveReport }, parts: readonly SolvedPart[]) {
  return { ...last.report, bound: undefined, gap: undefined, attempts: attemptsOf(parts) };
}

/** What is known beside the parts' own reports. */
interface Remainder {
  readonly isCut: boolean;
  readonly spare: Sample | undefined;
  /** Of each part; absent where nobody knows one. */
  readonly bounds: readonly (number | undefined)[];
}

function together(
  { problem }: PartsRequest,
  parts: readonly SolvedPart[],
  { isCut, spare, bounds }: Remainder,
): SolveReport {
  const samples = parts.flatMap((part) => sampleOf(part, spare) ?? []);
  const isProved = parts.every(({ report }) => report?.status === "optimal");
  const sumOfBounds = bounds.reduce((sum, bound) => (sum ?? 0) + (bound ?? Number.NaN), 0);
  const isBounded = Number.isFinite(sumOfBounds);
  const attempts = attemptsOf(parts);
  const base = { ruleObjective: undefined, conflict: [], attempts };
  if (samples.length < parts.length) {
    const bound = isBounded ? sumOfBounds : undefined;
    return { ...base, rung: undefined, status: "unknown", best: undefined, bound, gap: undefined };
  }
  const sample = joinParts(parts, samples);
  const { objective } = verify(problem, sample);
  const bound = isProved ? objective : isBounded ? sumOfBounds : undefined;
  const solvers = new Set(parts.map(({ report }) => report?.best?.solver ?? "bounds"));
  const status: SolveStatus = isProved ? "optimal" : "feasible";
  return {
    ...base,
    rung: isProved ? "proved" : isCut ? "incumbent" : "portfolio",
    status,
    best: { sample, objective, solver: [...solvers].join(" + ") },
    bound,
    gap: bound === undefined ? undefined : relativeGap(bound, objective),
  };
}

function attemptsOf(parts: readonly SolvedPart[]) {
  return parts.flatMap(({ report }) => report?.attempts ?? []);
}

/** The part's own answer, else what the spare one makes of it, else all at one end. */
function sampleOf(part: SolvedPart, spare: Sample | undefined): Sample | undefined {
  if (part.report?.best !== undefined) return part.report.best.sample;
  const { problem, variables } = part;
  const candidates = [
    ...(spare === undefined ? [] : [variables.map((variable) => spare.values[variable])]),
    Int32Array.from(problem.lowerBounds),
    Int32Array.from(problem.upperBounds),
  ];
  return candidates
    .map((values) => ({ values }))
    .find((one) => sampleFlaw(problem, one.values) === undefined && verify(problem, one).feasible);
}

/** Parts up to this size are bounded in passing where nobody did. */
const BOUND_SIZE_MAX = 2_000_000;

/** A bound of each part, with a pause after each; late, of those alone that take no time. */
function* boundsOf(
  { pace, bounders }: PartsRequest,
  parts: readonly SolvedPart[],
): Generator<void, readonly (number | undefined)[]> {
  const budget: WorkBudget = { tick: () => (pace.isPastGrace() ? "stop" : "continue") };
  const bounds: (number | undefined)[] = [];
  for (const { problem, report } of parts) {
    bounds.push(report?.bound ?? boundOf(problem, bounders, budget));
    yield;
  }
  return bounds;
}

function boundOf(problem: QuadraticProblem, bounders: readonly Solver[], budget: WorkBudget) {
  if (entryCount(problem) > BOUND_SIZE_MAX) return undefined;
  const bounder = bounders.find((solver) => solver.supports(problem).kind === "yes");
  return bounder?.solve(problem, { seed: 0, budget }).bound;
}

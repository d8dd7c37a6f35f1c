/**
 * What `tandem solve` prints: the JSON document, and the same for people.
 */
import type { ObjectiveSense, SolveStatus } from "#problem";
import { type ReadProblem, solutionOf } from "#problem";
import type { Attempt, BareReport } from "#runtime";
import { nothingText, rangeText } from "./explanation.ts";

/** One solver's run, as the document lists it. */
export interface AttemptDocument {
  readonly lane: number;
  readonly solver: string;
  readonly status: SolveStatus;
  readonly objective: number | null;
  readonly bound: number | null;
  /** What proved status or bound. */
  readonly method: string | null;
  readonly end: Attempt["end"];
  readonly work: number;
  /** Ticks reported: by their numbers it is told when something was found. */
  readonly ticks: number;
  /** Better answers than it began with, the last of them at most. */
  readonly found: readonly { readonly tick: number; readonly objective: number }[];
  /** From the beginning of the solve. */
  readonly startedMs: number;
  readonly timeMs: number;
  readonly fault: string | null;
}

/** What a solver asked for by name came to in as much time. */
export interface ReferenceDocument {
  readonly solver: string;
  readonly status: SolveStatus;
  readonly objective: number | null;
  readonly bound: number | null;
  readonly work: number;
  readonly timeMs: number;
}

/** The document. */
export interface SolveDocument {
  readonly status: SolveStatus;
  readonly sense: ObjectiveSense;
  /** In the file's own sense; null without a solution. */
  readonly objective: number | null;
  /** No solution has a better objective than this. */
  readonly bound: number | null;
  readonly gap: number | null;
  /** Whether there is a solution: what is shown keeps every constraint. */
  readonly feasible: boolean;
  /** Who found the solution, or showed that there is none. */
  readonly solver: string | null;
  /** What the rule alone, which is `descent`, made of the file; null where it found nothing. */
  readonly rule: number | null;
  /** Absent unless asked for. */
  readonly reference?: ReferenceDocument;
  readonly seed: number;
  readonly threads: number;
  /** Of all attempts together, each in its solver's own units. */
  readonly work: number;
  /** From the problem read to the answer verified. */
  readonly timeMs: number;
  /** Values in the file's own order. */
  readonly solution: readonly number[] | null;
  readonly attempts: readonly AttemptDocument[];
}

/** Of what an attempt found, so much is told. */
const FOUND_SHOWN = 10;

/** The document of a solved file. */
export function solveDocument(
  { problem, layout }: ReadProblem,
  report: BareReport,
  run: Pick<SolveDocument, "seed" | "threads" | "timeMs" | "reference">,
): SolveDocument {
  const { status, best, bound, gap, attempts } = report;
  return {
    status,
    sense: problem.sense,
    objective: best?.objective ?? null,
    bound: bound ?? null,
    gap: gap ?? null,
    feasible: best !== undefined,
    solver: best?.solver ?? refuterOf(report) ?? null,
    rule: report.ruleObjective ?? null,
    ...(run.reference === undefined ? {} : { reference: run.reference }),
    seed: run.seed,
    threads: run.threads,
    work: attempts.reduce((sum, { work }) => sum + work, 0),
    timeMs: rounded(run.timeMs),
    solution: best === undefined ? null : solutionOf(layout, best.sample),
    attempts: attempts.map(attemptDocument),
  };
}

/** The document in words. */
export function solveText(document: SolveDocument, report: BareReport): string {
  const { objective, bound, gap, sense, solver, timeMs, solution, rule, reference } = document;
  const facts: readonly (readonly [string, string | undefined])[] = [
    ["status", `${document.status}${methodText(report)}`],
    ["nothing", nothingText(report)],
    ["range", rangeText(report.approach)],
    ["objective", objective === null ? undefined : `${objective} (to ${sense})`],
    [
      "bound",
      bound === null ? undefined : `${bound}${gap === null ? "" : `, gap ${percent(gap)}`}`,
    ],
    ["conflict", report.conflict.length === 0 ? undefined : report.conflict.join(", ")],
    ["solver", solver === null ? undefined : `${solver}, ${timeMs} ms`],
    ["rule", rule === null || rule === objective ? undefined : `${rule}, by the rule alone`],
    ["reference", reference && referenceText(reference)],
    ["solution", solution === null ? undefined : shortened(solution)],
  ];
  return facts
    .filter(([, fact]) => fact !== undefined)
    .map(([name, fact]) => `${name.padEnd(10)} ${fact}\n`)
    .join("");
}

/** The document of a reference's run. */
export function referenceDocument(
  solver: string,
  { status, best, bound, attempts }: BareReport,
  timeMs: number,
): ReferenceDocument {
  return {
    solver,
    status,
    objective: best?.objective ?? null,
    bound: bound ?? null,
    work: attempts.reduce((sum, { work }) => sum + work, 0),
    timeMs: rounded(timeMs),
  };
}

function referenceText({ solver, status, objective, timeMs }: ReferenceDocument): string {
  return `${objective ?? "no answer"} (${status}) by ${solver}, ${timeMs} ms`;
}

function attemptDocument(attempt: Attempt): AttemptDocument {
  const { lane, solver, status, best, bound, method, end, work, ticks, fault } = attempt;
  const found = attempt.improvements.slice(-FOUND_SHOWN);
  return {
    lane,
    solver,
    status,
    objective: best?.objective ?? null,
    bound: bound ?? null,
    method: method ?? null,
    end,
    work,
    ticks,
    found: found.map(({ tick, objective }) => ({ tick, objective })),
    startedMs: rounded(attempt.startedMs),
    timeMs: rounded(attempt.endedMs - attempt.startedMs),
    fault: fault ?? null,
  };
}

function refuterOf({ status, attempts, approach }: BareReport): string | undefined {
  if (status !== "infeasible") return undefined;
  if (approach.reduction?.kind === "infeasible") return "presolve";
  return attempts.find((attempt) => attempt.status === "infeasible")?.solver;
}

/** How the status was proved, where it was; of parts, everything that proved one. */
function methodText({ status, best, attempts, approach }: BareReport): string {
  if (status !== "optimal" && status !== "infeasible") return "";
  const provers = attempts.filter((attempt) => attempt.status === status);
  const methods = provers.map(({ method, solver }) => method ?? solver);
  const shown = approach.parts === undefined ? methods.slice(0, 1) : [...new Set(methods)];
  if (shown.length === 0) return best?.solver === "presolve" ? ", by presolve" : "";
  return `, by ${shown.join("; ")}`;
}

/** Values shown to people; JSON has all of them. */
const VALUES_SHOWN = 40;

function shortened(solution: readonly number[]): string {
  const shown = solution.slice(0, VALUES_SHOWN).join(" ");
  const rest = solution.length - VALUES_SHOWN;
  return rest > 0 ? `${shown} and ${rest} more (--json lists all)` : shown;
}

function percent(share: number): string {
  return `${(100 * share).toPrecision(3)} %`;
}

/** Microseconds are as fine as the clock is worth. */
function rounded(ms: number): number {
  return Math.round(ms * 1000) / 1000;
}

/**
 * What a solve leaves behind: every attempt with the events that make it repeatable, and the
 * verified outcome.
 */
import { isBetterObjective, type ObjectiveSense, type Sample, type SolveStatus } from "#problem";

/**
 * Which step of the ladder answered. `proved` means best for these scores and rules, nothing more.
 */
export type Rung = "proved" | "portfolio" | "incumbent" | "rule" | "safe";

/** A sample with its objective; verified when it is part of an {@link Attempt}. */
export interface Incumbent {
  readonly sample: Sample;
  readonly objective: number;
}

/**
 * A sample taken over from another lane, with what was taken: a replay needs no other lane to
 * repeat it.
 */
export interface Exchange {
  /** The tick, counted from 1 in this attempt, right after which it was taken over. */
  readonly tick: number;
  readonly fromLane: number;
  readonly sample: Sample;
}

/** A better sample at the moment it was found. */
export interface Improvement {
  /** Ticks completed when it was found. */
  readonly tick: number;
  readonly objective: number;
  readonly length: number;
}

/**
 * How an attempt ended: by itself or at its work limit (`finished`), at the time limit of its turn
 * (`expired`), told to stop at a tick with its lane, not back in time, an error of the solver, or
 * never begun: no thread was free in time, or another lane had settled the race.
 */
export type AttemptEnd = "finished" | "expired" | "stopped" | "abandoned" | "failed" | "unstarted";

/** One solver's run inside a decision. */
export interface Attempt {
  readonly lane: number;
  readonly leg: number;
  readonly solver: string;
  readonly solverVersion: number;
  readonly seed: number;
  readonly workLimit: number;
  readonly end: AttemptEnd;
  /** Ticks reported; with `stopped` and `expired`, the tick at which it was told to. */
  readonly ticks: number;
  readonly work: number;
  readonly status: SolveStatus;
  /** Best sample; of an abandoned attempt, the last one it had shared. */
  readonly best: Incumbent | undefined;
  readonly bound: number | undefined;
  /** What proved status or bound, where the solver's name does not say it. */
  readonly method?: string | undefined;
  /** With status `infeasible`: rules that cannot hold together. */
  readonly conflict: readonly string[];
  readonly exchanges: readonly Exchange[];
  readonly improvements: readonly Improvement[];
  /** Why it failed, or why its sample or claim was rejected. */
  readonly fault: string | undefined;
  /** Milliseconds since the race began; for people, never used by a replay. */
  readonly startedMs: number;
  readonly endedMs: number;
}

/** The verified outcome of a solve. */
export interface SolveReport {
  /** Absent when nothing feasible was found. */
  readonly rung: Rung | undefined;
  readonly status: SolveStatus;
  readonly best: (Incumbent & { readonly solver: string }) | undefined;
  readonly bound: number | undefined;
  /** See {@link relativeGap}. */
  readonly gap: number | undefined;
  readonly ruleObjective: number | undefined;
  /** With status `infeasible`: names of rules that cannot hold together. */
  readonly conflict: readonly string[];
  readonly attempts: readonly Attempt[];
}

/** |bound - objective| / max(|bound|, |objective|, 1e-9). */
export function relativeGap(bound: number, objective: number): number {
  return Math.abs(bound - objective) / Math.max(Math.abs(bound), Math.abs(objective), 1e-9);
}

/**
 * What two runs on one problem know together: the answer and what is said of it from whichever is
 * proved or better, the later one where they are equal, and the tighter bound.
 */
export function joined<Report extends SolveReport>(
  sense: ObjectiveSense,
  before: SolveReport,
  after: Report,
): Report {
  const isAhead = (one: number | undefined, other: number | undefined) =>
    one !== undefined && (other === undefined || isBetterObjective(sense, one, other));
  const attempts = [...before.attempts, ...after.attempts];
  if (isProof(after)) return { ...after, attempts };
  if (isProof(before)) return { ...after, ...before, attempts };
  const isBetter = isAhead(before.best?.objective, after.best?.objective);
  const { rung, status, best } = isBetter ? before : after;
  const isLooser = after.bound === undefined || isAhead(after.bound, before.bound);
  const bound = (isLooser ? before.bound : after.bound) ?? after.bound;
  const isKnown = bound !== undefined && best !== undefined;
  const gap = isKnown ? relativeGap(bound, best.objective) : undefined;
  return { ...after, rung, status, best, bound, gap, attempts };
}

function isProof({ status }: SolveReport): boolean {
  return status === "optimal" || status === "infeasible";
}

/** Whether an attempt ended before it had gone through what it was to do. */
export function wasCutShort({ end }: Attempt): boolean {
  return end === "stopped" || end === "abandoned" || end === "unstarted";
}

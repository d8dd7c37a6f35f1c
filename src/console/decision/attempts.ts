/**
 * The attempts of a decision, read from its record: which solver ran on which lane from when to
 * when, how it ended, and where it found something better.
 */
import type { Json } from "../api/client.ts";
import { listAt, numberAt, textAt } from "../api/json.ts";

/** A better sample. Records keep the tick, not the time, so its time is read off evenly. */
export interface Incumbent {
  readonly aboutMs: number;
  readonly objective: number;
}

/** One solver's run. Times are milliseconds since the race began. */
export interface AttemptSpan {
  readonly lane: number;
  readonly solver: string;
  readonly startMs: number;
  readonly endMs: number;
  /** How it ended: finished, stopped, killed, failed, unstarted. */
  readonly end: string;
  readonly status: string;
  readonly work: number;
  readonly workLimit: number;
  readonly objective: number | undefined;
  readonly bound: number | undefined;
  readonly incumbents: readonly Incumbent[];
  /** What was taken over from other lanes. */
  readonly exchangeCount: number;
  readonly fault: string | undefined;
}

/** The attempts of a record, in its order. */
export function attemptsIn(record: Json): readonly AttemptSpan[] {
  const times = listAt(record, "timing", "attempts");
  return listAt(record, "decided", "attempts").map((attempt, index) => {
    const startMs = numberAt(times[index], 0) ?? 0;
    const endMs = numberAt(times[index], 1) ?? startMs;
    const ticks = Math.max(1, numberAt(attempt, "ticks") ?? 1);
    return {
      lane: (numberAt(attempt, "lane") ?? 0) + 1,
      solver: textAt(attempt, "solver") ?? "unknown",
      startMs,
      endMs,
      end: textAt(attempt, "end") ?? "unknown",
      status: textAt(attempt, "status") ?? "unknown",
      work: numberAt(attempt, "work") ?? 0,
      workLimit: numberAt(attempt, "workLimit") ?? 0,
      objective: numberAt(attempt, "best", "objective"),
      bound: numberAt(attempt, "bound"),
      incumbents: listAt(attempt, "improvements").map((found) => ({
        aboutMs:
          startMs + ((endMs - startMs) * Math.min(ticks, numberAt(found, "tick") ?? 0)) / ticks,
        objective: numberAt(found, "objective") ?? 0,
      })),
      exchangeCount: listAt(attempt, "exchanges").length,
      fault: textAt(attempt, "fault"),
    };
  });
}

/**
 * Between the runtime's attempts and the record's: typed arrays become plain ones, absent values
 * become null.
 */
import type { Sample } from "#problem";
import type { Attempt } from "#runtime";
import type { RecordedAttempt } from "./decision-record.ts";

/** The attempt as the record keeps it, without its times. */
export function recordAttempt(attempt: Attempt): RecordedAttempt {
  const { startedMs: _started, endedMs: _ended, ...kept } = attempt;
  return {
    ...kept,
    best:
      kept.best === undefined
        ? null
        : { values: valuesOf(kept.best.sample), objective: kept.best.objective },
    bound: kept.bound ?? null,
    exchanges: kept.exchanges.map(({ sample, ...event }) => {
      return { ...event, values: valuesOf(sample) };
    }),
    fault: kept.fault ?? null,
  };
}

/** The attempt as the runtime replays it; times are gone and read as 0. */
export function restoreAttempt(recorded: RecordedAttempt): Attempt {
  return {
    ...recorded,
    best:
      recorded.best === null
        ? undefined
        : { sample: sampleOf(recorded.best.values), objective: recorded.best.objective },
    bound: recorded.bound ?? undefined,
    exchanges: recorded.exchanges.map(({ values, ...event }) => {
      return { ...event, sample: sampleOf(values) };
    }),
    fault: recorded.fault ?? undefined,
    startedMs: 0,
    endedMs: 0,
  };
}

function valuesOf(sample: Sample): number[] {
  return Array.from(sample.values);
}

function sampleOf(values: readonly number[]): Sample {
  return { values: Int32Array.from(values) };
}

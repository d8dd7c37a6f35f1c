/**
 * Counts of calls as they are published, turned into the rate curve of a mean week: columns
 * `DateTime,Calls`, one row per interval of equal length, times in RFC 3339.
 */
import { Fault } from "#foundation";
import { WORLD_FAULTS } from "../../faults.ts";
import { DAY_SECONDS, type RateCurve, rateCurve } from "./rate-curve.ts";

const WEEK_SECONDS = 7 * DAY_SECONDS;
/** 1970-01-05, a Monday, in seconds since the epoch. */
const FIRST_MONDAY_SECONDS = 4 * DAY_SECONDS;
const HEADER = "DateTime,Calls";

/**
 * The mean week of the counts in `text`. An interval of the week that no row covers has rate 0.
 *
 * @throws Fault `world-calls-malformed` that names the first line it cannot read.
 */
export function callsCurve(text: string): RateCurve {
  const [header, ...rows] = text.trimEnd().split(/\r?\n/);
  if (header !== HEADER) throw malformed(1, `the header ${HEADER}`, header);
  const counts = rows.map((row, index) => readCount(row, index + 2));
  if (counts.length < 2) throw malformed(rows.length + 1, "at least two rows", `${rows.length}`);
  const stepSeconds = counts[1].atSeconds - counts[0].atSeconds;
  if (!(stepSeconds > 0) || DAY_SECONDS % stepSeconds !== 0) {
    throw malformed(3, "intervals that divide a day", `${stepSeconds} seconds after line 2`);
  }
  return meanWeek(counts, stepSeconds);
}

interface CallCount {
  readonly atSeconds: number;
  readonly calls: number;
}

function meanWeek(counts: readonly CallCount[], stepSeconds: number): RateCurve {
  const totals = new Float64Array(WEEK_SECONDS / stepSeconds);
  const rows = new Float64Array(totals.length);
  for (const [index, { atSeconds, calls }] of counts.entries()) {
    const sinceMonday = (atSeconds - FIRST_MONDAY_SECONDS) % WEEK_SECONDS;
    const step = sinceMonday / stepSeconds;
    if (!Number.isInteger(step) || step < 0) {
      throw malformed(index + 2, `a whole interval of ${stepSeconds} seconds since 1970`, "a part");
    }
    totals[step] += calls;
    rows[step] += 1;
  }
  const perHour = totals.map((total, step) =>
    rows[step] === 0 ? 0 : (total / rows[step]) * (3600 / stepSeconds),
  );
  return rateCurve(stepSeconds, perHour);
}

function readCount(row: string, line: number): CallCount {
  const [at, calls, ...rest] = row.split(",");
  const atMs = /^\d{4}-\d\d-\d\dT\d\d:\d\d/.test(at) ? Date.parse(at) : Number.NaN;
  const isCount = /^\d+(\.\d+)?$/.test(calls ?? "");
  if (Number.isNaN(atMs) || !isCount || rest.length > 0) {
    throw malformed(line, "a row such as 2003-03-03T07:00:00Z,111", JSON.stringify(row));
  }
  return { atSeconds: atMs / 1000, calls: Number(calls) };
}

function malformed(line: number, expected: string, got: string | undefined): Fault {
  const detail = `line ${line}: expected ${expected}, got ${(got ?? "nothing").slice(0, 60)}`;
  return new Fault(WORLD_FAULTS.callsMalformed, { detail });
}

/**
 * A logged request: what was asked and what was shown, whichever form the log has; or the lines
 * that hold none, and why.
 */
import type { Json } from "#foundation";

/** What was asked and what was shown. */
export interface LoggedRequest {
  readonly kind: "request";
  /** Where it begins in the log, from 1. */
  readonly line: number;
  /** A ranking request, as `POST /v1/decisions/ranking` takes it. */
  readonly body: Json;
  /** Ids of the items shown, first position first. */
  readonly shown: readonly string[];
  /** What the report sets apart, e.g. a device or a country; absent for none. */
  readonly segment: string | undefined;
  /** When it was, in milliseconds since 1970 UTC; absent if the log does not say. */
  readonly atUtcMs: number | undefined;
}

/** A line that cannot be used. Its request, if it belongs to one, is left out as a whole. */
export interface BadRow {
  readonly kind: "bad-row";
  readonly line: number;
  /** The name of its request, where rows have one. */
  readonly request?: string;
  readonly why: string;
}

/** The next thing a log holds. */
export type LogEntry = LoggedRequest | BadRow;

/** Milliseconds since 1970 of an RFC 3339 instant with zone; `undefined` if it is none. */
export function instantOf(text: string): number | undefined {
  const isInstant = /^\d{4}-\d\d-\d\dT\d\d:\d\d(:\d\d(\.\d+)?)?(Z|[+-]\d\d:\d\d)$/.test(text);
  const atUtcMs = isInstant && isDay(text.slice(0, 10)) ? Date.parse(text) : Number.NaN;
  return Number.isNaN(atUtcMs) ? undefined : atUtcMs;
}

/** Whether the calendar has the day: `Date.parse` takes 30 February for 2 March. */
function isDay(text: string): boolean {
  const midnightMs = Date.parse(`${text}T00:00:00Z`);
  return !Number.isNaN(midnightMs) && new Date(midnightMs).toISOString().startsWith(text);
}

/** Whether a text had bytes that are not UTF-8, which a decoder replaces by U+FFFD. */
export function isDamaged(text: string): boolean {
  return text.includes("\ufffd");
}

/** What is said of a row with such a text. */
export const NOT_UTF8 = "expected UTF-8, got other bytes, or the U+FFFD that replaced them";

/** A text of the log as messages show it. */
export function quoted(text: string): string {
  return text === "" ? "nothing" : JSON.stringify(text.slice(0, 60));
}

/**
 * The live series: latency of the decisions of the last minutes. What a canvas draws is decided
 * here, by value; drawing itself is the page's.
 */
import type { DecisionSummary } from "#wire";
import type { Deadlines } from "./latency-steps.ts";

/** Columns as uPlot takes them: instants in seconds, latencies, deadlines where one is promised. */
export type LiveColumns = [atS: number[], latencyMs: number[], deadlineMs: (number | null)[]];

/** What the series shows at most. */
const WINDOW_MS = 5 * 60_000;

/** The columns of `decisions`, oldest first, back to five minutes before the latest. */
export function liveColumns(
  decisions: readonly DecisionSummary[],
  deadlines: Deadlines,
): LiveColumns {
  const timed = decisions
    .map((decision) => ({ ...decision, atMs: Date.parse(decision.at) }))
    .toSorted((a, b) => a.atMs - b.atMs);
  const fromMs = (timed.at(-1)?.atMs ?? 0) - WINDOW_MS;
  const shown = timed.filter(({ atMs }) => atMs >= fromMs);
  return [
    shown.map(({ atMs }) => atMs / 1000),
    shown.map(({ latencyMs }) => latencyMs),
    shown.map(({ deadlineMs, policy }) => deadlineMs ?? deadlines.get(policy) ?? null),
  ];
}

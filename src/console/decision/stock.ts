/**
 * The decisions a page holds: merged from lists and live events, and what can be said of them.
 */
import type { DecisionSummary } from "#wire";

/** What decisions amount to. */
export interface Standing {
  readonly latencyMsMedian: number;
  /** From 0 to 1. */
  readonly provedShare: number;
  /** Of those with a bound; null if none has one. */
  readonly gapMedian: number | null;
}

/** More are not kept; the list can be read again. */
const KEPT_MAX = 2000;

/** Both, each decision once, newest first: ids are UUIDv7 and sort by time. */
export function merged(
  held: readonly DecisionSummary[],
  added: readonly DecisionSummary[],
): readonly DecisionSummary[] {
  const byId = new Map([...held, ...added].map((one) => [one.decisionId, one]));
  return [...byId.values()]
    .toSorted((a, b) => (a.decisionId < b.decisionId ? 1 : -1))
    .slice(0, KEPT_MAX);
}

/** What can be said of `decisions`. */
export function standing(decisions: readonly DecisionSummary[]): Standing {
  const proved = decisions.filter(({ rung }) => rung === "proved").length;
  return {
    latencyMsMedian: median(decisions.map(({ latencyMs }) => latencyMs)) ?? 0,
    provedShare: proved / Math.max(1, decisions.length),
    gapMedian: median(decisions.flatMap(({ gap }) => gap ?? [])),
  };
}

function median(values: readonly number[]): number | null {
  const sorted = values.toSorted((a, b) => a - b);
  return sorted[Math.floor((sorted.length - 1) / 2)] ?? null;
}

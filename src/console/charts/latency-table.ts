/**
 * The numbers beside the latency chart.
 */
import type { DecisionSummary } from "#wire";
import type { Deadlines } from "./latency-steps.ts";

/** One policy's latencies, in milliseconds. */
export interface LatencyRow {
  readonly policy: string;
  readonly count: number;
  readonly medianMs: number;
  readonly p99Ms: number;
  readonly slowestMs: number;
  readonly deadlineMs: number | undefined;
}

/** A row per policy, by name. Quantiles are the smallest value that covers their share. */
export function latencyTable(
  decisions: readonly DecisionSummary[],
  deadlines: Deadlines,
): readonly LatencyRow[] {
  const byPolicy = Map.groupBy(decisions, ({ policy }) => policy);
  return [...byPolicy]
    .toSorted(([a], [b]) => (a < b ? -1 : 1))
    .map(([policy, ofPolicy]) => {
      const sorted = ofPolicy.map(({ latencyMs }) => latencyMs).toSorted((a, b) => a - b);
      const covering = (share: number) => sorted[Math.ceil(share * sorted.length) - 1] ?? 0;
      return {
        policy,
        count: sorted.length,
        medianMs: covering(0.5),
        p99Ms: covering(0.99),
        slowestMs: covering(1),
        deadlineMs: deadlines.get(policy),
      };
    });
}

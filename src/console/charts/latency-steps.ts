/**
 * The cumulative distribution of latency, policy by policy.
 */
import type { DecisionSummary } from "#wire";

/** The deadline a policy promises, by name@version. */
export type Deadlines = ReadonlyMap<string, number>;

/** One step of a cumulative curve. */
export interface LatencyStep {
  readonly policy: string;
  readonly latencyMs: number;
  /** Of the policy's decisions, those at most this slow, from 0 to 1. */
  readonly share: number;
}

/** The cumulative distribution of latency per policy, sorted. */
export function latencySteps(decisions: readonly DecisionSummary[]): readonly LatencyStep[] {
  const byPolicy = Map.groupBy(decisions, ({ policy }) => policy);
  return [...byPolicy]
    .toSorted(([a], [b]) => (a < b ? -1 : 1))
    .flatMap(([policy, ofPolicy]) => {
      const sorted = ofPolicy.map(({ latencyMs }) => latencyMs).toSorted((a, b) => a - b);
      return sorted.map((latencyMs, index) => ({
        policy,
        latencyMs: Math.max(0.1, latencyMs),
        share: (index + 1) / sorted.length,
      }));
    });
}

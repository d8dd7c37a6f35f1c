/**
 * What policies promise about time, by reference.
 */
import type { PolicyView } from "#wire";
import { numberAt } from "../api/json.ts";
import type { Deadlines } from "../charts/latency-steps.ts";

/** The deadline of each policy version, in milliseconds. */
export function deadlinesOf(policies: readonly PolicyView[]): Deadlines {
  return new Map(
    policies.flatMap(({ reference, policy }) => {
      const deadlineMs = numberAt(policy, "contract", "deadlineMs");
      return deadlineMs === undefined ? [] : [[reference, deadlineMs] as const];
    }),
  );
}

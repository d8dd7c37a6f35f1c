/**
 * From what the platform keeps to what the wire shows. The tenant stays inside: callers only ever
 * see their own.
 */
import type { z } from "zod";
import { instantText } from "#foundation";
import type { DecisionReply, StoredOutcome, StoredPolicy } from "#pipeline";
import type { DecisionSummary, keptOutcome, PolicyView } from "#wire";

/** An outcome as the wire shows it. */
export function outcomeShown(outcome: StoredOutcome): z.infer<typeof keptOutcome> {
  return {
    outcomeId: outcome.outcomeId,
    item: outcome.item,
    position: outcome.position,
    kind: outcome.kind,
    value: outcome.value,
    currency: outcome.currency,
    at: instantText(outcome.atUtcMs),
    receivedAt: instantText(outcome.receivedAtUtcMs),
    late: outcome.late,
  };
}

/** The line of a decision just made, as lists have it. */
export function summaryOf(type: string, reply: DecisionReply): DecisionSummary {
  const { decisionId, policy, timing, quality } = reply;
  const { rung, status, gap } = quality;
  const { receivedAt: at, totalMs: latencyMs } = timing;
  return { decisionId, type, policy, at, rung, status, latencyMs, gap };
}

/** A policy version as the wire shows it. */
export function policyShown(policy: StoredPolicy): PolicyView {
  return {
    reference: `${policy.name}@${policy.version}`,
    name: policy.name,
    version: policy.version,
    type: policy.type,
    policy: JSON.parse(policy.body),
    digest: policy.digest,
    createdAt: instantText(policy.createdAtUtcMs),
    principal: policy.principal,
  };
}

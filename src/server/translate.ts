/**
 * From what the platform keeps to what the wire shows. The tenant stays inside, but for keys:
 * callers only ever see their own.
 */
import type { z } from "zod";
import { instantText, type KeyFacts } from "#foundation";
import type { DecisionReply, StoredOutcome, StoredPolicy } from "#pipeline";
import type { DecisionSummary, KeyView, keptOutcome, PolicyView } from "#wire";

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
  const { receivedAt: at, totalMs: latencyMs, deadlineMs } = timing;
  return { decisionId, type, policy, at, rung, status, latencyMs, deadlineMs, gap };
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

/** An API key as the wire shows it; administrators see whose it is. */
export function keyShown(key: KeyFacts): KeyView {
  return {
    id: key.id,
    name: key.name,
    role: key.role,
    tenant: key.tenant,
    decisionTypes: key.decisionTypes,
    standing: key.standing,
    createdAt: instantText(key.createdAtUtcMs),
    createdBy: key.createdBy,
    expiresAt: instantOrNull(key.expiresAtUtcMs),
    revokedAt: instantOrNull(key.revokedAtUtcMs),
    lastUsedAt: instantOrNull(key.lastUsedAtUtcMs),
  };
}

function instantOrNull(utcMs: number | null): string | null {
  return utcMs === null ? null : instantText(utcMs);
}

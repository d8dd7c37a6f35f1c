/**
 * A store in memory: nothing outlives the process. For single decisions on the command line and for simulations; it
 * passes the same conformance suite as the durable stores.
 */
import { canonicalJson } from "#foundation";
import type {
  Appended,
  IdempotencyClaim,
  OutcomeResult,
  Payload,
  Store,
  StoredDecision,
  StoredItemSet,
  StoredOutcome,
  StoredPolicy,
} from "#pipeline";

interface HeldClaim extends IdempotencyClaim {
  readonly decisionId: string;
}

/** Opens an empty store in memory. */
export function openMemoryStore(): Store {
  const decisions = new Map<string, StoredDecision>();
  const payloads = new Map<string, Payload>();
  const claims = new Map<string, HeldClaim>();
  const policies = new Map<string, StoredPolicy>();
  const itemSets = new Map<string, StoredItemSet[]>();
  const outcomes = new Map<string, StoredOutcome>();

  function append(
    decision: StoredDecision,
    parts: readonly Payload[],
    claim?: IdempotencyClaim,
  ): Appended {
    const { tenant, id } = decision;
    if (claim !== undefined) {
      const held = claims.get(keyOf(tenant, claim.key));
      if (held !== undefined && held.expiresAtUtcMs > decision.atUtcMs) {
        const { decisionId, requestDigest } = held;
        return { kind: "key-taken", decisionId, requestDigest };
      }
      claims.set(keyOf(tenant, claim.key), { ...claim, decisionId: id });
    }
    decisions.set(keyOf(tenant, id), decision);
    for (const part of parts) payloads.set(keyOf(tenant, part.digest), part);
    return { kind: "stored" };
  }

  function addOutcome(outcome: StoredOutcome): OutcomeResult {
    const key = keyOf(outcome.tenant, outcome.outcomeId);
    const held = outcomes.get(key);
    if (held !== undefined) return sameOutcome(held, outcome) ? "duplicate" : "conflict";
    if (!decisions.has(keyOf(outcome.tenant, outcome.decisionId))) return "unknown-decision";
    outcomes.set(key, outcome);
    return "recorded";
  }

  function putItemSet(set: Omit<StoredItemSet, "version">): StoredItemSet {
    const versions = itemSets.get(keyOf(set.tenant, set.name)) ?? [];
    const newest = versions.at(-1);
    if (newest?.digest === set.digest && newest.type === set.type) return newest;
    const stored = { ...set, version: versions.length + 1 };
    itemSets.set(keyOf(set.tenant, set.name), [...versions, stored]);
    return stored;
  }

  return {
    append: async (decision, parts, claim) => append(decision, parts, claim),
    decision: async (tenant, id) => decisions.get(keyOf(tenant, id)),
    decisions: async ({ tenant, type, policy, rung, beforeId, limit }) =>
      [...decisions.values()]
        .filter((row) => row.tenant === tenant && (type ?? row.type) === row.type)
        .filter((row) => (policy ?? row.policy) === row.policy && (rung ?? row.rung) === row.rung)
        .filter((row) => beforeId === undefined || row.id < beforeId)
        .sort((a, b) => (a.id < b.id ? 1 : -1))
        .slice(0, limit)
        .map((row) => ({ ...row, record: "" })),
    payload: async (tenant, digest) => payloads.get(keyOf(tenant, digest)),
    erasePayload: async (tenant, digest) =>
      payloads.get(keyOf(tenant, digest))?.personal === true &&
      payloads.delete(keyOf(tenant, digest)),
    claim: async (tenant, key, nowUtcMs) => {
      const held = claims.get(keyOf(tenant, key));
      if (held === undefined || held.expiresAtUtcMs <= nowUtcMs) return undefined;
      return { decisionId: held.decisionId, requestDigest: held.requestDigest };
    },
    addPolicy: async (policy) => {
      const key = keyOf(policy.tenant, `${policy.name}@${policy.version}`);
      const held = policies.get(key);
      if (held !== undefined) return held.digest === policy.digest ? "exists" : "conflict";
      policies.set(key, policy);
      return "added";
    },
    policy: async (tenant, name, version) => policies.get(keyOf(tenant, `${name}@${version}`)),
    policies: async (tenant) =>
      [...policies.values()]
        .filter((row) => row.tenant === tenant)
        .sort((a, b) => (a.name === b.name ? a.version - b.version : a.name < b.name ? -1 : 1)),
    putItemSet: async (set) => putItemSet(set),
    itemSet: async (tenant, name, version) => {
      const versions = itemSets.get(keyOf(tenant, name)) ?? [];
      return version === undefined ? versions.at(-1) : versions[version - 1];
    },
    itemSetVersion: async (tenant, name) => itemSets.get(keyOf(tenant, name))?.length,
    addOutcomes: async (rows) => rows.map(addOutcome),
    outcomes: async (tenant, decisionId) =>
      [...outcomes.values()].filter(
        (row) => row.tenant === tenant && row.decisionId === decisionId,
      ),
    expire: async (keysBefore, decisionsBefore) =>
      removeWhere(claims, (claim) => claim.expiresAtUtcMs < keysBefore) +
      removeWhere(decisions, (decision) => decision.atUtcMs < decisionsBefore),
    ready: async () => {},
    close: async () => {},
  };
}

function keyOf(tenant: string, name: string): string {
  return JSON.stringify([tenant, name]);
}

function sameOutcome(a: StoredOutcome, b: StoredOutcome): boolean {
  const { receivedAtUtcMs: _a, ...contentA } = a;
  const { receivedAtUtcMs: _b, ...contentB } = b;
  return canonicalJson(contentA) === canonicalJson(contentB);
}

function removeWhere<Value>(rows: Map<string, Value>, isExpired: (row: Value) => boolean): number {
  let removed = 0;
  for (const [key, row] of rows) {
    if (isExpired(row) && rows.delete(key)) removed += 1;
  }
  return removed;
}

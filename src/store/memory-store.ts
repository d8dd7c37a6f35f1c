/**
 * A store in memory: nothing outlives the process. For single decisions on the command line and for
 * simulations; it passes the same conformance suite as the durable stores.
 */
import { canonicalJson, type TenantId } from "#foundation";
import type {
  Appended,
  DecisionQuery,
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
  return new MemoryStore();
}

class MemoryStore implements Store {
  private readonly decisionRows = new Map<string, StoredDecision>();
  private readonly payloadRows = new Map<string, Payload>();
  private readonly claimRows = new Map<string, HeldClaim>();
  private readonly policyRows = new Map<string, StoredPolicy>();
  private readonly itemSetRows = new Map<string, StoredItemSet[]>();
  private readonly outcomeRows = new Map<string, StoredOutcome>();

  async append(
    decision: StoredDecision,
    payloads: readonly Payload[],
    claim?: IdempotencyClaim,
  ): Promise<Appended> {
    const { tenant, id, atUtcMs } = decision;
    if (claim !== undefined) {
      const held = await this.claim(tenant, claim.key, atUtcMs);
      if (held !== undefined) return { kind: "key-taken", ...held };
      this.claimRows.set(keyOf(tenant, claim.key), { ...claim, decisionId: id });
    }
    this.decisionRows.set(keyOf(tenant, id), decision);
    for (const part of payloads) {
      const key = keyOf(tenant, part.digest);
      if (!this.payloadRows.has(key)) this.payloadRows.set(key, part);
    }
    return { kind: "stored" };
  }

  async decision(tenant: TenantId, id: string) {
    return this.decisionRows.get(keyOf(tenant, id));
  }

  async decisions({ tenant, type, policy, rung, beforeId, limit }: DecisionQuery) {
    return [...this.decisionRows.values()]
      .filter((row) => row.tenant === tenant && (type ?? row.type) === row.type)
      .filter((row) => (policy ?? row.policy) === row.policy && (rung ?? row.rung) === row.rung)
      .filter((row) => beforeId === undefined || row.id < beforeId)
      .sort((a, b) => (a.id < b.id ? 1 : -1))
      .slice(0, limit)
      .map((row) => ({ ...row, record: "" }));
  }

  async payload(tenant: TenantId, digest: string) {
    return this.payloadRows.get(keyOf(tenant, digest));
  }

  async erasePayload(tenant: TenantId, digest: string) {
    const key = keyOf(tenant, digest);
    return this.payloadRows.get(key)?.personal === true && this.payloadRows.delete(key);
  }

  async claim(tenant: TenantId, key: string, nowUtcMs: number) {
    const held = this.claimRows.get(keyOf(tenant, key));
    if (held === undefined || held.expiresAtUtcMs <= nowUtcMs) return undefined;
    return { decisionId: held.decisionId, requestDigest: held.requestDigest };
  }

  async addPolicy(policy: StoredPolicy) {
    const key = keyOf(policy.tenant, `${policy.name}@${policy.version}`);
    const held = this.policyRows.get(key);
    if (held !== undefined) return held.digest === policy.digest ? "exists" : "conflict";
    this.policyRows.set(key, policy);
    return "added";
  }

  async policy(tenant: TenantId, name: string, version: number) {
    return this.policyRows.get(keyOf(tenant, `${name}@${version}`));
  }

  async policies(tenant: TenantId) {
    return [...this.policyRows.values()]
      .filter((row) => row.tenant === tenant)
      .sort((a, b) => (a.name === b.name ? a.version - b.version : a.name < b.name ? -1 : 1));
  }

  async putItemSet(set: Omit<StoredItemSet, "version">) {
    const key = keyOf(set.tenant, set.name);
    const versions = this.itemSetRows.get(key) ?? [];
    const newest = versions.at(-1);
    if (newest?.digest === set.digest && newest.type === set.type) return newest;
    const stored = { ...set, version: versions.length + 1 };
    this.itemSetRows.set(key, [...versions, stored]);
    return stored;
  }

  async itemSet(tenant: TenantId, name: string, version?: number) {
    const versions = this.itemSetRows.get(keyOf(tenant, name)) ?? [];
    return version === undefined ? versions.at(-1) : versions[version - 1];
  }

  async itemSetVersion(tenant: TenantId, name: string) {
    return this.itemSetRows.get(keyOf(tenant, name))?.length;
  }

  async addOutcomes(outcomes: readonly StoredOutcome[]) {
    return outcomes.map((outcome) => this.addOutcome(outcome));
  }

  async outcomes(tenant: TenantId, decisionId: string) {
    return [...this.outcomeRows.values()].filter(
      (row) => row.tenant === tenant && row.decisionId === decisionId,
    );
  }

  async expire(keysBeforeUtcMs: number, decisionsBeforeUtcMs: number) {
    return (
      removeWhere(this.claimRows, (claim) => claim.expiresAtUtcMs < keysBeforeUtcMs) +
      removeWhere(this.decisionRows, (decision) => decision.atUtcMs < decisionsBeforeUtcMs)
    );
  }

  async ready() {}

  async close() {}

  private addOutcome(outcome: StoredOutcome): OutcomeResult {
    const key = keyOf(outcome.tenant, outcome.outcomeId);
    const held = this.outcomeRows.get(key);
    if (held !== undefined) return sameOutcome(held, outcome) ? "duplicate" : "conflict";
    if (!this.decisionRows.has(keyOf(outcome.tenant, outcome.decisionId))) {
      return "unknown-decision";
    }
    this.outcomeRows.set(key, outcome);
    return "recorded";
  }
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

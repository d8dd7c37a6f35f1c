/**
 * A store in memory: nothing outlives the process. For single decisions on the command line, for
 * simulations and for tests of the rooms above; it passes the same conformance suite as the durable
 * stores.
 */
import { Fault } from "#foundation";
import type {
  Appended,
  DecisionQuery,
  IdempotencyClaim,
  OutcomeResult,
  Payload,
  StoredDecision,
  StoredItemSet,
  StoredOutcome,
  StoredPolicy,
} from "#pipeline";
import type { StoredApiKey } from "#security";
import { memoryCapacity } from "./capacity/memory-capacity.ts";
import { storeFaults } from "./faults.ts";
import { sameEvent } from "./outcomes.ts";
import type { PlatformStore } from "./platform-store.ts";
import { assertStorable } from "./storable.ts";

/** Every table, by tenant and name. */
class Tables {
  readonly decisions = new Map<string, StoredDecision>();
  readonly claims = new Map<string, IdempotencyClaim & { readonly decision: StoredDecision }>();
  /** Undefined once erased. */
  readonly payloads = new Map<string, Payload | undefined>();
  /** The payloads of each decision. */
  readonly links = new Map<string, readonly string[]>();
  readonly policies = new Map<string, StoredPolicy>();
  readonly itemSets = new Map<string, readonly StoredItemSet[]>();
  readonly outcomes = new Map<string, StoredOutcome>();
  /** By id alone. */
  readonly apiKeys = new Map<string, StoredApiKey>();
}

/** Opens an empty store in memory. */
export function openMemoryStore(): PlatformStore {
  const tables = new Tables();
  const { decisions, payloads, claims, policies, itemSets, outcomes } = tables;
  return {
    append: async (decision, parts, claim) => append(tables, decision, parts, claim),
    decision: async (tenant, id) => decisions.get(keyOf(tenant, id)),
    decisions: async (query) => page([...decisions.values()], query),
    payload: async (tenant, digest) => payloads.get(keyOf(tenant, digest)),
    erasePayload: async (tenant, digest) => {
      const key = keyOf(tenant, digest);
      if (payloads.get(key)?.personal !== true) return false;
      payloads.set(key, undefined);
      return true;
    },
    claim: async (tenant, key, nowUtcMs) => {
      const held = claims.get(keyOf(tenant, key));
      if (held === undefined || held.expiresAtUtcMs <= nowUtcMs) return undefined;
      return { decisionId: held.decision.id, requestDigest: held.requestDigest };
    },
    addPolicy: async (policy) => addPolicy(tables, policy),
    policy: async (tenant, name, version) => policies.get(keyOf(tenant, name, version)),
    policies: async (tenant) =>
      [...policies.values()]
        .filter((row) => row.tenant === tenant)
        .sort((a, b) => (a.name === b.name ? a.version - b.version : a.name < b.name ? -1 : 1)),
    putItemSet: async (set) => putItemSet(tables, set),
    itemSet: async (tenant, name, version) => {
      const versions = itemSets.get(keyOf(tenant, name)) ?? [];
      return version === undefined ? versions.at(-1) : versions[version - 1];
    },
    itemSetVersion: async (tenant, name) => itemSets.get(keyOf(tenant, name))?.length,
    addOutcomes: async (events) => {
      for (const event of events) assertStorable(`outcome ${event.outcomeId}`, event);
      return events.map((event) => addOutcome(tables, event));
    },
    outcomes: async (tenant, decisionId) =>
      [...outcomes.values()]
        .filter((row) => row.tenant === tenant && row.decisionId === decisionId)
        .sort((a, b) => a.atUtcMs - b.atUtcMs || (a.outcomeId < b.outcomeId ? -1 : 1)),
    expire: async (keysBeforeUtcMs, decisionsBeforeUtcMs) =>
      expire(tables, keysBeforeUtcMs, decisionsBeforeUtcMs),
    apiKeys: async () => [...tables.apiKeys.values()].sort((a, b) => (a.id < b.id ? -1 : 1)),
    addApiKey: async (key) => {
      assertStorable(`API key ${key.id}`, key);
      if (tables.apiKeys.has(key.id)) throw valueUnstorable(`API key ${key.id} is there already`);
      tables.apiKeys.set(key.id, key);
    },
    revokeApiKey: async (tenant, id, atUtcMs) => {
      const key = tables.apiKeys.get(id);
      if (key?.tenant !== tenant || key.revokedAtUtcMs !== null) return false;
      tables.apiKeys.set(id, { ...key, revokedAtUtcMs: atUtcMs });
      return true;
    },
    noteApiKeyUse: async (tenant, id, atUtcMs) => {
      const key = tables.apiKeys.get(id);
      if (key?.tenant === tenant) tables.apiKeys.set(id, { ...key, lastUsedAtUtcMs: atUtcMs });
    },
    ...memoryCapacity(),
    rows: async () => {
      const detail = "expected a store on a disk, got one in memory";
      throw new Fault(storeFaults.nothingKept, { detail });
    },
    ready: async () => {},
    close: async () => {},
  };
}

function append(
  { decisions, claims, payloads, links }: Tables,
  decision: StoredDecision,
  parts: readonly Payload[],
  claim: IdempotencyClaim | undefined,
): Appended {
  assertStorable(`decision ${decision.id}`, decision);
  for (const part of parts) assertStorable(`payload ${part.digest}`, part);
  const { tenant, id } = decision;
  const key = keyOf(tenant, id);
  if (claim !== undefined) {
    assertStorable("idempotency key", claim);
    const held = claims.get(keyOf(tenant, claim.key));
    const isHeld = held !== undefined && held.expiresAtUtcMs > decision.atUtcMs;
    if (isHeld && held.decision.id !== id) {
      const { requestDigest } = held;
      return { kind: "key-taken", decisionId: held.decision.id, requestDigest };
    }
  }
  const stored = decisions.get(key);
  if (stored !== undefined && stored.record !== decision.record) {
    const digests = `expected digest ${stored.recordDigest}, got ${decision.recordDigest}`;
    throw new Fault(storeFaults.decisionDiffers, { detail: `decision ${id}: ${digests}` });
  }
  if (claim !== undefined) claims.set(keyOf(tenant, claim.key), { ...claim, decision });
  decisions.set(key, stored ?? decision);
  links.set(
    key,
    parts.map((part) => keyOf(tenant, part.digest)),
  );
  for (const part of parts) {
    const place = keyOf(tenant, part.digest);
    if (!payloads.has(place)) payloads.set(place, part);
  }
  return { kind: "stored" };
}

function page(rows: readonly StoredDecision[], query: DecisionQuery): readonly StoredDecision[] {
  const { tenant, type, policy, rung, beforeId, limit } = query;
  return rows
    .filter((row) => row.tenant === tenant && (type ?? row.type) === row.type)
    .filter((row) => (policy ?? row.policy) === row.policy && (rung ?? row.rung) === row.rung)
    .filter((row) => beforeId === undefined || row.id < beforeId)
    .sort((a, b) => (a.id < b.id ? 1 : -1))
    .slice(0, limit)
    .map((row) => ({ ...row, record: "" }));
}

function addPolicy({ policies }: Tables, policy: StoredPolicy): "added" | "exists" | "conflict" {
  assertStorable(`policy ${policy.name}`, policy);
  const key = keyOf(policy.tenant, policy.name, policy.version);
  const held = policies.get(key);
  if (held !== undefined) return held.digest === policy.digest ? "exists" : "conflict";
  policies.set(key, policy);
  return "added";
}

function putItemSet({ itemSets }: Tables, set: Omit<StoredItemSet, "version">): StoredItemSet {
  assertStorable(`item set ${set.name}`, set);
  const versions = itemSets.get(keyOf(set.tenant, set.name)) ?? [];
  const newest = versions.at(-1);
  if (newest?.digest === set.digest && newest.type === set.type) return newest;
  const stored = { ...set, version: versions.length + 1 };
  itemSets.set(keyOf(set.tenant, set.name), [...versions, stored]);
  return stored;
}

function addOutcome({ decisions, outcomes }: Tables, outcome: StoredOutcome): OutcomeResult {
  const key = keyOf(outcome.tenant, outcome.outcomeId);
  const held = outcomes.get(key);
  if (held !== undefined) return sameEvent(held, outcome) ? "duplicate" : "conflict";
  if (!decisions.has(keyOf(outcome.tenant, outcome.decisionId))) return "unknown-decision";
  outcomes.set(key, outcome);
  return "recorded";
}

function expire(tables: Tables, keysBeforeUtcMs: number, decisionsBeforeUtcMs: number): number {
  const { decisions, claims, payloads, links, outcomes } = tables;
  const unlinked = new Set<string>();
  const keys = removeWhere(
    claims,
    ({ expiresAtUtcMs, decision }) =>
      expiresAtUtcMs < keysBeforeUtcMs || decision.atUtcMs < decisionsBeforeUtcMs,
  );
  const old = removeWhere(decisions, ({ atUtcMs }, key) => {
    if (atUtcMs >= decisionsBeforeUtcMs) return false;
    for (const payload of links.get(key) ?? []) unlinked.add(payload);
    return links.delete(key);
  });
  for (const payload of [...links.values()].flat()) unlinked.delete(payload);
  const contents = removeWhere(payloads, (_, key) => unlinked.has(key));
  const events = removeWhere(
    outcomes,
    ({ tenant, decisionId }) => !decisions.has(keyOf(tenant, decisionId)),
  );
  return keys + old + contents + events;
}

function valueUnstorable(detail: string): Fault {
  return new Fault(storeFaults.valueUnstorable, { detail });
}

function keyOf(...parts: readonly (string | number)[]): string {
  return JSON.stringify(parts);
}

function removeWhere<Row>(
  rows: Map<string, Row>,
  isExpired: (row: Row, key: string) => boolean,
): number {
  let removed = 0;
  for (const [key, row] of rows) {
    if (isExpired(row, key) && rows.delete(key)) removed += 1;
  }
  return removed;
}

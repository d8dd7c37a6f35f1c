/**
 * Rows for store tests: complete, valid, and different only in what a test names.
 */
import { sha256Hex } from "#foundation";
import type {
  Payload,
  StoredDecision,
  StoredItemSet,
  StoredOutcome,
  StoredPolicy,
} from "#pipeline";
import type { StoredApiKey } from "#security";

/** A decision with the given members; its digest is that of its record unless given. */
export function storedDecision(
  given: Partial<StoredDecision> & Pick<StoredDecision, "tenant" | "id">,
): StoredDecision {
  const record = given.record ?? JSON.stringify({ decisionId: given.id });
  return {
    type: "ranking",
    policy: "homepage@1",
    principal: "loopback",
    atUtcMs: 1_700_000_000_000,
    rung: "proved",
    status: "optimal",
    latencyMs: 12.5,
    deadlineMs: 100,
    gap: null,
    recordDigest: sha256Hex(record),
    ...given,
    record,
  };
}

/** A personal payload of `text`. */
export function payloadOf(text: string, personal = true): Payload {
  return { digest: sha256Hex(text), text, personal };
}

/** An outcome with the given members. */
export function storedOutcome(
  given: Partial<StoredOutcome> & Pick<StoredOutcome, "tenant" | "outcomeId" | "decisionId">,
): StoredOutcome {
  return {
    item: "sku-1",
    position: 1,
    kind: "click",
    value: 4990,
    currency: "GBP",
    atUtcMs: 1_700_000_001_000,
    receivedAtUtcMs: 1_700_000_002_000,
    late: false,
    ...given,
  };
}

/** A policy with the given members. */
export function storedPolicy(
  given: Partial<StoredPolicy> & Pick<StoredPolicy, "tenant" | "name" | "version">,
): StoredPolicy {
  const body = given.body ?? JSON.stringify({ name: given.name, version: given.version });
  return {
    type: "ranking",
    createdAtUtcMs: 1_700_000_000_000,
    principal: "loopback",
    digest: sha256Hex(body),
    ...given,
    body,
  };
}

/** Content of an item set, before the store gives it a version. */
export function itemSetContent(
  tenant: string,
  name: string,
  items: readonly string[],
): Omit<StoredItemSet, "version"> {
  const body = JSON.stringify(items);
  return {
    tenant,
    name,
    type: "ranking",
    body,
    digest: sha256Hex(body),
    itemCount: items.length,
    createdAtUtcMs: 1_700_000_000_000,
  };
}

/** An API key with the given members. */
export function storedApiKey(
  given: Partial<StoredApiKey> & Pick<StoredApiKey, "tenant" | "id">,
): StoredApiKey {
  return {
    name: "shop backend",
    role: "operator",
    decisionTypes: null,
    secretDigest: sha256Hex(given.id),
    createdAtUtcMs: 1_700_000_000_000,
    createdBy: "loopback",
    expiresAtUtcMs: null,
    revokedAtUtcMs: null,
    lastUsedAtUtcMs: null,
    ...given,
  };
}

/**
 * The store over a PostgreSQL database, whichever driver reaches it: every port method, composed
 * from the parts of this room. Appends go through the group commit; everything else is a short
 * transaction of its own.
 */
import { type Kysely, sql } from "kysely";
import type { Clock } from "#foundation";
import type { CommittedBatch } from "#pipeline";
import { apiKeyAccess } from "./api-keys.ts";
import { type Append, exclusiveKeys, type InsertRows, storeBatch } from "./append.ts";
import { rowPage } from "./backup/row-page.ts";
import { capacityAccess } from "./capacity/stored-capacity.ts";
import { decisionReads } from "./decisions.ts";
import { groupCommit } from "./group-commit.ts";
import { outcomeAccess } from "./outcomes.ts";
import { payloadAccess } from "./payloads.ts";
import type { PlatformStore } from "./platform-store.ts";
import { itemSetRegister, policyRegister } from "./registers.ts";
import { expire } from "./retention.ts";
import type { Tables } from "./schema.ts";
import { assertStorable } from "./storable.ts";
import { guarded, isAboutRows } from "./transaction.ts";

/**
 * A store over a migrated database; closing the store closes the database. `onBatch` is told of
 * each batch of appends before they are confirmed; `insert` is a quicker way to insert new
 * decisions, where the driver has one.
 */
export function databaseStore(
  db: Kysely<Tables>,
  clock: Clock,
  onBatch: (batch: CommittedBatch) => void,
  insert?: InsertRows,
): PlatformStore {
  const commit = async (batch: readonly Append[]) => {
    const fromMs = clock.monotonicMs();
    const appended = await storeBatch(db, batch, insert);
    onBatch({ count: batch.length, tookMs: clock.monotonicMs() - fromMs });
    return appended;
  };
  const submit = groupCommit({ commit, exclusiveKeys, sizeBytes, isAboutEntries: isAboutRows });
  const decisions = decisionReads(db);
  const payloads = payloadAccess(db);
  const policies = policyRegister(db);
  const itemSets = itemSetRegister(db);
  const outcomes = outcomeAccess(db);
  const keys = apiKeyAccess(db);
  return {
    append: async (decision, own, claim) =>
      await guarded(async () => {
        assertStorable(`decision ${decision.id}`, decision);
        for (const payload of own) assertStorable(`payload ${payload.digest}`, payload);
        if (claim !== undefined) assertStorable("idempotency key", claim);
        return await submit({ decision, payloads: own, claim });
      }),
    decision: (tenant, id) => guarded(() => decisions.decision(tenant, id)),
    decisions: (query) => guarded(() => decisions.decisions(query)),
    claim: (tenant, key, nowUtcMs) => guarded(() => decisions.claim(tenant, key, nowUtcMs)),
    payload: (tenant, digest) => guarded(() => payloads.payload(tenant, digest)),
    erasePayload: (tenant, digest) => guarded(() => payloads.erasePayload(tenant, digest)),
    addPolicy: async (policy) =>
      await guarded(async () => {
        assertStorable(`policy ${policy.name}`, policy);
        return await policies.addPolicy(policy);
      }),
    policy: (tenant, name, version) => guarded(() => policies.policy(tenant, name, version)),
    policies: (tenant) => guarded(() => policies.policies(tenant)),
    putItemSet: async (set) =>
      await guarded(async () => {
        assertStorable(`item set ${set.name}`, set);
        return await itemSets.putItemSet(set);
      }),
    itemSet: (tenant, name, version) => guarded(() => itemSets.itemSet(tenant, name, version)),
    itemSetVersion: (tenant, name) => guarded(() => itemSets.itemSetVersion(tenant, name)),
    addOutcomes: async (events) =>
      await guarded(async () => {
        for (const event of events) assertStorable(`outcome ${event.outcomeId}`, event);
        return await outcomes.addOutcomes(events);
      }),
    outcomes: (tenant, decisionId) => guarded(() => outcomes.outcomes(tenant, decisionId)),
    apiKeys: () => guarded(keys.apiKeys),
    addApiKey: async (key) =>
      await guarded(async () => {
        assertStorable(`API key ${key.id}`, key);
        await keys.addApiKey(key);
      }),
    revokeApiKey: (tenant, id, atUtcMs) => guarded(() => keys.revokeApiKey(tenant, id, atUtcMs)),
    noteApiKeyUse: (tenant, id, atUtcMs) => guarded(() => keys.noteApiKeyUse(tenant, id, atUtcMs)),
    expire: (keysBeforeUtcMs, decisionsBeforeUtcMs) =>
      guarded(() => expire(db, keysBeforeUtcMs, decisionsBeforeUtcMs)),
    ...capacityAccess(db),
    rows: (from) => guarded(() => rowPage(db, from)),
    ready: async () => {
      await guarded(() => sql`select 1`.execute(db));
    },
    close: async () => await db.destroy(),
  };
}

function sizeBytes({ decision, payloads }: Append): number {
  return payloads.reduce((sum, payload) => sum + payload.text.length, decision.record.length);
}

/**
 * API keys: rows by tenant and id. They are few, read whole and seldom, and never removed.
 */
import type { Kysely } from "kysely";
import type { ApiKeyStore, StoredApiKey } from "#security";
import type { ApiKeyTable, Tables } from "./schema.ts";

/** The keys part of a store over `db`. */
export function apiKeyAccess(db: Kysely<Tables>): ApiKeyStore {
  return {
    apiKeys: async () => {
      const rows = await db.selectFrom("api_keys").selectAll().orderBy("id").execute();
      return rows.map(storedApiKey);
    },
    addApiKey: async (key) => {
      await db.insertInto("api_keys").values(rowOf(key)).execute();
    },
    revokeApiKey: async (tenant, id, atUtcMs) => {
      const { numUpdatedRows } = await db
        .updateTable("api_keys")
        .set({ revoked_at_utc_ms: atUtcMs })
        .where("tenant", "=", tenant)
        .where("id", "=", id)
        .where("revoked_at_utc_ms", "is", null)
        .executeTakeFirst();
      return numUpdatedRows > 0n;
    },
    noteApiKeyUse: async (tenant, id, atUtcMs) => {
      await db
        .updateTable("api_keys")
        .set({ last_used_at_utc_ms: atUtcMs })
        .where("tenant", "=", tenant)
        .where("id", "=", id)
        .execute();
    },
  };
}

function storedApiKey(row: ApiKeyTable): StoredApiKey {
  const types: readonly string[] | null =
    row.decision_types === null ? null : JSON.parse(row.decision_types);
  return {
    tenant: row.tenant,
    id: row.id,
    name: row.name,
    role: row.role,
    decisionTypes: types,
    secretDigest: row.secret_digest,
    createdAtUtcMs: row.created_at_utc_ms,
    createdBy: row.created_by,
    expiresAtUtcMs: row.expires_at_utc_ms,
    revokedAtUtcMs: row.revoked_at_utc_ms,
    lastUsedAtUtcMs: row.last_used_at_utc_ms,
  };
}

function rowOf(key: StoredApiKey): ApiKeyTable {
  return {
    tenant: key.tenant,
    id: key.id,
    name: key.name,
    role: key.role,
    decision_types: key.decisionTypes === null ? null : JSON.stringify(key.decisionTypes),
    secret_digest: key.secretDigest,
    created_at_utc_ms: key.createdAtUtcMs,
    created_by: key.createdBy,
    expires_at_utc_ms: key.expiresAtUtcMs,
    revoked_at_utc_ms: key.revokedAtUtcMs,
    last_used_at_utc_ms: key.lastUsedAtUtcMs,
  };
}

/**
 * Reading decisions back: one by id, a page of them newest first, and the holder of an idempotency
 * key.
 */
import type { Kysely, Selectable } from "kysely";
import type { TenantId } from "#foundation";
import type { DecisionQuery, Store, StoredDecision } from "#pipeline";
import type { Tables } from "./schema.ts";

const summaryColumns = [
  "tenant",
  "id",
  "type",
  "policy",
  "principal",
  "at_utc_ms",
  "rung",
  "status",
  "latency_ms",
  "deadline_ms",
  "gap",
  "record_digest",
] as const;

type SummaryRow = Selectable<Pick<Tables["decisions"], (typeof summaryColumns)[number]>>;

/** The decisions part of a store over `db`. */
export function decisionReads(db: Kysely<Tables>): Pick<Store, "decision" | "decisions" | "claim"> {
  return {
    decision: async (tenant, id) => {
      const row = await db
        .selectFrom("decisions")
        .select([...summaryColumns, "record"])
        .where("tenant", "=", tenant)
        .where("id", "=", id)
        .executeTakeFirst();
      return row && storedDecision(row, row.record);
    },
    decisions: async (query) => {
      const rows = await page(db, query);
      return rows.map((row) => storedDecision(row, ""));
    },
    claim: async (tenant, key, nowUtcMs) => await claimHolder(db, tenant, key, nowUtcMs),
  };
}

async function page(db: Kysely<Tables>, query: DecisionQuery): Promise<readonly SummaryRow[]> {
  const { type, policy, rung, beforeId } = query;
  let select = db
    .selectFrom("decisions")
    .select(summaryColumns)
    .where("tenant", "=", query.tenant)
    .orderBy("id", "desc")
    .limit(query.limit);
  if (type !== undefined) select = select.where("type", "=", type);
  if (policy !== undefined) select = select.where("policy", "=", policy);
  if (rung !== undefined) select = select.where("rung", "=", rung);
  if (beforeId !== undefined) select = select.where("id", "<", beforeId);
  return await select.execute();
}

async function claimHolder(
  db: Kysely<Tables>,
  tenant: TenantId,
  key: string,
  nowUtcMs: number,
): ReturnType<Store["claim"]> {
  const row = await db
    .selectFrom("idempotency_keys")
    .select(["decision_id", "request_digest"])
    .where("tenant", "=", tenant)
    .where("key", "=", key)
    .where("expires_at_utc_ms", ">", nowUtcMs)
    .executeTakeFirst();
  return row && { decisionId: row.decision_id, requestDigest: row.request_digest };
}

function storedDecision(row: SummaryRow, record: string): StoredDecision {
  return {
    tenant: row.tenant,
    id: row.id,
    type: row.type,
    policy: row.policy,
    principal: row.principal,
    atUtcMs: row.at_utc_ms,
    rung: row.rung,
    status: row.status,
    latencyMs: row.latency_ms,
    deadlineMs: row.deadline_ms,
    gap: row.gap,
    record,
    recordDigest: row.record_digest,
  };
}

/**
 * Retention: what is past its time leaves for good. Work is cut into short transactions, so that a
 * large clean-up never holds up the decisions being made meanwhile.
 */
import { type Kysely, sql, type Transaction } from "kysely";
import type { Tables } from "./schema.ts";
import { inTransaction } from "./transaction.ts";

const ROWS_PER_STEP_MAX = 500;

/**
 * Removes keys that expired before the first instant; and decisions older than the second, with
 * their outcomes, their keys, and every payload no remaining decision names. Returns how many of
 * these rows were removed.
 */
export async function expire(
  db: Kysely<Tables>,
  keysBeforeUtcMs: number,
  decisionsBeforeUtcMs: number,
): Promise<number> {
  const keys = await untilNoneLeft(db, async (transaction) => {
    return await expireKeys(transaction, keysBeforeUtcMs, decisionsBeforeUtcMs);
  });
  const decisions = await untilNoneLeft(db, async (transaction) => {
    return await expireDecisions(transaction, decisionsBeforeUtcMs);
  });
  return keys + decisions;
}

async function untilNoneLeft(
  db: Kysely<Tables>,
  step: (transaction: Transaction<Tables>) => Promise<number>,
): Promise<number> {
  let total = 0;
  for (;;) {
    const removed = await inTransaction(db, step);
    if (removed === 0) return total;
    total += removed;
  }
}

async function expireKeys(
  transaction: Transaction<Tables>,
  expiredBeforeUtcMs: number,
  decidedBeforeUtcMs: number,
): Promise<number> {
  const { numAffectedRows } = await sql`
    delete from idempotency_keys where ctid in (
      select ctid from idempotency_keys
      where expires_at_utc_ms < ${expiredBeforeUtcMs} or at_utc_ms < ${decidedBeforeUtcMs}
      limit ${ROWS_PER_STEP_MAX} for update skip locked)`.execute(transaction);
  return Number(numAffectedRows ?? 0n);
}

async function expireDecisions(
  transaction: Transaction<Tables>,
  decidedBeforeUtcMs: number,
): Promise<number> {
  // An append that links to a payload is either committed before this lock, and its link is seen
  // below, or waits for the end of this transaction and then writes the payload anew. Each
  // statement sees what was committed before it, so outcomes that held their decision's row are
  // seen, too.
  await sql`lock table decision_payloads in share row exclusive mode`.execute(transaction);
  const { rows: old } = await sql<{ tenant: string; id: string }>`
    select tenant, id from decisions where at_utc_ms < ${decidedBeforeUtcMs}
    limit ${ROWS_PER_STEP_MAX} for update`.execute(transaction);
  if (old.length === 0) return 0;
  const tenants = old.map((row) => row.tenant);
  const ids = old.map((row) => row.id);
  const gone = sql`unnest(${tenants}::text[], ${ids}::text[]) as gone (tenant, id)`;
  const outcomes = await sql`
    delete from outcomes using ${gone}
    where outcomes.tenant = gone.tenant and outcomes.decision_id = gone.id`.execute(transaction);
  const { rows: links } = await sql<{ tenant: string; digest: string }>`
    delete from decision_payloads using ${gone}
    where decision_payloads.tenant = gone.tenant and decision_payloads.decision_id = gone.id
    returning decision_payloads.tenant, digest`.execute(transaction);
  const owners = links.map((row) => row.tenant);
  const digests = links.map((row) => row.digest);
  const payloads = await sql`
    delete from payloads
    using unnest(${owners}::text[], ${digests}::text[]) as unlinked (tenant, digest)
    where payloads.tenant = unlinked.tenant and payloads.digest = unlinked.digest
      and not exists (
        select from decision_payloads as other
        where other.tenant = unlinked.tenant and other.digest = unlinked.digest)`.execute(
    transaction,
  );
  const decisions = await sql`
    delete from decisions using ${gone}
    where decisions.tenant = gone.tenant and decisions.id = gone.id`.execute(transaction);
  return [outcomes, payloads, decisions].reduce(
    (sum, { numAffectedRows }) => sum + Number(numAffectedRows ?? 0n),
    0,
  );
}

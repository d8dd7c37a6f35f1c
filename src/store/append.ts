/**
 * Writing decisions. A batch of appends is one transaction and so one flush. The ordinary batch -
 * no idempotency keys, every decision new - is a single statement: each further one costs the
 * engine about as much as the rows themselves. Any other batch goes kind by kind, in the order
 * keys, decisions, payloads and sorted within each, so that two adapters on one server wait for
 * each other but never in a circle.
 */
import type { Kysely, Transaction } from "kysely";
import { Fault } from "#foundation";
import type { Appended, IdempotencyClaim, StoredDecision } from "#pipeline";
import { by, type DecisionRows, decisionRows, pair, payloadRows } from "./append-rows.ts";
import { storeFaults } from "./faults.ts";
import type { Tables } from "./schema.ts";
import { Contended, inTransaction, isTaken, repeated } from "./transaction.ts";

/** One call of `Store.append`. */
export interface Append extends DecisionRows {
  readonly claim: IdempotencyClaim | undefined;
}

/** Rows of a batch in which every decision is new, with at least one payload. */
export interface NewRows {
  readonly decisions: readonly Tables["decisions"][];
  readonly links: readonly Tables["decision_payloads"][];
  readonly payloads: readonly Tables["payloads"][];
}

/**
 * Inserts rows by one statement, all or none; payloads and links that are there already stay. The
 * links come before the payloads, as in `insertPayloads`.
 */
export type InsertRows = (rows: NewRows) => Promise<void>;

/**
 * The identity under which no two appends may share a batch, because the second must see the
 * first's outcome.
 */
export function exclusiveKeys({ decision, claim }: Append): readonly string[] {
  const id = JSON.stringify(["decision", decision.tenant, decision.id]);
  return claim === undefined ? [id] : [id, JSON.stringify(["key", decision.tenant, claim.key])];
}

/**
 * Stores a batch and returns one outcome per append, in order. No two appends share one of their
 * {@link exclusiveKeys}. An append whose decision is already stored byte for byte counts as stored:
 * that is the caller trying again after an answer was lost on the way.
 *
 * @throws Fault store-decision-differs when one id is stored with other content; then nothing of
 * the batch is stored.
 */
export async function storeBatch(
  db: Kysely<Tables>,
  batch: readonly Append[],
  insert: InsertRows = (rows) => insertRows(db, rows),
): Promise<readonly Appended[]> {
  const isOrdinary = batch.every(({ claim }) => claim === undefined);
  if (isOrdinary && (await insertedAtOnce(batch, insert)))
    return batch.map(() => ({ kind: "stored" }));
  return await inTransaction(db, async (transaction) => {
    const taken = await claimKeys(transaction, batch);
    const winners = batch.filter((append) => !taken.has(append));
    if (winners.length > 0) {
      await insertDecisions(transaction, winners);
      await insertPayloads(transaction, winners);
    }
    return batch.map((append) => taken.get(append) ?? { kind: "stored" });
  });
}

async function claimKeys(
  transaction: Transaction<Tables>,
  batch: readonly Append[],
): Promise<ReadonlyMap<Append, Appended>> {
  const rows = batch.flatMap(({ decision, claim }) =>
    claim === undefined
      ? []
      : {
          tenant: decision.tenant,
          key: claim.key,
          decision_id: decision.id,
          request_digest: claim.requestDigest,
          at_utc_ms: decision.atUtcMs,
          expires_at_utc_ms: claim.expiresAtUtcMs,
        },
  );
  if (rows.length === 0) return new Map();
  const won = await transaction
    .insertInto("idempotency_keys")
    .values(
      rows.sort(
        by(
          (row) => row.tenant,
          (row) => row.key,
        ),
      ),
    )
    .onConflict((conflict) =>
      conflict
        .columns(["tenant", "key"])
        .doUpdateSet((row) => ({
          decision_id: row.ref("excluded.decision_id"),
          request_digest: row.ref("excluded.request_digest"),
          at_utc_ms: row.ref("excluded.at_utc_ms"),
          expires_at_utc_ms: row.ref("excluded.expires_at_utc_ms"),
        }))
        // An expired key belongs to whoever comes next.
        .whereRef("idempotency_keys.expires_at_utc_ms", "<=", "excluded.at_utc_ms"),
    )
    .returning(["tenant", "decision_id"])
    .execute();
  if (won.length === rows.length) return new Map();
  return await lostKeys(
    transaction,
    batch,
    new Set(won.map((row) => pair(row.tenant, row.decision_id))),
  );
}

async function lostKeys(
  transaction: Transaction<Tables>,
  batch: readonly Append[],
  won: ReadonlySet<string>,
): Promise<ReadonlyMap<Append, Appended>> {
  const taken = new Map<Append, Appended>();
  for (const append of batch) {
    const { decision, claim } = append;
    if (claim === undefined || won.has(pair(decision.tenant, decision.id))) continue;
    const holder = await transaction
      .selectFrom("idempotency_keys")
      .select(["decision_id", "request_digest"])
      .where("tenant", "=", decision.tenant)
      .where("key", "=", claim.key)
      .executeTakeFirst();
    if (holder === undefined)
      throw new Contended("an idempotency key expired while it was claimed");
    // Our own, from an attempt whose answer was lost.
    if (holder.decision_id === decision.id) continue;
    taken.set(append, {
      kind: "key-taken",
      decisionId: holder.decision_id,
      requestDigest: holder.request_digest,
    });
  }
  return taken;
}

/**
 * Inserts a batch by one statement. False, and nothing inserted, where one of the decisions is
 * there already.
 */
async function insertedAtOnce(batch: readonly Append[], insert: InsertRows): Promise<boolean> {
  const rows = { decisions: decisionRows(batch), ...payloadRows(batch) };
  if (rows.links.length === 0) return false;
  try {
    await repeated(() => insert(rows));
    return true;
  } catch (error) {
    if (isTaken(error)) return false;
    throw error;
  }
}

/** See {@link InsertRows}. */
export async function insertRows(
  db: Kysely<Tables>,
  { decisions, links, payloads }: NewRows,
): Promise<void> {
  await db
    .with("decided", (query) => query.insertInto("decisions").values(decisions))
    .with("linked", (query) =>
      query
        .insertInto("decision_payloads")
        .values(links)
        .onConflict((conflict) =>
          conflict.columns(["tenant", "decision_id", "digest"]).doNothing(),
        ),
    )
    .insertInto("payloads")
    .values(payloads)
    .onConflict((conflict) => conflict.columns(["tenant", "digest"]).doNothing())
    .execute();
}

async function insertDecisions(
  transaction: Transaction<Tables>,
  appends: readonly Append[],
): Promise<void> {
  const decisions = appends.map((append) => append.decision);
  const inserted = await transaction
    .insertInto("decisions")
    .values(decisionRows(appends))
    .onConflict((conflict) => conflict.columns(["tenant", "id"]).doNothing())
    .returning(["tenant", "id"])
    .execute();
  if (inserted.length === decisions.length) return;
  const fresh = new Set(inserted.map((row) => pair(row.tenant, row.id)));
  for (const decision of decisions) {
    if (!fresh.has(pair(decision.tenant, decision.id))) await assertSame(transaction, decision);
  }
}

async function assertSame(
  transaction: Transaction<Tables>,
  decision: StoredDecision,
): Promise<void> {
  const stored = await transaction
    .selectFrom("decisions")
    .select(["record_digest", "record"])
    .where("tenant", "=", decision.tenant)
    .where("id", "=", decision.id)
    .executeTakeFirst();
  if (stored === undefined) throw new Contended("a decision expired while it was stored again");
  if (stored.record_digest === decision.recordDigest && stored.record === decision.record) return;
  const digests = `expected digest ${stored.record_digest}, got ${decision.recordDigest}`;
  throw new Fault(storeFaults.decisionDiffers, { detail: `decision ${decision.id}: ${digests}` });
}

async function insertPayloads(
  transaction: Transaction<Tables>,
  appends: readonly Append[],
): Promise<void> {
  // Links go first: retention locks their table before it looks for payloads nothing links to
  // (retention.ts).
  const { links, payloads } = payloadRows(appends);
  if (links.length === 0) return;
  await transaction
    .insertInto("decision_payloads")
    .values(links)
    .onConflict((conflict) => conflict.columns(["tenant", "decision_id", "digest"]).doNothing())
    .execute();
  await transaction
    .insertInto("payloads")
    .values(payloads)
    .onConflict((conflict) => conflict.columns(["tenant", "digest"]).doNothing())
    .execute();
}

/**
 * Writing the rows of a backup into a database: all of them in one transaction, or none.
 */
import { type Kysely, sql, type Transaction } from "kysely";
import { Fault } from "#foundation";
import type { RowBatch } from "#pipeline";
import { storeFaults } from "../faults.ts";
import { isKnownStep, NEWEST_STEP } from "../migrations.ts";
import type { Tables } from "../schema.ts";
import { ROW_TABLES } from "./row-tables.ts";

/** What was restored. */
export interface Restored {
  /** Rows by table. */
  readonly rows: Readonly<Record<string, number>>;
  /** The newest decision of some tenants, for a look at whether they replay. */
  readonly newest: readonly { readonly tenant: string; readonly id: string }[];
}

const NEWEST_MAX = 10;

/**
 * Fills the tables of a migrated database with the rows of a backup, replacing everything in it if
 * `replace`. The rows of an older schema have the columns they had; what came later is empty.
 *
 * @throws Fault store-not-empty, store-schema-newer, store-restore-failed, or what `batches`
 * throws; the database is then as it was.
 */
export async function restoreRows(
  db: Kysely<Tables>,
  batches: AsyncIterable<RowBatch>,
  replace: boolean,
): Promise<Restored> {
  return await db.transaction().execute(async (transaction) => {
    const there = await countRows(transaction);
    const full = Object.entries(there).find(([, count]) => count > 0);
    if (full !== undefined && !replace) {
      const detail = `expected empty tables, got ${full[1]} rows in ${full[0]}`;
      throw new Fault(storeFaults.notEmpty, { detail });
    }
    const tables = ROW_TABLES.map(({ table }) => sql.table(table));
    await sql`truncate ${sql.join(tables)}`.execute(transaction);
    const sent: Record<string, number> = {};
    for await (const { schema, table, rows } of batches) {
      requireKnownSchema(schema);
      if (rows.length === 0) continue;
      await insert(transaction, table, rows);
      sent[table] = (sent[table] ?? 0) + rows.length;
    }
    const found = await countRows(transaction);
    for (const [table, count] of Object.entries(found)) {
      if (count !== (sent[table] ?? 0)) throw failed(table, `${sent[table] ?? 0} rows`, `${count}`);
    }
    await requireDigests(transaction);
    await dropUnreferenced(transaction);
    return { rows: await countRows(transaction), newest: await newestOf(transaction) };
  });
}

/**
 * @throws Fault unless this program knows the step: store-schema-newer if it comes after the newest
 * one here, store-restore-failed if it is no step at all.
 */
export function requireKnownSchema(schema: string): void {
  if (isKnownStep(schema)) return;
  if (!/^\d{4}-/.test(schema) || schema < NEWEST_STEP) {
    throw failed("schema version", `${NEWEST_STEP} or an earlier one`, `the unknown ${schema}`);
  }
  const detail = `schema version: expected at most ${NEWEST_STEP}, got ${schema}`;
  throw new Fault(storeFaults.schemaNewer, { detail });
}

async function insert(
  transaction: Transaction<Tables>,
  name: string,
  rows: readonly string[],
): Promise<void> {
  const known = ROW_TABLES.find(({ table }) => table === name);
  if (known === undefined) throw failed(name, "a table of the store", "an unknown one");
  const table = sql.table(known.table);
  await sql`
    insert into ${table}
    select * from json_populate_recordset(null::${table}, ${`[${rows.join(",")}]`}::json)`.execute(
    transaction,
  );
}

/** Every sealed text has the digest by which it is known, or the backup was altered. */
async function requireDigests(transaction: Transaction<Tables>): Promise<void> {
  const { rows } = await sql<{ readonly what: string }>`
    select 'decision ' || id as what from decisions
    where record_digest <> encode(sha256(convert_to(record, 'UTF8')), 'hex')
    union all
    select 'payload ' || digest from payloads
    where body is not null and digest <> encode(sha256(convert_to(body, 'UTF8')), 'hex')
    limit 1`.execute(transaction);
  const altered = rows[0]?.what;
  if (altered !== undefined) throw failed(altered, "its own digest", "other content");
}

/** A backup is read while retention may run: what refers to nothing any more is not kept. */
async function dropUnreferenced(transaction: Transaction<Tables>): Promise<void> {
  for (const table of ["idempotency_keys", "outcomes", "decision_payloads"] as const) {
    await sql`
      delete from ${sql.table(table)} as kept where not exists (
        select from decisions
        where decisions.tenant = kept.tenant and decisions.id = kept.decision_id)`.execute(
      transaction,
    );
  }
  await sql`
    delete from payloads where not exists (
      select from decision_payloads as link
      where link.tenant = payloads.tenant and link.digest = payloads.digest)`.execute(transaction);
}

async function countRows(transaction: Transaction<Tables>): Promise<Restored["rows"]> {
  const counts: Record<string, number> = {};
  for (const { table } of ROW_TABLES) {
    const { rows } = await sql<{ readonly count: number }>`
      select count(*)::int as count from ${sql.table(table)}`.execute(transaction);
    counts[table] = rows[0]?.count ?? 0;
  }
  return counts;
}

async function newestOf(transaction: Transaction<Tables>): Promise<Restored["newest"]> {
  const { rows } = await sql<{ readonly tenant: string; readonly id: string }>`
    select tenant, max(id) as id from decisions group by tenant order by tenant
    limit ${NEWEST_MAX}`.execute(transaction);
  return rows;
}

function failed(what: string, expected: string, got: string): Fault {
  const detail = `${what}: expected ${expected}, got ${got}`;
  return new Fault(storeFaults.restoreFailed, { detail });
}

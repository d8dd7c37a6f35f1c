/**
 * The schema's history: forward only, one entry per released change, never edited once released.
 * Each program version carries all steps up to its own, brings an older database up to date, and
 * refuses a newer one.
 */
import { type Kysely, sql } from "kysely";
import { type Migration, type MigrationProvider, Migrator } from "kysely/migration";
import { Fault, present } from "#foundation";
import { storeFaults } from "./faults.ts";

const byByte = sql`text collate "C"`;

const firstTables: Migration = {
  up: async (db: Kysely<unknown>) => {
    await createDecisions(db);
    await createPayloads(db);
    await createOutcomes(db);
    await createRegisters(db);
  },
};

const apiKeys: Migration = { up: createApiKeys };

/** Lists show each decision's own deadline; of older decisions only the record tells it. */
const deadlines: Migration = {
  up: async (db: Kysely<unknown>) => {
    await db.schema.alterTable("decisions").addColumn("deadline_ms", "double precision").execute();
  },
};

const capacity: Migration = { up: createCapacity };

/** Every step, by a name whose order is the order of application. */
const migrations: Readonly<Record<string, Migration>> = Object.freeze({
  "0001-first-tables": firstTables,
  "0002-api-keys": apiKeys,
  "0003-deadlines": deadlines,
  "0004-capacity": capacity,
});

/** The step this program's tables are at. */
export const NEWEST_STEP: string = present(Object.keys(migrations).sort().at(-1), "a step");

/** Whether this program knows the step, and so every one before it. */
export function isKnownStep(name: string): boolean {
  return Object.hasOwn(migrations, name);
}

/**
 * Brings the schema up to this program's version; concurrent callers on one server wait for each
 * other.
 *
 * @throws Fault store-schema-newer when the database has steps this program does not know.
 */
export async function migrate<Schema>(
  db: Kysely<Schema>,
  steps: Readonly<Record<string, Migration>> = migrations,
): Promise<void> {
  const provider: MigrationProvider = { getMigrations: async () => ({ ...steps }) };
  const migrator = new Migrator({ db, provider });
  const unknown = (await appliedSteps(db)).filter((name) => !Object.hasOwn(steps, name));
  if (unknown.length > 0) {
    const newest = Object.keys(steps).sort().at(-1) ?? "none";
    throw new Fault(storeFaults.schemaNewer, {
      detail: `schema version: expected at most ${newest}, got ${unknown.sort().at(-1)}`,
    });
  }
  // All pending steps share one transaction: after a failure `results` may call undone steps
  // successful, `error` is the only truth.
  const { error } = await migrator.migrateToLatest();
  if (error !== undefined) throw error;
}

async function appliedSteps<Schema>(db: Kysely<Schema>): Promise<readonly string[]> {
  const { rows: tables } = await sql<{ found: boolean }>`
    select to_regclass('kysely_migration') is not null as found`.execute(db);
  if (tables[0]?.found !== true) return [];
  const { rows } = await sql<{ name: string }>`select name from kysely_migration`.execute(db);
  return rows.map((row) => row.name);
}

async function createDecisions(db: Kysely<unknown>): Promise<void> {
  await db.schema
    .createTable("decisions")
    .addColumn("tenant", byByte, (column) => column.notNull())
    .addColumn("id", byByte, (column) => column.notNull())
    .addColumn("type", byByte, (column) => column.notNull())
    .addColumn("policy", byByte, (column) => column.notNull())
    .addColumn("principal", byByte, (column) => column.notNull())
    .addColumn("at_utc_ms", "bigint", (column) => column.notNull())
    .addColumn("rung", byByte, (column) => column.notNull())
    .addColumn("status", byByte, (column) => column.notNull())
    .addColumn("latency_ms", "double precision", (column) => column.notNull())
    .addColumn("gap", "double precision")
    .addColumn("record", "text", (column) => column.notNull())
    .addColumn("record_digest", byByte, (column) => column.notNull())
    .addPrimaryKeyConstraint("decisions_pkey", ["tenant", "id"])
    .execute();
  // Compressing 40 kB costs more than twice the processor time of writing it plain (docs/adr/0002).
  await sql`alter table decisions alter column record set storage external`.execute(db);
  for (const filter of ["type", "policy", "rung"]) {
    await db.schema
      .createIndex(`decisions_by_${filter}`)
      .on("decisions")
      .columns(["tenant", filter, "id"])
      .execute();
  }
  await db.schema.createIndex("decisions_by_age").on("decisions").column("at_utc_ms").execute();
  await db.schema
    .createTable("idempotency_keys")
    .addColumn("tenant", byByte, (column) => column.notNull())
    .addColumn("key", byByte, (column) => column.notNull())
    .addColumn("decision_id", byByte, (column) => column.notNull())
    .addColumn("request_digest", byByte, (column) => column.notNull())
    .addColumn("at_utc_ms", "bigint", (column) => column.notNull())
    .addColumn("expires_at_utc_ms", "bigint", (column) => column.notNull())
    .addPrimaryKeyConstraint("idempotency_keys_pkey", ["tenant", "key"])
    .execute();
  for (const instant of ["at_utc_ms", "expires_at_utc_ms"]) {
    await db.schema
      .createIndex(`idempotency_keys_by_${instant}`)
      .on("idempotency_keys")
      .column(instant)
      .execute();
  }
}

async function createPayloads(db: Kysely<unknown>): Promise<void> {
  await db.schema
    .createTable("payloads")
    .addColumn("tenant", byByte, (column) => column.notNull())
    .addColumn("digest", byByte, (column) => column.notNull())
    .addColumn("body", "text")
    .addColumn("personal", "boolean", (column) => column.notNull())
    .addPrimaryKeyConstraint("payloads_pkey", ["tenant", "digest"])
    .execute();
  await sql`alter table payloads alter column body set storage external`.execute(db);
  await db.schema
    .createTable("decision_payloads")
    .addColumn("tenant", byByte, (column) => column.notNull())
    .addColumn("decision_id", byByte, (column) => column.notNull())
    .addColumn("digest", byByte, (column) => column.notNull())
    .addPrimaryKeyConstraint("decision_payloads_pkey", ["tenant", "decision_id", "digest"])
    .execute();
  await db.schema
    .createIndex("decision_payloads_by_digest")
    .on("decision_payloads")
    .columns(["tenant", "digest"])
    .execute();
}

async function createOutcomes(db: Kysely<unknown>): Promise<void> {
  await db.schema
    .createTable("outcomes")
    .addColumn("tenant", byByte, (column) => column.notNull())
    .addColumn("outcome_id", byByte, (column) => column.notNull())
    .addColumn("decision_id", byByte, (column) => column.notNull())
    .addColumn("item", byByte)
    .addColumn("position", "integer")
    .addColumn("kind", byByte, (column) => column.notNull())
    .addColumn("value", "double precision")
    .addColumn("currency", byByte)
    .addColumn("at_utc_ms", "bigint", (column) => column.notNull())
    .addColumn("received_at_utc_ms", "bigint", (column) => column.notNull())
    .addColumn("late", "boolean", (column) => column.notNull())
    .addPrimaryKeyConstraint("outcomes_pkey", ["tenant", "outcome_id"])
    .execute();
  await db.schema
    .createIndex("outcomes_by_decision")
    .on("outcomes")
    .columns(["tenant", "decision_id"])
    .execute();
}

async function createRegisters(db: Kysely<unknown>): Promise<void> {
  for (const register of ["policies", "item_sets"]) {
    await db.schema
      .createTable(register)
      .addColumn("tenant", byByte, (column) => column.notNull())
      .addColumn("name", byByte, (column) => column.notNull())
      .addColumn("version", "integer", (column) => column.notNull())
      .addColumn("type", byByte, (column) => column.notNull())
      .addColumn("body", "text", (column) => column.notNull())
      .addColumn("digest", byByte, (column) => column.notNull())
      .addColumn("created_at_utc_ms", "bigint", (column) => column.notNull())
      .addPrimaryKeyConstraint(`${register}_pkey`, ["tenant", "name", "version"])
      .execute();
  }
  await db.schema
    .alterTable("policies")
    .addColumn("principal", byByte, (column) => column.notNull())
    .execute();
  await db.schema
    .alterTable("item_sets")
    .addColumn("item_count", "integer", (column) => column.notNull())
    .execute();
}

async function createApiKeys(db: Kysely<unknown>): Promise<void> {
  await db.schema
    .createTable("api_keys")
    .addColumn("tenant", byByte, (column) => column.notNull())
    // Whose a key is only its row tells, so ids are unique over all tenants.
    .addColumn("id", byByte, (column) => column.notNull().primaryKey())
    .addColumn("name", byByte, (column) => column.notNull())
    .addColumn("role", byByte, (column) => column.notNull())
    .addColumn("decision_types", "text")
    .addColumn("secret_digest", byByte, (column) => column.notNull())
    .addColumn("created_at_utc_ms", "bigint", (column) => column.notNull())
    .addColumn("created_by", byByte, (column) => column.notNull())
    .addColumn("expires_at_utc_ms", "bigint")
    .addColumn("revoked_at_utc_ms", "bigint")
    .addColumn("last_used_at_utc_ms", "bigint")
    .execute();
}

async function createCapacity(db: Kysely<unknown>): Promise<void> {
  await db.schema
    .createTable("capacities")
    .addColumn("tenant", byByte, (column) => column.notNull())
    .addColumn("resource", byByte, (column) => column.notNull())
    .addColumn("total", "integer", (column) => column.notNull())
    .addPrimaryKeyConstraint("capacities_pkey", ["tenant", "resource"])
    .execute();
  await db.schema
    .createTable("reservations")
    .addColumn("tenant", byByte, (column) => column.notNull())
    .addColumn("id", byByte, (column) => column.notNull())
    .addColumn("resource", byByte, (column) => column.notNull())
    .addColumn("units", "integer", (column) => column.notNull())
    .addColumn("expires_at_utc_ms", "bigint")
    .addPrimaryKeyConstraint("reservations_pkey", ["tenant", "id", "resource"])
    .execute();
  await db.schema
    .createIndex("reservations_by_resource")
    .on("reservations")
    .columns(["tenant", "resource"])
    .execute();
  await db.schema
    .createIndex("reservations_by_expiry")
    .on("reservations")
    .column("expires_at_utc_ms")
    .execute();
}

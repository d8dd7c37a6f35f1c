/**
 * The store on a PostgreSQL server, for installations of many processes.
 */
import { Kysely, PostgresDialect } from "kysely";
import pg from "pg";
import { systemClock } from "#foundation";
import type { CommittedBatch, RowBatch } from "#pipeline";
import { type Restored, restoreRows } from "./backup/restore-rows.ts";
import { databaseStore } from "./database-store.ts";
import { migrate } from "./migrations.ts";
import type { PlatformStore } from "./platform-store.ts";
import type { Tables } from "./schema.ts";
import { guarded } from "./transaction.ts";

const CONNECTIONS_MAX = 8;
const CONNECT_TIMEOUT_MS = 5_000;
const BIGINT_TYPE_ID = 20;

/**
 * Opens the store on the server at `url` (`postgres://user:password@host:port/database`) and brings
 * its schema up to date. What is acknowledged is as durable as the server's `synchronous_commit`
 * and `fsync` make it; leave both on. `onBatch` is told of each batch of appends.
 *
 * @throws Fault store-unavailable, store-schema-newer
 */
export async function openPostgresStore(
  url: string,
  onBatch: (batch: CommittedBatch) => void = () => {},
): Promise<PlatformStore> {
  return databaseStore(await openTables(url), systemClock, onBatch);
}

/**
 * Restores a backup into the database at `url`, replacing what is there if `replace`: one
 * transaction, all or nothing.
 *
 * @throws Fault store-unavailable, or what {@link restoreRows} throws.
 */
export async function restorePostgresStore(
  url: string,
  batches: AsyncIterable<RowBatch>,
  replace: boolean,
): Promise<Restored> {
  const db = await openTables(url);
  try {
    return await guarded(() => restoreRows(db, batches, replace));
  } finally {
    await db.destroy();
  }
}

/** The tables on a server, brought up to date. */
async function openTables(url: string): Promise<Kysely<Tables>> {
  const pool = new pg.Pool({
    connectionString: url,
    max: CONNECTIONS_MAX,
    connectionTimeoutMillis: CONNECT_TIMEOUT_MS,
    keepAlive: true,
    types: { getTypeParser: typeParser },
  });
  // A connection that breaks while idle is replaced on next use; without a listener it would end
  // the process.
  pool.on("error", () => {});
  const db = new Kysely<Tables>({ dialect: new PostgresDialect({ pool }) });
  try {
    await guarded(() => migrate(db));
  } catch (error) {
    await db.destroy();
    throw error;
  }
  return db;
}

/** The driver gives `bigint` as text; all of ours are instants and fit a double exactly. */
function typeParser(id: number, format?: "text" | "binary") {
  return id === BIGINT_TYPE_ID ? Number : pg.types.getTypeParser(id, format);
}

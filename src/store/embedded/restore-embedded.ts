/**
 * Restoring a backup into the embedded store: into a new database beside the present one, which it
 * replaces only once it is whole. Nobody waits for decisions meanwhile, so no thread is needed.
 */
import path from "node:path";
import { Kysely, PGliteDialect } from "kysely";
import { Fault } from "#foundation";
import type { RowBatch } from "#pipeline";
import { type Restored, restoreRows } from "../backup/restore-rows.ts";
import { storeFaults } from "../faults.ts";
import { migrate } from "../migrations.ts";
import type { Tables } from "../schema.ts";
import { hasDatabase, replaceDatabase } from "./database.ts";
import { lockDirectory } from "./directory-lock.ts";
import { makeDirectory } from "./make-directory.ts";

/**
 * Restores a backup into `directory`, creating it when absent; a database there is replaced if
 * `replace`. All or nothing.
 *
 * @throws Fault store-directory-held, store-not-empty, store-flush-failed, store-unavailable, or
 * what {@link restoreRows} throws; the directory's data is then as it was.
 */
export async function restoreEmbeddedStore(
  directory: string,
  batches: AsyncIterable<RowBatch>,
  replace: boolean,
): Promise<Restored> {
  const place = path.resolve(directory);
  makeDirectory(place);
  const unlock = lockDirectory(place);
  try {
    if (hasDatabase(place) && !replace) {
      const detail = `${directory}: expected no database, got one`;
      throw new Fault(storeFaults.notEmpty, { detail });
    }
    const fatal = Promise.withResolvers<never>();
    // After a PANIC the engine answers nobody any more; the failure has to come from here.
    const restoring = replaceDatabase(place, fatal.reject, async (pglite) => {
      const db = new Kysely<Tables>({ dialect: new PGliteDialect({ pglite }) });
      await migrate(db);
      return await restoreRows(db, batches, false);
    });
    return await Promise.race([restoring, fatal.promise]);
  } finally {
    unlock();
  }
}

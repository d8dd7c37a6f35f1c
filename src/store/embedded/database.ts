/**
 * Opening PGlite so that a commit is on the disk when it returns. A directory is created so that a
 * power cut at any moment leaves it whole or recognisably unfinished: a marker is made durable
 * first and removed last.
 */
import fs from "node:fs";
import path from "node:path";
import { PGlite } from "@electric-sql/pglite";
import { shareNoImportWrappers } from "#foundation";
import { flushEntry, flushTree } from "./flush-entries.ts";
import { FlushingFiles, type OnFatal } from "./flushing-files.ts";

const DATA = "postgres";
const UNFINISHED = "creating";
/** Where a restored database grows until it takes the place of the one before. */
const RESTORED = "restoring";
const REPLACED = "replaced";

/**
 * PGlite's own start parameters but for `-F`, which turns flushing off. The WASM build's
 * `fdatasync` is an empty stub, so the log is flushed by `fsync`. The bound on the log bounds how
 * long reopening after a kill replays it.
 */
const startParams = [
  ...PGlite.defaultStartParams.filter((parameter) => parameter !== "-F"),
  ...["-c", "wal_sync_method=fsync"],
  ...["-c", "max_wal_size=256MB"],
];

/**
 * Opens the database below an existing `directory`, creating it when absent. The caller holds the
 * directory's lock.
 */
export async function openDatabase(directory: string, onFatal: OnFatal): Promise<PGlite> {
  const root = path.join(directory, DATA);
  const unfinished = path.join(directory, UNFINISHED);
  settleReplacement(directory);
  if (fs.existsSync(unfinished)) fs.rmSync(root, { recursive: true, force: true });
  if (fs.existsSync(root)) return await startDatabase(root, onFatal);

  fs.writeFileSync(unfinished, "");
  flushEntry(unfinished);
  flushEntry(directory);
  fs.mkdirSync(root);
  const database = await startDatabase(root, onFatal);
  // What was copied into place before PGlite started was never flushed.
  flushTree(root);
  fs.unlinkSync(unfinished);
  flushEntry(directory);
  return database;
}

/**
 * Has `fill` fill a new database, which then takes the place of the one in `directory`, if there is
 * one: either all of it, or, if `fill` throws or the power goes, nothing. The caller holds the
 * directory's lock.
 */
export async function replaceDatabase<Result>(
  directory: string,
  onFatal: OnFatal,
  fill: (database: PGlite) => Promise<Result>,
): Promise<Result> {
  settleReplacement(directory);
  const [root, restored, replaced] = [DATA, RESTORED, REPLACED].map((name) => {
    return path.join(directory, name);
  });
  fs.mkdirSync(restored);
  const result = await fillNew(restored, onFatal, fill).catch((error: unknown) => {
    settleReplacement(directory);
    throw error;
  });
  if (fs.existsSync(root)) fs.renameSync(root, replaced);
  fs.renameSync(restored, root);
  flushEntry(directory);
  settleReplacement(directory);
  return result;
}

async function fillNew<Result>(
  root: string,
  onFatal: OnFatal,
  fill: (database: PGlite) => Promise<Result>,
): Promise<Result> {
  const database = await startDatabase(root, onFatal);
  const result = await fill(database).finally(() => database.close());
  flushTree(root);
  return result;
}

/** Whether a database has been created in `directory`. */
export function hasDatabase(directory: string): boolean {
  return fs.existsSync(path.join(directory, DATA));
}

/** Ends a replacement that was cut off, on the side it had got to. */
function settleReplacement(directory: string): void {
  const [root, restored, replaced] = [DATA, RESTORED, REPLACED].map((name) => {
    return path.join(directory, name);
  });
  if (!fs.existsSync(root) && fs.existsSync(replaced)) fs.renameSync(replaced, root);
  fs.rmSync(replaced, { recursive: true, force: true });
  fs.rmSync(restored, { recursive: true, force: true });
}

async function startDatabase(root: string, onFatal: OnFatal): Promise<PGlite> {
  shareNoImportWrappers();
  return await PGlite.create({ fs: new FlushingFiles(root, onFatal), startParams });
}

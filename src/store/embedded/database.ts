/**
 * Opening PGlite so that a commit is on the disk when it returns. A directory is created so that a
 * power cut at any moment leaves it whole or recognisably unfinished: a marker is made durable
 * first and removed last.
 */
import fs from "node:fs";
import path from "node:path";
import { PGlite } from "@electric-sql/pglite";
import { FlushingFiles, flushEntry, flushTree, type OnFatal } from "./flushing-files.ts";

const DATA = "postgres";
const UNFINISHED = "creating";

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

async function startDatabase(root: string, onFatal: OnFatal): Promise<PGlite> {
  return await PGlite.create({ fs: new FlushingFiles(root, onFatal), startParams });
}

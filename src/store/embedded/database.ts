/**
 * Opening PGlite so that a commit is on the disk when it returns. A directory is created so that a power cut at any
 * moment leaves it whole or recognisably unfinished: a marker is made durable first and removed last.
 */
import fs from "node:fs";
import path from "node:path";
import { PGlite } from "@electric-sql/pglite";
import { FlushingFiles, flushEntry, flushTree } from "./flushing-files.ts";

/** PGlite on the disk, and the files below it. */
export interface EmbeddedDatabase {
  readonly pglite: PGlite;
  readonly files: FlushingFiles;
}

const DATA = "postgres";
const UNFINISHED = "creating";

/** PGlite's own start parameters but for `-F`, which turns flushing off; and the one method of flushing WASM has. */
const startParams = [
  ...PGlite.defaultStartParams.filter((parameter) => parameter !== "-F"),
  "-c",
  "wal_sync_method=fsync",
];

/** Opens the database below `directory`, creating both when absent. The caller holds the directory's lock. */
export async function openDatabase(directory: string): Promise<EmbeddedDatabase> {
  const root = path.join(directory, DATA);
  const unfinished = path.join(directory, UNFINISHED);
  if (fs.existsSync(unfinished)) fs.rmSync(root, { recursive: true, force: true });
  if (fs.existsSync(root)) return await startDatabase(root);

  fs.writeFileSync(unfinished, "");
  flushEntry(unfinished);
  flushEntry(directory);
  fs.mkdirSync(root);
  const database = await startDatabase(root);
  // What was copied into place before PGlite started was never flushed.
  flushTree(root);
  fs.unlinkSync(unfinished);
  flushEntry(directory);
  return database;
}

async function startDatabase(root: string): Promise<EmbeddedDatabase> {
  const files = new FlushingFiles(root);
  const pglite = await PGlite.create({ fs: files, startParams });
  return { pglite, files };
}

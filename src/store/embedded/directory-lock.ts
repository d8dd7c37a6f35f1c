/**
 * One process per data directory: two PGlites on one directory overwrite each other without an
 * error. The lock is the operating system's own lock on a file, reached through SQLite, the one way
 * to it that Node ships; the system drops it when the process ends, however it ends, so nothing
 * stale is ever left to judge by process number or age.
 */
import fs from "node:fs";
import os from "node:os";
import path from "node:path";
import { DatabaseSync } from "node:sqlite";
import { Fault } from "#foundation";
import { storeFaults } from "../faults.ts";

const LOCK = "lock";
const HOLDER = "lock-holder";
const SQLITE_BUSY = 5;

/**
 * Takes the lock of an existing `directory`; the returned function gives it back, once.
 *
 * @throws Fault store-directory-held naming the process that holds it.
 */
export function lockDirectory(directory: string): () => void {
  const holderFile = path.join(directory, HOLDER);
  const lock = new DatabaseSync(path.join(directory, LOCK), { timeout: 0 });
  try {
    lock.exec("begin exclusive");
  } catch (error) {
    lock.close();
    if (!isBusy(error)) throw error;
    throw new Fault(storeFaults.directoryHeld, {
      detail: `${directory}: expected no other user, got ${holder(holderFile)}`,
    });
  }
  fs.writeFileSync(holderFile, `process ${process.pid} on ${os.hostname()}`);
  return () => {
    if (!lock.isOpen) return;
    fs.rmSync(holderFile, { force: true });
    lock.close();
  };
}

/** Informative only: the holder may be just about to write it. */
function holder(file: string): string {
  return fs.existsSync(file)
    ? fs.readFileSync(file, "utf8")
    : "a process that has not named itself";
}

function isBusy(error: unknown): boolean {
  return error instanceof Error && "errcode" in error && error.errcode === SQLITE_BUSY;
}

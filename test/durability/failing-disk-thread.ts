/**
 * The store's thread on a disk that fails: once a file called `refuse-flush` lies in the store's
 * directory nothing is flushed any more, and once `refuse-write` does the disk is full.
 */
import fs from "node:fs";
import path from "node:path";
import { parentPort, workerData } from "node:worker_threads";
import { present } from "#foundation";
import { serveStore } from "#store";

const directory: string = workerData;
const { fdatasyncSync, writeSync } = fs;

function refuseIf(sign: string, code: string): void {
  if (!fs.existsSync(path.join(directory, sign))) return;
  throw Object.assign(new Error(`${code}: refused by the test`), { code });
}

Object.assign(fs, {
  fdatasyncSync: (descriptor: number) => {
    refuseIf("refuse-flush", "EIO");
    fdatasyncSync(descriptor);
  },
  writeSync: (...parameters: Parameters<typeof writeSync>) => {
    refuseIf("refuse-write", "ENOSPC");
    return writeSync(...parameters);
  },
});
await serveStore(present(parentPort, "the thread's parent"), directory);

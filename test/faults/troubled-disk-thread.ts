/**
 * The store's thread over a disk in trouble: what goes wrong is said by files in the store's
 * directory, so that a test can begin and end it. `slow-flush` makes each flush take its number of
 * milliseconds, `refuse-flush` and `refuse-write` make them fail, and `die` ends the thread.
 */
import fs from "node:fs";
import path from "node:path";
import { parentPort, workerData } from "node:worker_threads";
import { present } from "#foundation";
import { serveStore } from "#store";

const directory: string = workerData;
const { fdatasyncSync, writeSync } = fs;
const nap = new Int32Array(new SharedArrayBuffer(4));

function signed(sign: string): string | undefined {
  const file = path.join(directory, sign);
  return fs.existsSync(file) ? fs.readFileSync(file, "utf8") : undefined;
}

function refuseIf(sign: string, code: string): void {
  if (signed(sign) === undefined) return;
  throw Object.assign(new Error(`${code}: refused by the test`), { code });
}

Object.assign(fs, {
  fdatasyncSync: (descriptor: number) => {
    refuseIf("refuse-flush", "EIO");
    const slowMs = signed("slow-flush");
    if (slowMs !== undefined) Atomics.wait(nap, 0, 0, Number(slowMs));
    fdatasyncSync(descriptor);
  },
  writeSync: (...parameters: Parameters<typeof writeSync>) => {
    if (signed("die") !== undefined) process.exit(1); // Ends this thread only.
    refuseIf("refuse-write", "ENOSPC");
    return writeSync(...parameters);
  },
});
await serveStore(present(parentPort, "the thread's parent"), directory);

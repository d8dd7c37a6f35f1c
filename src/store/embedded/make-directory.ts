/**
 * The data directory itself: made when absent, with its name on the disk before anything relies on
 * it.
 */
import fs from "node:fs";
import path from "node:path";
import { unavailable } from "../faults.ts";
import { flushEntry } from "./flush-entries.ts";

function madeFirst(directory: string): string | undefined {
  try {
    const first = fs.mkdirSync(directory, { recursive: true });
    fs.accessSync(directory, fs.constants.W_OK);
    return first;
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error);
    throw unavailable(`${directory}: expected a directory to write to, got ${reason}`);
  }
}

/**
 * Makes `directory`, and its name durable, unless it is there.
 *
 * @throws Fault store-unavailable when the place cannot hold a directory we may write to.
 */
export function makeDirectory(directory: string): void {
  const first = madeFirst(directory);
  if (first === undefined) return;
  for (let made = directory; made.length >= first.length; made = path.dirname(made)) {
    flushEntry(path.dirname(made));
  }
}

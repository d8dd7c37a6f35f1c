/**
 * The space left under a data directory. Writing stops before the disk is full, because a database
 * whose log finds no room any more does not refuse, it ends; and it begins again by itself.
 */
import fs from "node:fs";
import { type Clock, Fault } from "#foundation";
import { storeFaults } from "../faults.ts";

/** Room for four files of the log, which is written ahead of everything else. */
const FREE_BYTES_MIN = 64 * 1024 * 1024;

/** An answer counts for so long: asking costs a call of the system. */
const LOOK_EVERY_MS = 500;

/** Watches the space under one directory. */
export interface DiskSpace {
  isLow(): boolean;
  /** The fault of writing while too little is left. */
  full(): Fault;
}

/** Opens a watch. A place that cannot be asked counts as having room. */
export function watchDiskSpace(directory: string, clock: Clock): DiskSpace {
  let freeBytes = Number.POSITIVE_INFINITY;
  let askedAtMs = Number.NEGATIVE_INFINITY;
  function look(): number {
    const nowMs = clock.monotonicMs();
    if (nowMs - askedAtMs >= LOOK_EVERY_MS) {
      askedAtMs = nowMs;
      freeBytes = freeBytesAt(directory);
    }
    return freeBytes;
  }
  return {
    isLow: () => look() < FREE_BYTES_MIN,
    full: () => {
      const detail = `free space: expected ${FREE_BYTES_MIN} bytes at least, got ${look()}`;
      return new Fault(storeFaults.diskFull, { detail, retryAfterMs: 10_000 });
    },
  };
}

function freeBytesAt(directory: string): number {
  try {
    const { bavail, bsize } = fs.statfsSync(directory);
    return bavail * bsize;
  } catch {
    return Number.POSITIVE_INFINITY;
  }
}

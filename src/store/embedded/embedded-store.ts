/**
 * The embedded store as its caller sees it: port calls become messages to the thread the database
 * lives in.
 */
import path from "node:path";
import { type Clock, systemClock } from "#foundation";
import type { CommittedBatch } from "#pipeline";
import { crowded, groupCommitLimits } from "../group-commit.ts";
import type { PlatformStore } from "../platform-store.ts";
import { lockDirectory } from "./directory-lock.ts";
import { type DiskSpace, watchDiskSpace } from "./disk-space.ts";
import { makeDirectory } from "./make-directory.ts";
import type { Method } from "./protocol.ts";
import { ThreadKeeper } from "./thread-keeper.ts";

/** Choices of the one who opens an embedded store. */
export interface EmbeddedOptions {
  /**
   * The thread's entry, a module that calls `serveStore`; tests put a failing disk under theirs.
   */
  readonly thread?: URL;
  /** Appends that may wait for their flush; beyond, `append` rejects with store-crowded. */
  readonly pendingMax?: number;
  readonly clock?: Clock;
  /** Told of each batch of appends. */
  readonly onBatch?: (batch: CommittedBatch) => void;
}

/**
 * Opens the store in `directory`, creating it when absent. One process at a time; a decision's
 * promise resolves once its record is flushed to the disk.
 *
 * @throws Fault store-directory-held, store-schema-newer, store-flush-failed, store-unavailable
 */
export async function openEmbeddedStore(
  directory: string,
  options: EmbeddedOptions = {},
): Promise<PlatformStore> {
  const place = path.resolve(directory);
  makeDirectory(place);
  const unlock = lockDirectory(place);
  try {
    const clock = options.clock ?? systemClock;
    const space = watchDiskSpace(place, clock);
    const keeper = await ThreadKeeper.open({
      entry: options.thread ?? new URL("./store-thread.ts", import.meta.url),
      directory: place,
      clock,
      mayReopen: () => !space.isLow(),
      onEnd: unlock,
      onBatch: options.onBatch ?? (() => {}),
    });
    return storeOver(keeper, space, options.pendingMax ?? groupCommitLimits.pendingMax);
  } catch (error) {
    unlock();
    throw error;
  }
}

function storeOver(keeper: ThreadKeeper, space: DiskSpace, pendingMax: number): PlatformStore {
  const call = <M extends Method>(method: M, ...parameters: Parameters<PlatformStore[M]>) =>
    keeper.thread.call(method, ...parameters);
  /** What frees space is allowed at any time; what takes some is not. */
  const write = <M extends Method>(method: M, ...parameters: Parameters<PlatformStore[M]>) =>
    space.isLow() ? Promise.reject(space.full()) : call(method, ...parameters);
  // Counted on this side: while the thread is inside a flush it cannot refuse anything.
  let appending = 0;
  return {
    append: async (...parameters) => {
      if (appending >= pendingMax) throw crowded(appending, pendingMax);
      appending += 1;
      try {
        return await write("append", ...parameters);
      } finally {
        appending -= 1;
      }
    },
    decision: (...parameters) => call("decision", ...parameters),
    decisions: (...parameters) => call("decisions", ...parameters),
    payload: (...parameters) => call("payload", ...parameters),
    erasePayload: (...parameters) => call("erasePayload", ...parameters),
    claim: (...parameters) => call("claim", ...parameters),
    addPolicy: (...parameters) => write("addPolicy", ...parameters),
    policy: (...parameters) => call("policy", ...parameters),
    policies: (...parameters) => call("policies", ...parameters),
    putItemSet: (...parameters) => write("putItemSet", ...parameters),
    itemSet: (...parameters) => call("itemSet", ...parameters),
    itemSetVersion: (...parameters) => call("itemSetVersion", ...parameters),
    addOutcomes: (...parameters) => write("addOutcomes", ...parameters),
    outcomes: (...parameters) => call("outcomes", ...parameters),
    apiKeys: () => call("apiKeys"),
    addApiKey: (...parameters) => write("addApiKey", ...parameters),
    revokeApiKey: (...parameters) => call("revokeApiKey", ...parameters),
    noteApiKeyUse: (...parameters) => call("noteApiKeyUse", ...parameters),
    expire: (...parameters) => call("expire", ...parameters),
    declareCapacity: (...parameters) => write("declareCapacity", ...parameters),
    capacities: (...parameters) => call("capacities", ...parameters),
    reserveCapacity: (...parameters) => write("reserveCapacity", ...parameters),
    commitCapacity: (...parameters) => write("commitCapacity", ...parameters),
    releaseCapacity: (...parameters) => call("releaseCapacity", ...parameters),
    expireCapacity: (...parameters) => call("expireCapacity", ...parameters),
    rows: (...parameters) => call("rows", ...parameters),
    ready: () => write("ready"),
    close: () => keeper.close(),
  };
}

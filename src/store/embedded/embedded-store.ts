/**
 * The embedded store as its caller sees it: port calls become messages to the thread the database
 * lives in.
 */
import path from "node:path";
import { Worker } from "node:worker_threads";
import { unavailable } from "../faults.ts";
import { crowded, groupCommitLimits } from "../group-commit.ts";
import type { PlatformStore } from "../platform-store.ts";
import { lockDirectory } from "./directory-lock.ts";
import { makeDirectory } from "./make-directory.ts";
import { type Method, type Reply, type Request, unpacked } from "./protocol.ts";

/** Choices of the one who opens an embedded store. */
export interface EmbeddedOptions {
  /**
   * The thread's entry, a module that calls `serveStore`; tests put a failing disk under theirs.
   */
  readonly thread?: URL;
  /** Appends that may wait for their flush; beyond, `append` rejects with store-crowded. */
  readonly pendingMax?: number;
}

interface Pending {
  // Methods, not function members: each promise takes its own method's type.
  resolve(value: unknown): void;
  reject(error: Error): void;
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
    const thread = new StoreThread(
      options.thread ?? new URL("./store-thread.ts", import.meta.url),
      place,
      unlock,
    );
    await thread.opened;
    return storeOver(thread, options.pendingMax ?? groupCommitLimits.pendingMax);
  } catch (error) {
    unlock();
    throw error;
  }
}

/** The thread, the calls it has not answered, and its end. */
class StoreThread {
  readonly opened: Promise<void>;
  readonly #worker: Worker;
  readonly #pending = new Map<number, Pending>();
  #calls = 0;
  #gone: Error | undefined;

  constructor(entry: URL, directory: string, onGone: () => void) {
    this.#worker = new Worker(entry, { workerData: directory, name: "store" });
    const opening = Promise.withResolvers<void>();
    this.opened = opening.promise;
    this.#worker.on("message", (reply: Reply) => {
      if (reply.kind === "opened") return opening.resolve();
      if (reply.kind === "failed") {
        this.#gone ??= unpacked(reply.failure);
        return;
      }
      const pending = this.#pending.get(reply.call);
      this.#pending.delete(reply.call);
      if (reply.kind === "returned") pending?.resolve(reply.value);
      else pending?.reject(unpacked(reply.failure));
    });
    this.#worker.on("error", (error) => {
      this.#gone ??= unavailable(`the store's thread failed: ${error.message}`, error);
    });
    this.#worker.on("exit", () => {
      this.#gone ??= unavailable("the store's thread has ended");
      onGone();
      opening.reject(this.#gone);
      for (const pending of this.#pending.values()) pending.reject(this.#gone);
      this.#pending.clear();
    });
  }

  call<M extends Method>(
    method: M,
    ...parameters: Parameters<PlatformStore[M]>
  ): Promise<Awaited<ReturnType<PlatformStore[M]>>> {
    if (this.#gone !== undefined) return Promise.reject(this.#gone);
    this.#calls += 1;
    const request: Request<M> = { call: this.#calls, method, parameters };
    return new Promise((resolve, reject) => {
      this.#pending.set(request.call, { resolve, reject });
      this.#worker.postMessage(request);
    });
  }

  /** Closes the database and ends the thread; at once when it has ended already. */
  async close(): Promise<void> {
    if (this.#gone !== undefined) return;
    const closed = this.call("close");
    this.#gone = unavailable("the store is closed");
    await closed.finally(() => this.#worker.terminate());
  }
}

function storeOver(thread: StoreThread, pendingMax: number): PlatformStore {
  // Counted on this side: while the thread is inside a flush it cannot refuse anything.
  let appending = 0;
  return {
    append: async (...parameters) => {
      if (appending >= pendingMax) throw crowded(appending, pendingMax);
      appending += 1;
      try {
        return await thread.call("append", ...parameters);
      } finally {
        appending -= 1;
      }
    },
    decision: (...parameters) => thread.call("decision", ...parameters),
    decisions: (...parameters) => thread.call("decisions", ...parameters),
    payload: (...parameters) => thread.call("payload", ...parameters),
    erasePayload: (...parameters) => thread.call("erasePayload", ...parameters),
    claim: (...parameters) => thread.call("claim", ...parameters),
    addPolicy: (...parameters) => thread.call("addPolicy", ...parameters),
    policy: (...parameters) => thread.call("policy", ...parameters),
    policies: (...parameters) => thread.call("policies", ...parameters),
    putItemSet: (...parameters) => thread.call("putItemSet", ...parameters),
    itemSet: (...parameters) => thread.call("itemSet", ...parameters),
    itemSetVersion: (...parameters) => thread.call("itemSetVersion", ...parameters),
    addOutcomes: (...parameters) => thread.call("addOutcomes", ...parameters),
    outcomes: (...parameters) => thread.call("outcomes", ...parameters),
    apiKeys: () => thread.call("apiKeys"),
    addApiKey: (...parameters) => thread.call("addApiKey", ...parameters),
    revokeApiKey: (...parameters) => thread.call("revokeApiKey", ...parameters),
    noteApiKeyUse: (...parameters) => thread.call("noteApiKeyUse", ...parameters),
    expire: (...parameters) => thread.call("expire", ...parameters),
    rows: (...parameters) => thread.call("rows", ...parameters),
    ready: () => thread.call("ready"),
    close: () => thread.close(),
  };
}

/**
 * One life of the embedded store's thread, as its caller sees it: calls become messages, and when
 * the thread ends every call that waits is told why.
 */
import type { Worker } from "node:worker_threads";
import { startThread } from "#foundation";
import type { CommittedBatch } from "#pipeline";
import { unavailable } from "../faults.ts";
import type { PlatformStore } from "../platform-store.ts";
import { type Method, type Reply, type Request, unpacked } from "./protocol.ts";

interface Pending {
  // Methods, not function members: each promise takes its own method's type.
  resolve(value: unknown): void;
  reject(error: Error): void;
}

/** The thread, the calls it has not answered, and its end. */
export class StoreThread {
  readonly opened: Promise<void>;
  /** Settles when the thread has ended, with the reason. */
  readonly ended: Promise<Error>;
  readonly #worker: Worker;
  readonly #pending = new Map<number, Pending>();
  #calls = 0;
  #gone: Error | undefined;

  constructor(entry: URL, directory: string, onBatch: (batch: CommittedBatch) => void) {
    this.#worker = startThread(entry, { workerData: directory, name: "store" });
    const opening = Promise.withResolvers<void>();
    const ending = Promise.withResolvers<Error>();
    this.opened = opening.promise;
    this.ended = ending.promise;
    this.#worker.on("message", (reply: Reply) => {
      if (reply.kind === "opened") return opening.resolve();
      if (reply.kind === "failed") {
        this.#gone ??= unpacked(reply.failure);
        return;
      }
      const pending = this.#pending.get(reply.call);
      this.#pending.delete(reply.call);
      if (reply.kind === "threw") return pending?.reject(unpacked(reply.failure));
      for (const batch of reply.batches) onBatch(batch);
      pending?.resolve(reply.value);
    });
    this.#worker.on("error", (error) => {
      this.#gone ??= unavailable(`the store's thread failed: ${error.message}`, error);
    });
    this.#worker.on("exit", () => {
      this.#gone ??= unavailable("the store's thread has ended");
      ending.resolve(this.#gone);
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

  /** Ends the thread at once, whatever it is doing. */
  end(): void {
    void this.#worker.terminate();
  }

  /** Closes the database and ends the thread; at once when it has ended already. */
  async close(): Promise<void> {
    if (this.#gone !== undefined) return;
    const closed = this.call("close");
    this.#gone = unavailable("the store is closed");
    await closed.finally(() => this.#worker.terminate());
  }
}

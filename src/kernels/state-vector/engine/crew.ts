/**
 * Threads that run passes together. The caller's thread is one of the crew. Helpers sleep on a
 * shared word and read their orders when it changes, so no event loop takes part while a circuit
 * runs; tiles are taken from a common queue.
 */
import type { Worker } from "node:worker_threads";
import { assert, startThread } from "#foundation";
import type { CompiledPass } from "./compiled-pass.ts";
import type { Layout } from "./layout.ts";
import { TileQueue } from "./tile-queue.ts";
import type { TileRunner } from "./tile-runner.ts";

/** What a helper needs to work on a state. */
export interface CrewWork {
  readonly module: WebAssembly.Module;
  readonly memory: WebAssembly.Memory;
  readonly layout: Layout;
}

/** What a helper is sent. */
export type CrewOrder =
  | { readonly kind: "open"; readonly state: number; readonly work: CrewWork }
  | { readonly kind: "forget"; readonly state: number }
  | {
      readonly kind: "run";
      readonly state: number;
      readonly passes: readonly CompiledPass[];
      /** The number of the first tile. */
      readonly start: number;
    };

/** What a helper is started with. */
export interface CrewSetup {
  readonly thread: number;
  readonly words: SharedArrayBuffer;
}

/** A state the crew works on. */
export interface CrewState {
  /** Runs the passes; `own` is the calling thread's runner. */
  run(passes: readonly CompiledPass[], own: TileRunner): void;
  /** Lets the helpers drop the state's memory. */
  forget(): void;
}

/** Below so many stored bits waking the others takes longer than the work. */
const BITS_MIN = 17;

/** A calling thread and its helpers. */
export class Crew {
  readonly threadCount: number;
  readonly #workers: readonly Worker[];
  readonly #queue: TileQueue;
  #stateCount = 0;
  #tileCount = 0;

  private constructor(workers: readonly Worker[], words: SharedArrayBuffer) {
    this.#workers = workers;
    this.threadCount = workers.length + 1;
    this.#queue = new TileQueue(words);
  }

  /** Starts `threadCount - 1` helpers and waits until they are up. */
  static async start(threadCount: number): Promise<Crew> {
    assert(threadCount >= 1, `threads: expected at least 1, got ${threadCount}`);
    const words = TileQueue.words();
    const workers = Array.from({ length: threadCount - 1 }, (_, index) => {
      const workerData: CrewSetup = { thread: index + 1, words };
      return startThread(new URL("./crew-thread.ts", import.meta.url), { workerData });
    });
    await Promise.all(workers.map(comesUp));
    for (const worker of workers) worker.unref();
    return new Crew(workers, words);
  }

  /** Shows a state to the helpers. */
  open(work: CrewWork): CrewState {
    const state = this.#stateCount;
    this.#stateCount += 1;
    this.#order({ kind: "open", state, work });
    return {
      run: (passes, own) => {
        if (work.layout.bitCount < BITS_MIN || this.threadCount === 1) {
          for (const pass of passes) own.run(pass, 0, 2 ** pass.outerBits.length);
          return;
        }
        const start = this.#tileCount;
        const end = passes.reduce((sum, pass) => (sum + 2 ** pass.outerBits.length) | 0, start);
        this.#tileCount = end;
        this.#order({ kind: "run", state, passes, start });
        this.#queue.run(passes, start, own);
        this.#queue.awaitDone(end);
      },
      forget: () => {
        this.#order({ kind: "forget", state });
      },
    };
  }

  /** Ends the helpers. */
  async close(): Promise<void> {
    await Promise.all(this.#workers.map((worker) => worker.terminate()));
  }

  #order(order: CrewOrder): void {
    for (const worker of this.#workers) worker.postMessage(order);
    this.#queue.announceOrder();
  }
}

function comesUp(worker: Worker): Promise<void> {
  return new Promise((resolve, reject) => {
    worker.once("message", () => {
      resolve();
    });
    worker.once("error", reject);
  });
}

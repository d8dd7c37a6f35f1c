/**
 * Threads that run passes together. The caller's thread is one of the crew: it takes its share of
 * the tiles, and all meet at a barrier after each pass. Helpers sleep on a shared word and read
 * their orders when it changes, so no event loop takes part while a circuit runs.
 */
import { Worker } from "node:worker_threads";
import { assert } from "#foundation";
import { Barrier } from "./barrier.ts";
import type { CompiledPass } from "./compiled-pass.ts";
import type { Layout } from "./layout.ts";
import { runShare, type TileRunner } from "./tile-runner.ts";

/** What a helper needs to work on a state. */
export interface CrewWork {
  readonly module: WebAssembly.Module;
  readonly memory: WebAssembly.Memory;
  readonly layout: Layout;
}

/** What a helper is sent. */
export type CrewOrder =
  | { readonly kind: "open"; readonly state: number; readonly work: CrewWork }
  | { readonly kind: "run"; readonly state: number; readonly passes: readonly CompiledPass[] };

/** What a helper is started with. */
export interface CrewSetup {
  readonly thread: number;
  readonly threadCount: number;
  readonly words: SharedArrayBuffer;
}

/** A state the crew works on. */
export interface CrewState {
  /** Runs the passes; `own` is the calling thread's runner. */
  run(passes: readonly CompiledPass[], own: TileRunner): void;
}

/** Below so many stored bits waking the others takes longer than the work. */
const BITS_MIN = 17;

/** A calling thread and its helpers. */
export class Crew {
  readonly threadCount: number;
  readonly #workers: readonly Worker[];
  readonly #words: SharedArrayBuffer;
  #stateCount = 0;

  private constructor(workers: readonly Worker[], words: SharedArrayBuffer) {
    this.#workers = workers;
    this.threadCount = workers.length + 1;
    this.#words = words;
  }

  /** Starts `threadCount - 1` helpers and waits until they are up. */
  static async start(threadCount: number): Promise<Crew> {
    assert(threadCount >= 1, `threads: expected at least 1, got ${threadCount}`);
    const words = Barrier.words();
    const workers = Array.from({ length: threadCount - 1 }, (_, index) => {
      const workerData: CrewSetup = { thread: index + 1, threadCount, words };
      return new Worker(new URL("./crew-thread.ts", import.meta.url), { workerData });
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
    const barrier = new Barrier(this.#words, this.threadCount);
    return {
      run: (passes, own) => {
        if (work.layout.bitCount < BITS_MIN || this.threadCount === 1) {
          for (const pass of passes) own.run(pass, 0, 2 ** pass.outerBits.length);
          return;
        }
        this.#order({ kind: "run", state, passes });
        for (const pass of passes) {
          runShare(own, pass, 0, this.threadCount);
          barrier.meet();
        }
      },
    };
  }

  /** Ends the helpers. */
  async close(): Promise<void> {
    await Promise.all(this.#workers.map((worker) => worker.terminate()));
  }

  #order(order: CrewOrder): void {
    for (const worker of this.#workers) worker.postMessage(order);
    Barrier.wake(this.#words);
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

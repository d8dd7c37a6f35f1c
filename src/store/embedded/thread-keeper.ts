/**
 * Keeps a store's thread running: one that ended because the database could not go on, on a full
 * disk for one, is followed by another as soon as that can work. One that ended by a flush that
 * failed is not: nobody knows any more what the disk holds, and only a person can find out.
 */
import { type Clock, Fault } from "#foundation";
import type { CommittedBatch } from "#pipeline";
import { storeFaults } from "../faults.ts";
import { StoreThread } from "./thread-life.ts";

/** How long after a thread's end another is tried. */
const AGAIN_MS = 1000;

/** A thread that has not come up by then never will; the engine may hang on a broken disk. */
const OPEN_MS_MAX = 60_000;

/** What a keeper is told. */
export interface Keeping {
  readonly entry: URL;
  readonly directory: string;
  readonly clock: Clock;
  /** Whether it makes sense to try again now. */
  readonly mayReopen: () => boolean;
  /** Called when there will be no other thread; more than once does no harm. */
  readonly onEnd: () => void;
  /** Told of each batch of appends the thread has committed. */
  readonly onBatch: (batch: CommittedBatch) => void;
}

/** A thread, and those after it. */
export class ThreadKeeper {
  readonly #keeping: Keeping;
  #thread: StoreThread;
  #isClosed = false;
  #cancel = () => {};
  #trying: Promise<void> | undefined;

  /** Starts the first thread; rejects if it does not come up. */
  static async open(keeping: Keeping): Promise<ThreadKeeper> {
    const first = new StoreThread(keeping.entry, keeping.directory, keeping.onBatch);
    await first.opened;
    return new ThreadKeeper(keeping, first);
  }

  private constructor(keeping: Keeping, first: StoreThread) {
    this.#keeping = keeping;
    this.#thread = first;
    void this.#follow(first);
  }

  /** The thread that answers, or the last one that did. */
  get thread(): StoreThread {
    return this.#thread;
  }

  async close(): Promise<void> {
    this.#isClosed = true;
    this.#cancel();
    await this.#trying;
    await this.#thread.close();
    this.#keeping.onEnd();
  }

  async #follow(thread: StoreThread): Promise<void> {
    const reason = await thread.ended;
    if (this.#isClosed) return;
    if (isFinal(reason)) this.#keeping.onEnd();
    else this.#tryLater();
  }

  #tryLater(): void {
    const { clock, mayReopen } = this.#keeping;
    this.#cancel = clock.after(AGAIN_MS, () => {
      if (mayReopen()) this.#trying = this.#tryNow();
      else this.#tryLater();
    });
  }

  async #tryNow(): Promise<void> {
    const { entry, directory, clock, onBatch } = this.#keeping;
    const next = new StoreThread(entry, directory, onBatch);
    const cancel = clock.after(OPEN_MS_MAX, () => next.end());
    const failure = await next.opened.catch((reason: unknown) => reason);
    cancel();
    if (failure === undefined || isFinal(failure)) {
      this.#thread = next;
      void this.#follow(next);
    } else if (!this.#isClosed) this.#tryLater();
  }
}

function isFinal(reason: unknown): boolean {
  return reason instanceof Fault && reason.row.code === storeFaults.flushFailed.code;
}

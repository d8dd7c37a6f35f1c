/**
 * The pool of solver threads. Lanes queue in order; a thread runs one lane at a time. A lane that
 * overruns is abandoned: nobody waits for it any more. Its thread has a moment to come back by
 * itself, which on a busy machine most do; one that does not is ended and replaced. Lanes too short
 * for a thread run at once on the caller's.
 */
import type { Worker } from "node:worker_threads";
import { type Clock, Fault, startThread, systemClock } from "#foundation";
import { solverNamed } from "#solvers";
import type { Disturbance } from "./disturbance.ts";
import { runtimeFaults } from "./faults.ts";
import { type LaneTask, runLane } from "./lane.ts";
import type { LaneMessage, ThreadMessage, ThreadSetup } from "./lane-thread.ts";
import { type LaneOrders, linkOf } from "./orders/lane-orders.ts";
import { isShortLane } from "./orders/short-lane.ts";
import type { Attempt } from "./report.ts";

/** Threads that die this often in a row before coming up are not started again. */
const FAILED_STARTS_MAX = 4;

/**
 * How long the thread of an abandoned lane may take to come back. Starting another costs the
 * machine some 100 ms, so a thread that was merely starved is better waited for.
 */
const GRACE_MS = 300;

/** How long a pool that is closed waits for threads that are still loading. */
const LOADING_MS_MAX = 5000;

/** How a lane ended, and the attempts whose results arrived. */
export interface LaneOutcome {
  readonly end: "done" | "abandoned" | "cancelled";
  readonly attempts: readonly Attempt[];
}

/** A lane in the pool. */
export interface LaneRun {
  readonly outcome: Promise<LaneOutcome>;
  /** Settles the outcome now, with what has arrived. Harmless once the lane has ended. */
  abandon(): void;
}

/** Solver threads that run lanes. */
export interface SolverPool {
  readonly threadCount: number;
  /** Lanes waiting for a thread. */
  waiting(): number;
  /** Threads ended and replaced so far. */
  replaced(): number;
  run(task: LaneTask, orders: LaneOrders): LaneRun;
  /**
   * Resolves when every thread is up.
   *
   * @throws Fault `solver-threads-down` when threads cannot be started.
   */
  ready(): Promise<void>;
  /** Ends every thread; lanes that run or wait end as abandoned or cancelled. */
  close(): Promise<void>;
}

interface Job {
  readonly message: LaneMessage;
  readonly attempts: Attempt[];
  readonly settle: (outcome: LaneOutcome) => void;
}

interface Thread {
  readonly worker: Worker;
  readonly up: PromiseWithResolvers<void>;
  /** Its program has loaded; lanes are given to no thread before that. */
  isUp: boolean;
  job: Job | undefined;
}

/** What a pool's threads run, and how badly; tests choose, production does not. */
export interface PoolOptions {
  readonly disturbance?: Disturbance | undefined;
  readonly program?: URL | undefined;
  readonly clock?: Clock | undefined;
  /** See {@link GRACE_MS}. */
  readonly graceMs?: number | undefined;
  /** Threads try their engines out before they come up: later up, sooner at full speed. */
  readonly warm?: boolean | undefined;
}

/** Starts a pool of `threadCount` threads. */
export function openSolverPool(threadCount: number, options: PoolOptions = {}): SolverPool {
  const pool = new ThreadPool(options);
  pool.grow(threadCount);
  return pool;
}

class ThreadPool implements SolverPool {
  private readonly queue: Job[] = [];
  private readonly threads: Thread[] = [];
  private readonly disturbance: Disturbance | undefined;
  private readonly program: URL;
  private readonly clock: Clock;
  private readonly graceMs: number;
  private readonly warm: boolean;
  /** Threads with troubles or a program of their own are there to be used. */
  private readonly runsShort: boolean;
  private startedCount = 0;
  private failedStarts = 0;
  private replacedCount = 0;
  private taskCount = 0;
  private closed = false;

  constructor({ disturbance, program, clock, graceMs, warm }: PoolOptions) {
    this.disturbance = disturbance;
    this.clock = clock ?? systemClock;
    this.graceMs = graceMs ?? GRACE_MS;
    this.warm = warm ?? false;
    this.runsShort = disturbance === undefined && program === undefined;
    this.program = program ?? new URL("./lane-thread.ts", import.meta.url);
  }

  get threadCount(): number {
    return this.threads.length;
  }

  waiting(): number {
    return this.queue.length;
  }

  replaced(): number {
    return this.replacedCount;
  }

  grow(threadCount: number): void {
    while (this.threads.length < threadCount) this.threads.push(this.startThread());
  }

  run(task: LaneTask, orders: LaneOrders): LaneRun {
    this.taskCount += 1;
    const { promise, resolve } = Promise.withResolvers<LaneOutcome>();
    const message: LaneMessage = { taskNumber: this.taskCount, task, orders };
    const job: Job = { message, attempts: [], settle: resolve };
    if (task.lane.length === 0) resolve({ end: "done", attempts: [] });
    else if (this.closed || this.threads.length === 0) resolve({ end: "cancelled", attempts: [] });
    else if (this.runsShort && isShortLane(task, orders)) {
      resolve({ end: "done", attempts: runLane(task, linkOf(task, orders), solverNamed) });
    } else this.queue.push(job);
    this.dispatch();
    return { outcome: promise, abandon: () => this.abandon(job) };
  }

  async ready(): Promise<void> {
    if (this.threads.length === 0) throw threadsDown();
    await Promise.all(this.threads.map((thread) => thread.up.promise));
  }

  async close(): Promise<void> {
    this.closed = true;
    this.emptyQueue();
    const loading = this.threads.filter((thread) => !thread.isUp);
    await Promise.all(loading.map(({ worker }) => this.loaded(worker)));
    const workers = this.threads.map((thread) => thread.worker);
    for (const thread of this.threads.slice()) this.replace(thread);
    await Promise.all(workers.map((worker) => worker.terminate()));
  }

  /**
   * Resolves when a thread is up or gone, or has had time enough: Node can crash as a whole when a
   * thread is ended while it loads modules and compiles WebAssembly.
   */
  private loaded(worker: Worker): Promise<void> {
    worker.ref(); // Nothing else may keep the process alive until it is up.
    return new Promise((resolve) => {
      const forget = this.clock.after(LOADING_MS_MAX, resolve);
      for (const event of ["message", "error", "exit"] as const) {
        worker.once(event, () => {
          forget();
          resolve();
        });
      }
    });
  }

  private startThread(): Thread {
    this.startedCount += 1;
    const setup: ThreadSetup = {
      threadNumber: this.startedCount,
      disturbance: this.disturbance,
      warm: this.warm,
    };
    const worker = startThread(this.program, { workerData: setup });
    worker.unref();
    const up = Promise.withResolvers<void>();
    const thread: Thread = { worker, up, isUp: false, job: undefined };
    up.promise.catch(() => {}); // Whoever waits in ready() hears of it.
    worker.on("message", (message: ThreadMessage) => this.hear(thread, message));
    worker.on("error", () => this.replace(thread));
    worker.on("exit", () => this.replace(thread));
    return thread;
  }

  private hear(thread: Thread, message: ThreadMessage): void {
    if (message.kind === "up") {
      this.failedStarts = 0;
      thread.isUp = true;
      thread.up.resolve();
      this.dispatch();
      return;
    }
    const job = thread.job;
    if (job === undefined || job.message.taskNumber !== message.taskNumber) return;
    job.attempts.push(message.attempt);
    if (!message.isLast) return;
    thread.job = undefined;
    job.settle({ end: "done", attempts: job.attempts });
    this.dispatch();
  }

  private replace(thread: Thread): void {
    const index = this.threads.indexOf(thread);
    if (index < 0) return;
    const job = thread.job;
    thread.job = undefined;
    if (!thread.isUp) this.failedStarts += 1; // Back to 0 as soon as one comes up.
    if (this.closed || this.failedStarts > FAILED_STARTS_MAX * this.threads.length) {
      this.threads.splice(index, 1);
      thread.up.reject(threadsDown());
    } else {
      this.replacedCount += 1;
      this.threads[index] = this.startThread();
      this.threads[index].up.promise.then(thread.up.resolve, thread.up.reject);
    }
    if (this.threads.length === 0) this.emptyQueue();
    void thread.worker.terminate();
    job?.settle({ end: "abandoned", attempts: job.attempts });
    this.dispatch();
  }

  private emptyQueue(): void {
    for (const job of this.queue.splice(0)) job.settle({ end: "cancelled", attempts: [] });
  }

  private dispatch(): void {
    for (const thread of this.threads) {
      if (!thread.isUp || thread.job !== undefined) continue;
      const job = this.queue.shift();
      if (job === undefined) return;
      thread.job = job;
      thread.worker.postMessage(job.message);
    }
  }

  private abandon(job: Job): void {
    const place = this.queue.indexOf(job);
    if (place >= 0) {
      this.queue.splice(place, 1);
      job.settle({ end: "cancelled", attempts: [] });
      return;
    }
    const thread = this.threads.find((candidate) => candidate.job === job);
    if (thread === undefined) return;
    job.settle({ end: "abandoned", attempts: job.attempts });
    this.clock.after(this.graceMs, () => {
      if (thread.job === job) this.replace(thread);
    });
  }
}

function threadsDown(): Fault {
  return new Fault(runtimeFaults.threadsDown, {
    detail: "no solver thread could be started; expected the pool's threads to come up",
  });
}

/**
 * The pool of solver threads under virtual time: lanes queue in order, a thread runs one lane at a
 * time, dies, hangs, is abandoned, and is replaced after a while. Lanes race each other over the
 * real board; whatever reaches a lane reaches it at its own virtual instant.
 */
import type { RandomStream } from "#foundation";
import type { SolverPool } from "#runtime";
import type { LaneTask } from "../../src/runtime/lane.ts";
import type { LaneOrders } from "../../src/runtime/orders/lane-orders.ts";
import type { LaneOutcome } from "../../src/runtime/pool.ts";
import { openRaceBoard, type RaceBoard } from "../../src/runtime/race-board.ts";
import type { Attempt } from "../../src/runtime/report.ts";
import { type Heard, type LaneDeed, laneDeeds, type ThreadWeather } from "./simulated-lane.ts";
import type { VirtualTime } from "./virtual-time.ts";

const START_MS = 80;
const GRACE_MS = 300;
/** How far ahead a lane is run before anybody knows whether it will be stopped. */
const AHEAD_MS = 4;

interface Job {
  readonly task: LaneTask;
  readonly orders: LaneOrders;
  readonly number: number;
  readonly attempts: Attempt[];
  readonly heard: Heard[];
  readonly settle: (outcome: LaneOutcome) => void;
  startedAtMs: number;
  stopAtMs: number;
  aheadMs: number;
  /** What it does as far as is known, and how much of that has happened. */
  deeds: readonly LaneDeed[];
  done: number;
  /** Cancels the next deed. */
  cancel: () => void;
}

interface Thread {
  isUp: boolean;
  job: Job | undefined;
}

/** A pool whose process can be killed. */
export interface SimulatedPool extends SolverPool {
  /** To be called between events: hands raised stop flags on to the lanes. */
  passStops(): void;
  kill(): void;
}

/** Opens a pool of `threadCount` threads. */
export function openSimulatedPool(
  time: VirtualTime,
  threadCount: number,
  random: RandomStream,
  weather: ThreadWeather,
): SimulatedPool {
  return new VirtualPool(time, threadCount, random, weather);
}

class VirtualPool implements SimulatedPool {
  readonly #time: VirtualTime;
  readonly #random: RandomStream;
  readonly #weather: ThreadWeather;
  readonly #threads: Thread[];
  readonly #queue: Job[] = [];
  #jobCount = 0;
  #replacedCount = 0;
  #isClosed = false;

  constructor(
    time: VirtualTime,
    threadCount: number,
    random: RandomStream,
    weather: ThreadWeather,
  ) {
    this.#time = time;
    this.#random = random;
    this.#weather = weather;
    this.#threads = Array.from({ length: threadCount }, () => ({ isUp: true, job: undefined }));
  }

  get threadCount(): number {
    return this.#threads.length;
  }

  waiting(): number {
    return this.#queue.length;
  }

  replaced(): number {
    return this.#replacedCount;
  }

  run(task: LaneTask, orders: LaneOrders) {
    this.#jobCount += 1;
    const { promise, resolve } = Promise.withResolvers<LaneOutcome>();
    const job: Job = {
      task,
      orders,
      number: this.#jobCount,
      attempts: [],
      heard: [],
      settle: resolve,
      startedAtMs: 0,
      stopAtMs: Number.POSITIVE_INFINITY,
      aheadMs: AHEAD_MS,
      deeds: [],
      done: 0,
      cancel: () => {},
    };
    if (this.#isClosed) resolve({ end: "cancelled", attempts: [] });
    else this.#queue.push(job);
    this.#dispatch();
    return { outcome: promise, abandon: () => this.#abandon(job) };
  }

  async ready(): Promise<void> {}

  async close(): Promise<void> {
    this.#isClosed = true;
    for (const job of this.#queue.splice(0)) job.settle({ end: "cancelled", attempts: [] });
    for (const { job } of this.#threads) {
      job?.cancel();
      job?.settle({ end: "abandoned", attempts: job.attempts });
    }
  }

  kill(): void {
    this.#isClosed = true;
    for (const { job } of this.#threads) job?.cancel();
  }

  passStops(): void {
    for (const { job } of this.#threads) {
      if (job === undefined || job.stopAtMs <= this.#time.nowMs) continue;
      if (boardOf(job)?.isStopped() !== true) continue;
      job.stopAtMs = this.#time.nowMs;
      this.#runAgain(job);
    }
  }

  #dispatch(): void {
    if (this.#isClosed) return;
    for (const thread of this.#threads) {
      if (!thread.isUp || thread.job !== undefined) continue;
      const job = this.#queue.shift();
      if (job === undefined) return;
      thread.job = job;
      job.startedAtMs = this.#time.nowMs;
      if (boardOf(job)?.isStopped() === true) job.stopAtMs = job.startedAtMs;
      this.#runAgain(job);
    }
  }

  /** Runs the lane with what is known by now. */
  #runAgain(job: Job): void {
    job.deeds = laneDeeds(
      job.task,
      job.orders,
      { ...job, untilMs: job.startedAtMs + job.aheadMs },
      this.#random.fork("lane", job.number),
      this.#weather,
    );
    this.#planNext(job);
  }

  #planNext(job: Job): void {
    job.cancel();
    const next = job.deeds[job.done];
    if (next !== undefined) {
      job.cancel = this.#time.at(next.atMs, () => this.#happen(job, next));
      return;
    }
    // Nothing until the horizon: look again from there, further. A hung lane is looked at in vain,
    // ever more seldom, until it is abandoned.
    const horizonMs = job.startedAtMs + job.aheadMs;
    job.cancel = this.#time.at(horizonMs, () => {
      job.aheadMs *= 2;
      this.#runAgain(job);
    });
  }

  #happen(job: Job, deed: LaneDeed): void {
    job.done += 1;
    switch (deed.kind) {
      case "publish":
        boardOf(job)?.publish(job.task.laneIndex, deed.incumbent);
        this.#spread(job, { atMs: deed.atMs, lane: job.task.laneIndex, incumbent: deed.incumbent });
        this.#planNext(job);
        return;
      case "attempt":
        job.attempts.push(deed.attempt);
        this.#planNext(job);
        return;
      case "done":
        job.settle({ end: "done", attempts: job.attempts });
        this.#free(job);
        return;
      default:
        job.settle({ end: "abandoned", attempts: job.attempts });
        this.#replace(job);
    }
  }

  /** Lets the other lanes of the same race hear of a sample. */
  #spread(from: Job, heard: Heard): void {
    for (const { job } of this.#threads) {
      if (job === undefined || job === from || memoryOf(job) !== memoryOf(from)) continue;
      job.heard.push(heard);
      this.#runAgain(job);
    }
    for (const job of this.#queue) {
      if (memoryOf(job) === memoryOf(from)) job.heard.push(heard);
    }
  }

  #abandon(job: Job): void {
    const place = this.#queue.indexOf(job);
    if (place >= 0) {
      this.#queue.splice(place, 1);
      job.settle({ end: "cancelled", attempts: [] });
      return;
    }
    if (!this.#threads.some((thread) => thread.job === job)) return;
    job.settle({ end: "abandoned", attempts: job.attempts });
    this.#time.at(this.#time.nowMs + GRACE_MS, () => this.#replace(job));
  }

  #free(job: Job): void {
    for (const thread of this.#threads) if (thread.job === job) thread.job = undefined;
    this.#dispatch();
  }

  /** Ends the thread that still has `job`, and starts another. */
  #replace(job: Job): void {
    const thread = this.#threads.find((one) => one.job === job);
    if (thread === undefined || this.#isClosed) return;
    job.cancel();
    thread.job = undefined;
    thread.isUp = false;
    this.#replacedCount += 1;
    this.#time.at(this.#time.nowMs + START_MS, () => {
      thread.isUp = true;
      this.#dispatch();
    });
  }
}

function memoryOf({ orders }: Job): SharedArrayBuffer | undefined {
  return orders.kind === "live" ? orders.board.memory : undefined;
}

function boardOf({ orders }: Job): RaceBoard | undefined {
  return orders.kind === "live" ? openRaceBoard(orders.board) : undefined;
}

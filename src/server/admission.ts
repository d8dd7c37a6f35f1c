/**
 * Admission: how many decisions run at once, and who waits. A request that cannot start early enough to make its
 * deadline is refused before any work is done for it, because work on an answer nobody waits for any more is what
 * turns a busy minute into an outage. Waiting requests start in the order of their deadlines.
 */
import { type Clock, Fault } from "#foundation";
import { serverFaults } from "./faults.ts";

/** The bounds of one server. */
export interface AdmissionLimits {
  /** Decisions at work at the same time. */
  readonly inFlightMax: number;
  /** Requests waiting for their turn. */
  readonly queueMax: number;
}

/** The gate in front of the pipeline. */
export interface Admission {
  readonly inFlight: number;
  readonly queued: number;
  /** Whether any request would be refused now, whatever its deadline. */
  readonly full: boolean;
  /**
   * Runs `work` as soon as there is room.
   *
   * @throws Fault `overloaded` if it cannot start by `startByMs` (monotonic), at once if that can be foreseen.
   */
  run<Result>(startByMs: number, work: () => Promise<Result>): Promise<Result>;
  /** How long until the queue of now has been served, in milliseconds, at the present pace. */
  backlogMs(): number;
  /** Resolves when nothing is at work or waiting. */
  idle(): Promise<void>;
}

interface Waiting {
  readonly startByMs: number;
  readonly start: () => void;
}

/** The weight of the latest service time in the running mean. */
const RECENT_WEIGHT = 0.05;

/** Opens the gate. */
export function openAdmission(clock: Clock, limits: AdmissionLimits): Admission {
  const queue: Waiting[] = []; // Sorted by startByMs, earliest first.
  const idleWaiters: (() => void)[] = [];
  let inFlight = 0;
  let serviceMs = 0;

  const waitMs = (ahead: number) => ((ahead + 1) * serviceMs) / limits.inFlightMax;
  const overloaded = (detail: string) =>
    new Fault(serverFaults.overloaded, { detail, retryAfterMs: Math.max(1, waitMs(queue.length)) });

  function leave(startedAtMs: number): void {
    const tookMs = clock.monotonicMs() - startedAtMs;
    serviceMs = serviceMs === 0 ? tookMs : serviceMs + RECENT_WEIGHT * (tookMs - serviceMs);
    inFlight -= 1;
    queue.shift()?.start();
    if (inFlight === 0) for (const wake of idleWaiters.splice(0)) wake();
  }

  async function atWork<Result>(work: () => Promise<Result>): Promise<Result> {
    const startedAtMs = clock.monotonicMs();
    try {
      return await work();
    } finally {
      leave(startedAtMs);
    }
  }

  function turn(startByMs: number): Promise<void> {
    const ahead = placeOf(queue, startByMs);
    const now = clock.monotonicMs();
    if (queue.length >= limits.queueMax)
      throw overloaded(`all ${limits.queueMax} places are taken`);
    if (now + waitMs(ahead) > startByMs) {
      throw overloaded(
        `expected to start within ${Math.max(0, startByMs - now).toFixed(0)} ms, ` +
          `the queue needs about ${waitMs(ahead).toFixed(0)} ms`,
      );
    }
    return new Promise((resolve, reject) => {
      const forget = clock.after(startByMs - now, () => {
        queue.splice(queue.indexOf(waiting), 1);
        reject(overloaded("the queue moved too slowly for this deadline"));
      });
      const waiting: Waiting = {
        startByMs,
        start: () => {
          forget();
          inFlight += 1;
          resolve();
        },
      };
      queue.splice(ahead, 0, waiting);
    });
  }

  return {
    get inFlight() {
      return inFlight;
    },
    get queued() {
      return queue.length;
    },
    get full() {
      return queue.length >= limits.queueMax;
    },
    run: async (startByMs, work) => {
      if (inFlight < limits.inFlightMax) inFlight += 1;
      else await turn(startByMs);
      return atWork(work);
    },
    backlogMs: () => waitMs(queue.length),
    idle: () =>
      inFlight === 0 ? Promise.resolve() : new Promise((resolve) => idleWaiters.push(resolve)),
  };
}

/** How many entries of a sorted queue come before a new one; equals keep the order of arrival. */
function placeOf(queue: readonly Waiting[], startByMs: number): number {
  let low = 0;
  let high = queue.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((queue[middle]?.startByMs ?? 0) <= startByMs) low = middle + 1;
    else high = middle;
  }
  return low;
}

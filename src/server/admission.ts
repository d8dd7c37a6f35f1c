/**
 * Admission: how many decisions run at once, and who waits. A request that cannot start early
 * enough to make its deadline is refused before any work is done for it, because work on an answer
 * nobody waits for any more is what turns a busy minute into an outage. Waiting requests start in
 * the order of their deadlines.
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
  /**
   * Runs `work` as soon as there is room.
   *
   * @throws Fault `overloaded` if it cannot start by `startByMs` (monotonic), at once if that can
   * be foreseen.
   */
  run<Result>(startByMs: number, work: () => Promise<Result>): Promise<Result>;
}

interface Waiting {
  readonly startByMs: number;
  readonly start: () => void;
}

/** The weight of the latest service time in the running mean. */
const RECENT_WEIGHT = 0.05;

/** Opens the gate. */
export function openAdmission(clock: Clock, limits: AdmissionLimits): Admission {
  return new DeadlineGate(clock, limits);
}

class DeadlineGate implements Admission {
  inFlight = 0;
  readonly #clock: Clock;
  readonly #limits: AdmissionLimits;
  /** Sorted by startByMs, earliest first. */
  readonly #queue: Waiting[] = [];
  #serviceMs = 0;

  constructor(clock: Clock, limits: AdmissionLimits) {
    this.#clock = clock;
    this.#limits = limits;
  }

  get queued(): number {
    return this.#queue.length;
  }

  async run<Result>(startByMs: number, work: () => Promise<Result>): Promise<Result> {
    if (this.inFlight < this.#limits.inFlightMax) this.inFlight += 1;
    else await this.#turn(startByMs);
    const startedAtMs = this.#clock.monotonicMs();
    try {
      return await work();
    } finally {
      this.#leave(startedAtMs);
    }
  }

  /** Resolves when the place of another has been handed over, already counted. */
  #turn(startByMs: number): Promise<void> {
    const ahead = placeOf(this.#queue, startByMs);
    const msLeft = startByMs - this.#clock.monotonicMs();
    if (this.#queue.length >= this.#limits.queueMax) {
      throw this.#overloaded(`expected a free place, got all ${this.#limits.queueMax} taken`);
    }
    if (this.#waitMs(ahead) > msLeft) {
      const waits = `a queue of about ${this.#waitMs(ahead).toFixed(0)} ms`;
      throw this.#overloaded(`expected a start within ${msLeft.toFixed(0)} ms, got ${waits}`);
    }
    return new Promise((resolve, reject) => {
      const forget = this.#clock.after(msLeft, () => {
        this.#queue.splice(this.#queue.indexOf(waiting), 1);
        reject(this.#overloaded("expected a start in time, got a queue that slowed down"));
      });
      const waiting: Waiting = {
        startByMs,
        start: () => {
          forget();
          resolve();
        },
      };
      this.#queue.splice(ahead, 0, waiting);
    });
  }

  #leave(startedAtMs: number): void {
    const tookMs = this.#clock.monotonicMs() - startedAtMs;
    const isFirst = this.#serviceMs === 0;
    this.#serviceMs += (isFirst ? 1 : RECENT_WEIGHT) * (tookMs - this.#serviceMs);
    const next = this.#queue.shift();
    if (next === undefined) this.inFlight -= 1;
    else next.start();
  }

  /** How long a request with `ahead` others before it waits, at the present pace. */
  #waitMs(ahead: number): number {
    return ((ahead + 1) * this.#serviceMs) / this.#limits.inFlightMax;
  }

  #overloaded(detail: string): Fault {
    const retryAfterMs = Math.max(1, this.#waitMs(this.#queue.length));
    return new Fault(serverFaults.overloaded, { detail, retryAfterMs });
  }
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

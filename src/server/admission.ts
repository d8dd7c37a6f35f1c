/**
 * Admission: how many decisions run at once, and who waits. A request that cannot start early
 * enough to make its deadline is refused before any work is done for it, because work on an answer
 * nobody waits for any more is what turns a busy minute into an outage. Waiting requests start in
 * the order of their deadlines. How many are at work follows what the machine can do: where others
 * take its processors, as many as on a quiet day would all be late together.
 */
import { type Clock, Fault } from "#foundation";
import { pipelineFaults } from "#pipeline";
import { serverFaults } from "./faults.ts";
import { openServiceTimes, type ServiceTimes } from "./service-times.ts";

/** The bounds of one server. */
export interface AdmissionLimits {
  /** Decisions at work at the same time, at most. */
  readonly inFlightMax: number;
  /** Requests waiting for their turn. */
  readonly queueMax: number;
}

/** The gate in front of the pipeline. */
export interface Admission {
  readonly inFlight: number;
  /** How many may be at work at present. */
  readonly places: number;
  readonly queued: number;
  /**
   * Runs `work` as soon as there is room. `sizeBytes` of its request tell how long it may take.
   *
   * @throws Fault `overloaded` if it cannot start by `startByMs` (monotonic), at once if that can
   * be foreseen.
   */
  run<Result>(startByMs: number, work: () => Promise<Result>, sizeBytes?: number): Promise<Result>;
}

interface Waiting {
  readonly startByMs: number;
  readonly sizeBytes: number;
  readonly start: () => void;
}

/**
 * The share of its time a request may be expected to wait. The rest is for what the estimate does
 * not know, and for a search that is worth waiting for: under overload the queue stands at its
 * limit, and a queue that used up all time would leave every answer the least of it.
 */
const WAIT_SHARE_MAX = 0.5;

/**
 * What is left of the places after a decision that came too late; each one in time adds its share
 * of a place (additive increase, multiplicative decrease: D.-M. Chiu and R. Jain, Computer Networks
 * and ISDN Systems 17, 1989).
 */
const DECREASE = 0.8;

const TOO_LATE = new Set<string>([pipelineFaults.outOfTime.code, pipelineFaults.unrecorded.code]);

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
  readonly #times: ServiceTimes = openServiceTimes();
  /** What those at work take together, by the means when they began. */
  #atWorkMs = 0;
  /** The places, in fractions; whole ones are given away. */
  #room: number;

  constructor(clock: Clock, limits: AdmissionLimits) {
    this.#clock = clock;
    this.#limits = limits;
    this.#room = limits.inFlightMax;
  }

  get places(): number {
    return Math.floor(this.#room);
  }

  get queued(): number {
    return this.#queue.length;
  }

  async run<Result>(
    startByMs: number,
    work: () => Promise<Result>,
    sizeBytes = 0,
  ): Promise<Result> {
    if (this.inFlight < this.places) this.inFlight += 1;
    else await this.#turn(startByMs, sizeBytes);
    const expectedMs = this.#times.meanMs(sizeBytes);
    this.#atWorkMs += expectedMs;
    const startedAtMs = this.#clock.monotonicMs();
    try {
      const result = await work();
      this.#room = Math.min(this.#limits.inFlightMax, this.#room + 1 / this.#room);
      return result;
    } catch (error) {
      if (isTooLate(error)) this.#room = Math.max(1, this.#room * DECREASE);
      throw error;
    } finally {
      this.#times.observe(sizeBytes, this.#clock.monotonicMs() - startedAtMs);
      this.#atWorkMs -= expectedMs;
      this.#leave();
    }
  }

  /** Resolves when the place of another has been handed over, already counted. */
  #turn(startByMs: number, sizeBytes: number): Promise<void> {
    const ahead = placeOf(this.#queue, startByMs);
    const msLeft = startByMs - this.#clock.monotonicMs();
    if (this.#queue.length >= this.#limits.queueMax) {
      throw this.#overloaded(`expected a free place, got all ${this.#limits.queueMax} taken`);
    }
    const waitMs = this.#waitMs(ahead);
    if (waitMs > msLeft * WAIT_SHARE_MAX) {
      const expected = `expected to wait at most half of ${msLeft.toFixed(0)} ms`;
      throw this.#overloaded(`${expected}, got a queue of about ${waitMs.toFixed(0)} ms`);
    }
    return new Promise((resolve, reject) => {
      const forget = this.#clock.after(msLeft, () => {
        this.#queue.splice(this.#queue.indexOf(waiting), 1);
        reject(this.#overloaded("expected a start in time, got a queue that slowed down"));
      });
      const waiting: Waiting = {
        startByMs,
        sizeBytes,
        start: () => {
          forget();
          resolve();
        },
      };
      this.#queue.splice(ahead, 0, waiting);
    });
  }

  #leave(): void {
    this.inFlight -= 1;
    while (this.inFlight < this.places) {
      const next = this.#queue.shift();
      if (next === undefined) return;
      this.inFlight += 1;
      next.start();
    }
  }

  /**
   * How long a request with `ahead` others before it waits, at the present pace: those at work are
   * half done on average.
   */
  #waitMs(ahead: number): number {
    let beforeMs = this.#atWorkMs / 2;
    for (const { sizeBytes } of this.#queue.slice(0, ahead)) {
      beforeMs += this.#times.meanMs(sizeBytes);
    }
    return beforeMs / this.places;
  }

  #overloaded(detail: string): Fault {
    const retryAfterMs = Math.max(1, this.#waitMs(this.#queue.length));
    return new Fault(serverFaults.overloaded, { detail, retryAfterMs });
  }
}

function isTooLate(error: unknown): boolean {
  return error instanceof Fault && TOO_LATE.has(error.row.code);
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

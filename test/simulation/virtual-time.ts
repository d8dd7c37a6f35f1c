/**
 * Virtual time: a queue of what is to happen, and a hand that moves from one event to the next. All
 * time of a simulated platform comes from here, so a second of it costs nothing and the same seed
 * gives the same second. Reading the clock takes a moment, as running code does, and now and then a
 * long one: a collector's pause, a machine that stood still.
 */
import type { Clock, RandomStream } from "#foundation";

/** How the event loop of a simulated process behaves. */
export interface LoopWeather {
  /** Share of clock readings before which the loop stands still. */
  readonly stallShare: number;
  readonly stallMsMax: number;
}

/** One process's view of the time. */
export interface ProcessClock extends Clock {
  /** Drops what the process still had in mind; it is dead. */
  kill(): void;
  /** Timers of this process that have neither fired nor been cancelled. */
  pendingCount(): number;
}

/** For how long the loop stood still, and until when. */
interface Stall {
  readonly untilMs: number;
  readonly forMs: number;
}

interface Planned {
  readonly atMs: number;
  readonly order: number;
  readonly action: () => void;
}

const READING_MS_MAX = 0.02;
/** The wall clock shows this when a schedule begins. */
const EPOCH_UTC_MS = Date.UTC(2026, 0, 1);

/** The time of one schedule. */
export class VirtualTime {
  readonly #random: RandomStream;
  readonly #queue: Planned[] = [];
  readonly #stalls: Stall[] = [];
  #nowMs = 1000;
  #wallAheadMs = 0;
  #order = 0;
  #turn = 0;

  constructor(random: RandomStream) {
    this.#random = random;
  }

  get nowMs(): number {
    return this.#nowMs;
  }

  /** Counts events: what happens in one turn happens without a look at the queue. */
  get turn(): number {
    return this.#turn;
  }

  /** Sets the wall clock forward, or back if `byMs` is negative. */
  setWallClock(byMs: number): void {
    this.#wallAheadMs += byMs;
  }

  /** Plans `action` for `atMs`, or at once if that has passed; the returned function cancels it. */
  at(atMs: number, action: () => void): () => void {
    this.#order += 1;
    const planned = { atMs, order: this.#order, action };
    let place = this.#queue.length;
    while (place > 0 && this.#queue[place - 1].atMs > atMs) place -= 1;
    this.#queue.splice(place, 0, planned);
    return () => {
      const index = this.#queue.indexOf(planned);
      if (index >= 0) this.#queue.splice(index, 1);
    };
  }

  /** A clock for a new process. */
  openProcess(weather: LoopWeather): ProcessClock {
    const cancels = new Set<() => void>();
    const utcMs = () => EPOCH_UTC_MS + Math.floor(this.#nowMs) + this.#wallAheadMs;
    return {
      utcMs,
      monotonicMs: () => this.#read(weather),
      after: (delayMs, action) => {
        const forget = () => {
          cancel();
          cancels.delete(forget);
        };
        const cancel = this.at(this.#nowMs + Math.max(0, delayMs), () => {
          cancels.delete(forget);
          action();
        });
        cancels.add(forget);
        return forget;
      },
      kill: () => {
        for (const forget of [...cancels]) forget();
      },
      pendingCount: () => cancels.size,
    };
  }

  /** For how long the event loop has stood still since `fromMs`. */
  stalledSinceMs(fromMs: number): number {
    const since = this.#stalls.filter(({ untilMs }) => untilMs > fromMs);
    return since.reduce((sum, { forMs }) => sum + forMs, 0);
  }

  /**
   * Lets events happen one by one, each with everything that follows from it, until `isOver`;
   * `afterEach` is called between them. False if nothing is left to happen or `untilMs` has passed.
   */
  async pass(isOver: () => boolean, untilMs: number, afterEach: () => void): Promise<boolean> {
    for (;;) {
      await settled();
      afterEach();
      if (isOver()) return true;
      const next = this.#queue.shift();
      if (next === undefined || next.atMs > untilMs) return false;
      this.#nowMs = Math.max(this.#nowMs, next.atMs);
      this.#turn += 1;
      next.action();
    }
  }

  #read({ stallShare, stallMsMax }: LoopWeather): number {
    this.#nowMs += this.#random.unit() * READING_MS_MAX;
    if (this.#random.unit() < stallShare) {
      const forMs = this.#random.unit() * stallMsMax;
      this.#nowMs += forMs;
      this.#stalls.push({ untilMs: this.#nowMs, forMs });
    }
    return this.#nowMs;
  }
}

/** Resolves when every promise that could settle has: microtasks come before the next immediate. */
function settled(): Promise<void> {
  return new Promise((resolve) => setImmediate(resolve));
}

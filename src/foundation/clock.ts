/**
 * Clocks. Time enters the platform only as an argument of this type; the system clock below is the
 * one place that reads the machine's. Simulations and tests pass a clock they turn by hand.
 */

/** A source of time and the only way to wait. */
export interface Clock {
  /** Milliseconds since the Unix epoch, UTC; may jump when the machine's clock is set. */
  utcMs(): number;
  /** Milliseconds on a clock that never goes back and is shared by all threads of the process. */
  monotonicMs(): number;
  /** Calls `action` once after `delayMs`; the returned function cancels it. */
  after(delayMs: number, action: () => void): () => void;
}

/** The machine's clock. */
export const systemClock: Clock = Object.freeze({
  utcMs: () => Date.now(),
  monotonicMs: () => Number(process.hrtime.bigint()) / 1e6,
  after: (delayMs: number, action: () => void) => {
    const timer = setTimeout(action, Math.max(0, delayMs));
    return () => clearTimeout(timer);
  },
});

/**
 * Waits for `work`, but not past `byMs` on the monotonic clock; then throws what `late` makes. Work
 * that is late goes on unheard.
 */
export async function inTime<Result>(
  clock: Clock,
  byMs: number,
  work: Promise<Result>,
  late: () => Error,
): Promise<Result> {
  const struck = Promise.withResolvers<never>();
  const cancel = clock.after(byMs - clock.monotonicMs(), () => struck.reject(late()));
  try {
    return await Promise.race([work, struck.promise]);
  } finally {
    cancel();
  }
}

/** An instant as text: RFC 3339 in UTC with milliseconds. */
export function instantText(utcMs: number): string {
  return new Date(utcMs).toISOString();
}

/** A clock on which time passes `factor` times more slowly. */
export function slowedClock(clock: Clock, factor: number): Clock {
  const originMs = clock.monotonicMs();
  return {
    utcMs: clock.utcMs,
    monotonicMs: () => originMs + (clock.monotonicMs() - originMs) / factor,
    after: (delayMs, action) => clock.after(delayMs * factor, action),
  };
}

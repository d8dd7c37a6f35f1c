/** A clock turned by hand, for tests of what happens when several things are due. */
import type { Clock } from "#foundation";

/** Time stands until it is turned. */
export interface HandClock extends Clock {
  /**
   * Makes it `toMs` at once, as on a machine that stood still; what has become due then happens one
   * by one, earliest first, each with everything that follows from it.
   */
  turn(toMs: number): Promise<void>;
}

/** A clock that shows 0. */
export function handClock(): HandClock {
  const alarms = new Set<{ readonly atMs: number; readonly action: () => void }>();
  let nowMs = 0;
  return {
    utcMs: () => nowMs,
    monotonicMs: () => nowMs,
    after: (delayMs, action) => {
      const alarm = { atMs: nowMs + Math.max(0, delayMs), action };
      alarms.add(alarm);
      return () => alarms.delete(alarm);
    },
    turn: async (toMs) => {
      nowMs = toMs;
      for (;;) {
        await new Promise((resolve) => setImmediate(resolve));
        const due = [...alarms].filter(({ atMs }) => atMs <= nowMs);
        const next = due.sort((a, b) => a.atMs - b.atMs)[0];
        if (next === undefined) return;
        alarms.delete(next);
        next.action();
      }
    },
  };
}

/**
 * Lanes that stand still: whose solver does not come to its next tick, long beyond what any takes.
 * Where there is time left, such a lane is given up early, so that what it was still to do can be
 * done by another thread.
 */
import type { Clock } from "#foundation";
import type { RaceBoard } from "../race-board.ts";

/** Of the search time, how long a lane may go without a tick, and at least. */
const STILL_SHARE = 0.25;
const STILL_MS_MIN = 1000;
/** Looks in this time. */
const LOOKS = 8;

/**
 * Calls `giveUp` once `lane` has moved and then stood still for too long; never where the search
 * time is hardly longer than that. Answers how to end the watch.
 */
export function watchStandstill(
  board: Pick<RaceBoard, "ticks">,
  lane: number,
  { clock, searchMs }: { readonly clock: Clock; readonly searchMs: number },
  giveUp: () => void,
): () => void {
  const stillMsMax = Math.max(STILL_MS_MIN, STILL_SHARE * searchMs);
  if (2 * stillMsMax > searchMs) return () => {};
  const begunAt = board.ticks(lane);
  let seen = begunAt;
  let sinceMs = clock.monotonicMs();
  let cancel = () => {};
  const look = () => {
    const ticks = board.ticks(lane);
    // One that has not begun waits for its thread.
    if (ticks !== seen || ticks === begunAt) {
      seen = ticks;
      sinceMs = clock.monotonicMs();
    }
    if (clock.monotonicMs() - sinceMs >= stillMsMax) giveUp();
    else cancel = clock.after(stillMsMax / LOOKS, look);
  };
  cancel = clock.after(stillMsMax / LOOKS, look);
  return () => cancel();
}

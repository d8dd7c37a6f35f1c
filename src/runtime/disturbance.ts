/**
 * Disturbances: stalls and hangs of solver threads on purpose, from a seed. Tests and simulations
 * use them to show that answers, deadlines and replays do not depend on threads behaving; nothing
 * switches them on in production.
 */
import { randomStream } from "#foundation";
import type { LaneLink } from "./lane.ts";

/** How badly threads are to behave. */
export interface Disturbance {
  readonly seed: number;
  /** Share of ticks that stall, and for how long at most. */
  readonly stallShare: number;
  readonly stallMsMax: number;
  /** Share of ticks at which the thread hangs until it is ended. */
  readonly hangShare: number;
}

/**
 * Wraps a link so that its ticks stall or hang. Only time is disturbed, never what the link says.
 */
export function disturbed(
  link: LaneLink,
  setup: { readonly threadNumber: number; readonly disturbance: Disturbance | undefined },
): LaneLink {
  const { disturbance, threadNumber } = setup;
  if (disturbance === undefined) return link;
  const stream = randomStream(disturbance.seed, "disturbance", threadNumber);
  const nap = new Int32Array(new SharedArrayBuffer(4));
  return {
    ...link,
    shouldStop: (leg, tick) => {
      const fate = stream.unit();
      if (fate < disturbance.hangShare) Atomics.wait(nap, 0, 0);
      if (fate < disturbance.hangShare + disturbance.stallShare) {
        Atomics.wait(nap, 0, 0, stream.unit() * disturbance.stallMsMax);
      }
      return link.shouldStop(leg, tick);
    },
  };
}

/**
 * The link of a lane that is run again: stop requests and exchanges come from recorded attempts, at
 * their recorded ticks. No clock, no other lanes.
 */
import type { LaneLink } from "./lane.ts";
import type { Attempt } from "./report.ts";

/** What a replay needs of a recorded attempt. */
export type LegScript = Pick<Attempt, "leg" | "end" | "ticks" | "exchanges">;

/** Opens a link that repeats `scripts`, one per leg. */
export function scriptedLink(scripts: readonly LegScript[]): LaneLink {
  const scriptOf = new Map(scripts.map((script) => [script.leg, script]));
  return {
    shouldStop: (leg, tick) => {
      const script = scriptOf.get(leg);
      if (script === undefined) return true;
      // A tick past the record means the run has already diverged; stopping keeps it bounded.
      return script.end === "stopped" ? tick >= script.ticks : tick > script.ticks;
    },
    isTurnOver: (leg, tick) => {
      const script = scriptOf.get(leg);
      return script?.end === "expired" && tick >= script.ticks;
    },
    offered: (leg, tick) => scriptOf.get(leg)?.exchanges.find((event) => event.tick === tick),
    share: () => {},
    elapsedMs: () => 0,
  };
}

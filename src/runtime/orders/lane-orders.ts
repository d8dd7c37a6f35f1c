/**
 * The outside world of a lane in a form that can be sent to a thread, and the link it means there.
 */
import { systemClock } from "#foundation";
import type { LaneLink, LaneTask } from "../lane.ts";
import { liveLink } from "../live-link.ts";
import { openRaceBoard, type RaceBoardMemory } from "../race-board.ts";
import { type LegScript, scriptedLink } from "../scripted-link.ts";

/** A live race, or the script of a recorded one. */
export type LaneOrders =
  | {
      readonly kind: "live";
      readonly board: RaceBoardMemory;
      readonly exchange: boolean;
      readonly startedAtMs: number;
      readonly searchUntilMs: number;
    }
  | { readonly kind: "scripted"; readonly scripts: readonly LegScript[] };

/** The link of a lane that runs on this thread under `orders`. */
export function linkOf(task: LaneTask, orders: LaneOrders): LaneLink {
  if (orders.kind === "scripted") return scriptedLink(orders.scripts);
  return liveLink({
    sense: task.problem.sense,
    board: openRaceBoard(orders.board),
    laneIndex: task.laneIndex,
    laneCount: orders.board.laneCount,
    exchange: orders.exchange,
    startedAtMs: orders.startedAtMs,
    searchUntilMs: orders.searchUntilMs,
    clock: systemClock,
  });
}

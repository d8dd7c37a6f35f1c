/**
 * The link of a lane that races for real: it reads the shared board and the clock. Everything it
 * lets through is written down by the lane, which is why nothing else in the runtime may look at a
 * clock while solving.
 */
import type { Clock } from "#foundation";
import type { ObjectiveSense } from "#problem";
import { isBetter, type LaneLink } from "./lane.ts";
import type { RaceBoard } from "./race-board.ts";

/** What a live lane knows of its race. */
export interface LiveRace {
  readonly sense: ObjectiveSense;
  readonly board: RaceBoard;
  readonly laneIndex: number;
  readonly laneCount: number;
  readonly exchange: boolean;
  readonly startedAtMs: number;
  readonly searchUntilMs: number;
  readonly clock: Clock;
}

/** Opens the link of one lane. */
export function liveLink(race: LiveRace): LaneLink {
  const { board, laneIndex, laneCount, clock } = race;
  const seen = new Int32Array(laneCount);
  return {
    shouldStop: () => {
      board.tick(laneIndex);
      return board.isStopped() || clock.monotonicMs() >= race.searchUntilMs;
    },
    isTurnOver: (_leg, _tick, untilMs) => clock.monotonicMs() - race.startedAtMs >= untilMs,
    offered: (_leg, _tick, best) => {
      if (!race.exchange) return undefined;
      for (let lane = 0; lane < laneCount; lane += 1) {
        if (lane === laneIndex || board.sequence(lane) === seen[lane]) continue;
        seen[lane] = board.sequence(lane);
        const theirs = board.read(lane);
        if (theirs !== undefined && isBetter(race.sense, theirs, best)) {
          return { fromLane: lane, sample: theirs.sample };
        }
      }
      return undefined;
    },
    share: (incumbent) => board.publish(laneIndex, incumbent),
    elapsedMs: () => clock.monotonicMs() - race.startedAtMs,
  };
}

/**
 * A lane under virtual time. The real lane runs in one go on a clock of its own, in which each tick
 * costs a drawn moment, and what it does is written down with the instant at which it does it. When
 * it turns out that something reached the lane from outside before its end (a stop, a better sample
 * of another lane), it is run again from the start with that known: the same seed repeats all that
 * came before, so what has happened already stays true. Time warp with the simplest of roll-backs
 * (Jefferson, "Virtual Time", ACM TOPLAS 1985).
 */
import type { RandomStream } from "#foundation";
import { solverNamed } from "#solvers";
import { type LaneLink, type LaneTask, runLane } from "../../src/runtime/lane.ts";
import { liveLink } from "../../src/runtime/live-link.ts";
import type { LaneOrders } from "../../src/runtime/orders/lane-orders.ts";
import type { RaceBoard } from "../../src/runtime/race-board.ts";
import type { Attempt, Incumbent } from "../../src/runtime/report.ts";
import { scriptedLink } from "../../src/runtime/scripted-link.ts";

/** How solver threads behave. */
export interface ThreadWeather {
  readonly tickMsMax: number;
  /** Share of lanes with a thread that dies, or hangs, at one of its first ticks. */
  readonly deathShare: number;
  readonly hangShare: number;
  /** Share of ticks that take longer, and how long. */
  readonly stallShare: number;
  readonly stallMsMax: number;
}

/** A sample another lane has published. */
export interface Heard {
  readonly atMs: number;
  readonly lane: number;
  readonly incumbent: Incumbent;
}

/** What a lane does, and when. */
export type LaneDeed = { readonly atMs: number } & (
  | { readonly kind: "publish"; readonly incumbent: Incumbent }
  | { readonly kind: "attempt"; readonly attempt: Attempt }
  | { readonly kind: "done" }
  | { readonly kind: "died" }
);

/** What is known of the outside. */
export interface Outside {
  readonly startedAtMs: number;
  /** When the stop flag was raised. */
  readonly stopAtMs: number;
  readonly heard: readonly Heard[];
  /** Deeds later than this are left for another run. */
  readonly untilMs: number;
}

const FATEFUL_TICKS = 12;

/** Thrown into a solver whose thread is to die or hang at this tick, or whose run ends here. */
class Interrupted extends Error {
  override readonly name = "Interrupted";
}

/**
 * The deeds of one lane in order of time, up to `untilMs`. A pure function of its arguments;
 * `stream` must be a fresh fork on each call.
 */
export function laneDeeds(
  task: LaneTask,
  orders: LaneOrders,
  outside: Outside,
  stream: RandomStream,
  weather: ThreadWeather,
): readonly LaneDeed[] {
  const deeds: LaneDeed[] = [];
  let atMs = outside.startedAtMs;
  let ticks = 0;
  let isOver = false;
  const fate = stream.unit();
  const fatefulTick = 1 + stream.below(FATEFUL_TICKS);
  const dies = orders.kind === "live" && fate < weather.deathShare;
  const hangs = orders.kind === "live" && !dies && fate < weather.deathShare + weather.hangShare;

  function interrupt(): never {
    isOver = true;
    throw new Interrupted();
  }

  function passTick(): void {
    ticks += 1;
    if (isOver) interrupt();
    const isStalled = stream.unit() < weather.stallShare;
    atMs += stream.unit() * (isStalled ? weather.stallMsMax : weather.tickMsMax);
    if (ticks === fatefulTick && dies) deeds.push({ atMs, kind: "died" });
    if (ticks === fatefulTick && (dies || hangs)) interrupt();
    if (atMs > outside.untilMs) interrupt();
  }

  const inner = linkOf(task, orders, outside, {
    nowMs: () => atMs,
    publish: (incumbent) => {
      if (!isOver) deeds.push({ atMs, kind: "publish", incumbent });
    },
  });
  const link: LaneLink = {
    ...inner,
    shouldStop: (leg, tick) => {
      passTick();
      return inner.shouldStop(leg, tick);
    },
  };
  runLane(task, link, solverNamed, (attempt) => {
    atMs += stream.unit() * weather.tickMsMax;
    if (!isOver) deeds.push({ atMs, kind: "attempt", attempt });
  });
  if (!isOver) deeds.push({ atMs, kind: "done" });
  return deeds;
}

interface LaneSide {
  nowMs(): number;
  publish(incumbent: Incumbent): void;
}

/** The real link, over a board that shows what was known at the lane's own time. */
function linkOf(task: LaneTask, orders: LaneOrders, outside: Outside, side: LaneSide): LaneLink {
  if (orders.kind === "scripted") return scriptedLink(orders.scripts);
  const known = (lane: number) =>
    outside.heard.filter((heard) => heard.lane === lane && heard.atMs <= side.nowMs());
  const board: RaceBoard = {
    stop: () => {},
    isStopped: () => outside.stopAtMs <= side.nowMs(),
    publish: (_lane, incumbent) => side.publish(incumbent),
    tick: () => {},
    ticks: () => 0,
    sequence: (lane) => known(lane).length,
    read: (lane) => known(lane).at(-1)?.incumbent,
  };
  return liveLink({
    sense: task.problem.sense,
    board,
    laneIndex: task.laneIndex,
    laneCount: orders.board.laneCount,
    exchange: orders.exchange,
    startedAtMs: orders.startedAtMs,
    searchUntilMs: orders.searchUntilMs,
    clock: { utcMs: side.nowMs, monotonicMs: side.nowMs, after: () => () => {} },
  });
}

/**
 * Contests on a machine that others use too: contestants take turns, so that all see the same
 * machine, and what counts is the median of the ratios within the rounds.
 */
import { execFileSync } from "node:child_process";
import type { Reading } from "../../src/cli/bench/reading.ts";

/** V8 goes on optimising for about a second. */
const WARM_UP_MS = 1500;

/** Somebody who does a piece of work and says how many milliseconds it took. */
export interface Contestant {
  readonly name: string;
  readonly run: () => number;
}

/** How two contestants did. */
export interface Duel {
  /** Ours over theirs: median and extremes over the rounds. */
  readonly ratio: number;
  readonly lowest: number;
  readonly highest: number;
  /** Ours over theirs, the best of each. */
  readonly ratioOfBest: number;
  /** Medians, milliseconds. */
  readonly ours: number;
  readonly theirs: number;
}

/** Lets `ours` and `theirs` take turns. */
export function duel(ours: Contestant, theirs: Contestant, rounds: number): Duel {
  warmUp(ours);
  warmUp(theirs);
  const pairs = Array.from({ length: rounds }, () => [ours.run(), theirs.run()] as const);
  const ratios = ascending(pairs.map(([mine, other]) => mine / other));
  const [mine, other] = [0, 1].map((side) => ascending(pairs.map((pair) => pair[side])));
  return {
    ratio: middle(ratios),
    lowest: ratios[0],
    highest: ratios[rounds - 1],
    ratioOfBest: mine[0] / other[0],
    ours: middle(mine),
    theirs: middle(other),
  };
}

/** The median time of `contestant` alone, and the least, in milliseconds. */
export function timed(contestant: Contestant, rounds: number) {
  warmUp(contestant);
  const times = ascending(Array.from({ length: rounds }, () => contestant.run()));
  return { median: middle(times), least: times[0] };
}

/** What a speed is held against. */
export interface SpeedGoal {
  readonly what: string;
  /** In words. */
  readonly goal: string;
  /** Whether a ratio of our time to theirs meets it. */
  readonly isMet: (ratio: number) => boolean;
  /** How a ratio reads, e.g. `1.17 of its time`. */
  readonly told: (ratio: number) => string;
  /** The peer's milliseconds as measured earlier on such a machine, where it is not at hand. */
  readonly earlierMs?: number;
}

/** Our time against a peer's, or, without one, beside what was measured of it earlier. */
export function againstPeer(
  { what, goal, isMet, told, earlierMs }: SpeedGoal,
  ours: Contestant,
  peer: Contestant | undefined,
  rounds: number,
): Reading {
  process.stderr.write(`  ${what}\n`);
  if (peer === undefined) {
    const { median, least } = timed(ours, rounds);
    const beside =
      earlierMs === undefined
        ? ""
        : `; ${told(median / earlierMs)} by ${milliseconds(earlierMs)} of an earlier day`;
    return {
      what,
      goal,
      reached: `${milliseconds(median)}${beside}`,
      spread: `least ${milliseconds(least)} of ${rounds}${goal && "; the peer was absent"}`,
      isMet: null,
    };
  }
  const { ratio, lowest, highest, ratioOfBest, ours: mine, theirs } = duel(ours, peer, rounds);
  return {
    what,
    goal,
    reached: `${told(ratio)}: ${milliseconds(mine)}, ${peer.name} ${milliseconds(theirs)}`,
    spread:
      `${rounds} pairs, ratios ${lowest.toPrecision(3)} to ${highest.toPrecision(3)}, ` +
      `of the best ${ratioOfBest.toPrecision(3)}`,
    isMet: goal === "" ? null : isMet(ratio),
  };
}

/** A program called as `PROGRAM WORK QUBITS [FILE]` that prints its own milliseconds. */
export function program(
  peers: Readonly<Record<string, string>>,
  name: string,
  args: readonly string[],
): Contestant | undefined {
  const path = peers[name];
  if (path === undefined) return undefined;
  return { name, run: () => Number(execFileSync(path, args, { encoding: "utf8" })) };
}

/** CPU milliseconds of the whole process, the median of some repetitions. */
export function cpuMs(repeats: number, action: () => void): number {
  const times = Array.from({ length: repeats }, () => {
    const before = process.cpuUsage();
    action();
    const { user, system } = process.cpuUsage(before);
    return (user + system) / 1000;
  });
  return middle(ascending(times));
}

/** Milliseconds on the clock. */
export function wallMs(action: () => void): number {
  const before = performance.now();
  action();
  return performance.now() - before;
}

/** A time with its unit, three digits. */
export function milliseconds(ms: number): string {
  return ms < 0.1 ? `${(1000 * ms).toPrecision(3)} us` : `${Number(ms.toPrecision(3))} ms`;
}

function warmUp({ run }: Contestant): void {
  const start = performance.now();
  do run();
  while (performance.now() - start < WARM_UP_MS);
}

function ascending(values: readonly number[]): readonly number[] {
  return [...values].sort((a, b) => a - b);
}

function middle(sorted: readonly number[]): number {
  return sorted[sorted.length >> 1];
}

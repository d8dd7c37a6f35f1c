/** When a lane is given up: a table of lives, told by the ticks a lane has at each look. */
import { expect, test } from "vitest";
import type { Clock } from "#foundation";
import { watchStandstill } from "./standstill.ts";

/** Runs what is due each 25 ms; `ticksAt` says how many ticks the lane has by then. */
function givenUpAt(searchMs: number, ticksAt: (ms: number) => number): number | undefined {
  let nowMs = 0;
  let due: { readonly atMs: number; readonly call: () => void } | undefined;
  const clock: Clock = {
    utcMs: () => nowMs,
    monotonicMs: () => nowMs,
    after: (ms, call) => {
      due = { atMs: nowMs + ms, call };
      return () => {
        due = undefined;
      };
    },
  };
  let givenUp: number | undefined;
  const board = { ticks: () => ticksAt(nowMs) };
  watchStandstill(board, 0, { clock, searchMs }, () => {
    givenUp = nowMs;
  });
  for (; nowMs < searchMs && givenUp === undefined; nowMs += 25) {
    if (due === undefined || due.atMs > nowMs) continue;
    const { call } = due;
    due = undefined;
    call();
  }
  return givenUp;
}

test.each([
  ["that never begins waits for its thread", 10_000, () => 0, undefined],
  ["that ticks on is left alone", 10_000, (ms: number) => ms, undefined],
  ["that ticks now and then is left alone", 10_000, (ms: number) => ms >> 11, undefined],
  ["that stands still for a quarter is given up", 10_000, (ms: number) => Math.min(ms, 900), 3450],
  ["is given up after a second at least", 2000, (ms: number) => Math.min(ms, 100), 1125],
  [
    "is not watched where that is most of the time",
    1999,
    (ms: number) => Math.min(ms, 1),
    undefined,
  ],
] as const)("a lane %s", (_remark, searchMs, ticksAt, expected) => {
  const given = givenUpAt(searchMs, ticksAt);
  if (expected === undefined) expect(given).toBeUndefined();
  else expect(Math.abs((given ?? 0) - expected)).toBeLessThanOrEqual(searchMs / 16);
});

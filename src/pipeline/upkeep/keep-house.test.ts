/** What is removed when, on a clock turned by hand. */
import { expect, test } from "vitest";
import { keepHouse } from "./keep-house.ts";

const HOUR_MS = 3_600_000;
const DAY_MS = 24 * HOUR_MS;

/** A clock that stands at `utcMs` and runs its one alarm when told to. */
function handClock(utcMs: number) {
  let alarm: (() => void) | undefined;
  let delayMs = 0;
  return {
    clock: {
      utcMs: () => utcMs,
      monotonicMs: () => 0,
      after: (delay: number, action: () => void) => {
        delayMs = delay;
        alarm = action;
        return () => {
          alarm = undefined;
        };
      },
    },
    ring: () => alarm?.(),
    delayMs: () => delayMs,
  };
}

test.each([
  { remark: "nothing is too old without a limit", retentionDays: undefined, before: 0 },
  { remark: "older than two days", retentionDays: 2, before: 8 * DAY_MS },
  { remark: "a limit before the epoch", retentionDays: 20, before: 0 },
  { remark: "everything", retentionDays: 0, before: 10 * DAY_MS },
])("$remark, every hour until ended, whether or not the store fails", (row) => {
  const { clock, ring, delayMs } = handClock(10 * DAY_MS);
  const asked: number[][] = [];
  const store = {
    expire: (...instants: number[]) => {
      asked.push(instants);
      return Promise.reject(new Error("the disk is gone"));
    },
    expireCapacity: (instant: number) => {
      asked.push([instant]);
      return Promise.reject(new Error("the disk is gone"));
    },
  };
  const end = keepHouse(store, clock, row.retentionDays);
  expect(asked).toEqual([]);
  expect(delayMs()).toBe(HOUR_MS);
  ring();
  expect(asked).toEqual([[10 * DAY_MS, row.before], [10 * DAY_MS]]);
  ring();
  expect(asked).toHaveLength(4);
  end();
  ring();
  expect(asked).toHaveLength(4);
});

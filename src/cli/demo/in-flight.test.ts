/**
 * Bounded concurrency: never more at once, all of them, stopping at an abort or a failure.
 */
import { describe, expect, it } from "vitest";
import { eachInFlight } from "./in-flight.ts";

const never = new AbortController().signal;

describe("eachInFlight", () => {
  it.each([
    [0, 3],
    [1, 3],
    [10, 1],
    [10, 3],
    [10, 100],
  ])("runs %i items, at most %i at a time", async (count, limit) => {
    const items = Array.from({ length: count }, (_, item) => item);
    const done: number[] = [];
    let now = 0;
    let most = 0;
    await eachInFlight(items, limit, never, async (item, index) => {
      expect(index).toBe(item);
      now += 1;
      most = Math.max(most, now);
      await Promise.resolve();
      now -= 1;
      done.push(item);
    });
    expect(done.sort((a, b) => a - b)).toEqual(items);
    expect(most).toBe(Math.min(count, limit));
  });

  it("begins nothing after an abort and awaits what is in flight", async () => {
    const interrupt = new AbortController();
    const begun: number[] = [];
    const ended: number[] = [];
    await eachInFlight([0, 1, 2, 3, 4], 2, interrupt.signal, async (item) => {
      begun.push(item);
      if (item === 1) interrupt.abort();
      await Promise.resolve();
      ended.push(item);
    });
    expect(begun).toEqual([0, 1]);
    expect(ended).toEqual([0, 1]);
  });

  it("hands on the first failure and begins nothing after it", async () => {
    const begun: number[] = [];
    const run = eachInFlight([0, 1, 2, 3], 1, never, async (item) => {
      begun.push(item);
      if (item === 1) throw new Error("broken");
    });
    await expect(run).rejects.toThrow("broken");
    expect(begun).toEqual([0, 1]);
  });
});

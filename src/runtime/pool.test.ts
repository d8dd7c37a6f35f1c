/**
 * The pool with real threads: lanes end, hung threads are replaced, broken programs are given up.
 */
import { afterEach, describe, expect, test, vi } from "vitest";
import { randomStream, systemClock } from "#foundation";
import { mixedShape, orderedSelection } from "../../test/generators/ordered-selections.ts";
import type { LaneTask } from "./lane.ts";
import type { LaneOrders } from "./orders/lane-orders.ts";
import { openSolverPool, type SolverPool } from "./pool.ts";
import { openRaceBoard, raceBoardMemory } from "./race-board.ts";

const memory = raceBoardMemory(1, 100);
const task: LaneTask = {
  problem: orderedSelection(randomStream(3), mixedShape),
  laneIndex: 0,
  lane: [{ solver: "tabu", workLimit: 2000 }],
  seed: 1,
  start: undefined,
  gapMax: 0,
};

function orders() {
  const startedAtMs = systemClock.monotonicMs();
  const searchUntilMs = startedAtMs + 60_000;
  const kind = "live" as const;
  return { kind, board: memory, exchange: false, startedAtMs, searchUntilMs } satisfies LaneOrders;
}

let pool: SolverPool | undefined;
afterEach(() => pool?.close());

describe("the pool", () => {
  test("runs more lanes than it has threads", async () => {
    pool = openSolverPool(1);
    const runs = [1, 2, 3].map((seed) => pool?.run({ ...task, seed }, orders()));
    const outcomes = await Promise.all(runs.map((run) => run?.outcome));
    expect(outcomes.map((outcome) => outcome?.end)).toEqual(["done", "done", "done"]);
    expect(outcomes[0]?.attempts[0]).toMatchObject({ solver: "tabu", end: "finished" });
  });

  test("leaves a hung thread, keeps what it had shared, and goes on with a new one", async () => {
    const disturbance = { seed: 1, stallShare: 0, stallMsMax: 0, hangShare: 1 };
    pool = openSolverPool(1, { disturbance });
    await pool.ready();
    const hung = pool.run({ ...task, lane: [{ solver: "tabu", workLimit: 1e12 }] }, orders());
    const waiting = pool.run(task, orders());
    await new Promise((resolve) => setTimeout(resolve, 50));
    waiting.abandon();
    hung.abandon();
    expect(await waiting.outcome).toEqual({ end: "cancelled", attempts: [] });
    expect(await hung.outcome).toEqual({ end: "abandoned", attempts: [] });
    expect(openRaceBoard(memory).read(0)?.sample.values.length).toBeGreaterThan(0);
    expect(pool.replaced()).toBe(0);
    await vi.waitFor(() => expect(pool?.replaced()).toBe(1), 2000);
    await pool.ready();
    expect(pool.threadCount).toBe(1);
  });

  test("takes back a thread that stops within its grace", async () => {
    pool = openSolverPool(1, { graceMs: 30_000 });
    await pool.ready();
    const endless = { ...task, lane: [{ solver: "tabu", workLimit: 1e12 }] };
    const startedAtMs = systemClock.monotonicMs();
    const late = pool.run(endless, { ...orders(), searchUntilMs: startedAtMs + 40 });
    late.abandon(); // Given to the thread already, which hears nothing of it.
    expect((await late.outcome).end).toBe("abandoned");
    expect((await pool.run(task, orders()).outcome).end).toBe("done");
    expect(pool.replaced()).toBe(0);
  });

  test("does not hold against a thread that lanes ran out of time before it was up", async () => {
    pool = openSolverPool(1);
    for (let round = 0; round < 20; round += 1) {
      const run = pool.run(task, orders());
      run.abandon();
      expect((await run.outcome).end).toBe("cancelled");
    }
    expect(pool.replaced()).toBe(0);
    await pool.ready();
    expect((await pool.run(task, orders()).outcome).end).toBe("done");
  });

  test("gives up on a program that never comes up, and says so", async () => {
    pool = openSolverPool(2, { program: new URL("data:text/javascript,throw 1") });
    const run = pool.run(task, orders());
    await expect(pool.ready()).rejects.toMatchObject({ row: { code: "solver-threads-down" } });
    expect((await run.outcome).end).not.toBe("done");
    expect((await pool.run(task, orders()).outcome).end).not.toBe("done");
  });

  test("ends what runs and waits when it is closed", async () => {
    pool = openSolverPool(1);
    await pool.ready();
    const endless = { ...task, lane: [{ solver: "tabu", workLimit: 1e12 }] };
    const runs = [pool.run(endless, orders()), pool.run(task, orders())];
    await pool.close();
    const ends = (await Promise.all(runs.map((run) => run.outcome))).map(({ end }) => end);
    expect(ends).toEqual(["abandoned", "cancelled"]);
    expect(pool.threadCount).toBe(0);
  });
});

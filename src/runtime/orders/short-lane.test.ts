/**
 * Which lanes need no thread, and that nobody can tell from the attempts where they ran.
 */
import { afterEach, expect, test } from "vitest";
import { randomStream, systemClock } from "#foundation";
import type { Problem } from "#problem";
import { mixedShape, orderedSelection } from "../../../test/generators/ordered-selections.ts";
import type { LaneTask } from "../lane.ts";
import type { Lane } from "../plan.ts";
import { openSolverPool, type SolverPool } from "../pool.ts";
import { raceBoardMemory } from "../race-board.ts";
import type { Attempt } from "../report.ts";
import type { LaneOrders } from "./lane-orders.ts";
import { isShortLane } from "./short-lane.ts";

const small = orderedSelection(randomStream(3), mixedShape);
const exact = { solver: "branch-and-bound", workLimit: 100_000 };

function taskOf(problem: Problem, lane: Lane, seed = 1): LaneTask {
  return { problem, lane, laneIndex: 0, seed, start: undefined, gapMax: 0 };
}

function live(): LaneOrders {
  const startedAtMs = systemClock.monotonicMs();
  const searchUntilMs = startedAtMs + 60_000;
  const board = raceBoardMemory(1, 100);
  return { kind: "live", board, exchange: false, startedAtMs, searchUntilMs };
}

const scripted: LaneOrders = { kind: "scripted", scripts: [] };
const wide = { ...small, positionCount: 64 };

test.each([
  { remark: "a small exact leg", problem: small, lane: [exact], is: true },
  { remark: "nothing to do", problem: small, lane: [], is: true },
  {
    remark: "more work than a thread's hand-over is worth",
    problem: small,
    lane: [{ ...exact, workLimit: 100_001 }],
    is: false,
  },
  { remark: "two legs, too much together", problem: small, lane: [exact, exact], is: false },
  {
    remark: "a search that goes on to its limit",
    problem: small,
    lane: [{ solver: "tabu", workLimit: 10 }],
    is: false,
  },
  {
    remark: "nobody of that name",
    problem: small,
    lane: [{ solver: "nobody", workLimit: 10 }],
    is: false,
  },
  {
    remark: "a contest",
    problem: small,
    lane: [{ contenders: [exact], places: [0], workLimit: 10 }],
    is: false,
  },
  {
    remark: "as many cells as may be",
    problem: { ...wide, itemCount: 256 },
    lane: [exact],
    is: true,
  },
  { remark: "one row too many", problem: { ...wide, itemCount: 257 }, lane: [exact], is: false },
])("$remark: $is", ({ problem, lane, is }) => {
  expect(isShortLane(taskOf(problem, lane), live())).toBe(is);
  expect(isShortLane(taskOf(problem, lane), scripted)).toBe(false);
});

let pool: SolverPool | undefined;
afterEach(() => pool?.close());

test("what it did is what a thread would do", async () => {
  const problems = Array.from({ length: 30 }, (_, seed) =>
    orderedSelection(randomStream(seed), mixedShape),
  );
  pool = openSolverPool(1);
  const orders = live();
  const here = await Promise.all(
    problems.map((problem, seed) => pool?.run(taskOf(problem, [exact], seed), orders).outcome),
  );
  expect(pool.waiting()).toBe(0);
  await pool.ready();
  const scripts = problems.map((problem, seed) => {
    const task = taskOf(problem, [exact], seed);
    const attempt = here[seed]?.attempts[0];
    return pool?.run(task, { kind: "scripted", scripts: attempt ? [attempt] : [] }).outcome;
  });
  const there = await Promise.all(scripts);
  expect(here.map((outcome) => outcome?.attempts.map(timeless))).toEqual(
    there.map((outcome) => outcome?.attempts.map(timeless)),
  );
  expect(here.every((outcome) => outcome?.end === "done")).toBe(true);
});

function timeless({ startedMs: _, endedMs: __, ...attempt }: Attempt) {
  return attempt;
}

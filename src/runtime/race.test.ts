/**
 * Who runs in a race, and who is spared it: a pool that never runs anything answers as each case
 * says.
 */
import { expect, test } from "vitest";
import { present } from "#foundation";
import { handClock } from "../../test/pipeline/hand-clock.ts";
import type { LaneTask } from "./lane.ts";
import { unstartedAttempt } from "./lane.ts";
import { solversOf } from "./plan.ts";
import type { LaneOutcome, SolverPool } from "./pool.ts";
import { type RaceEntry, race } from "./race.ts";
import type { Attempt } from "./report.ts";

const problem: RaceEntry["problem"] = {
  kind: "ordered-selection",
  sense: "maximise",
  itemCount: 2,
  positionCount: 1,
  values: Float64Array.of(1, 2),
  positionWeights: Float64Array.of(1),
  diversityWeight: 0,
  similarity: {
    dimension: 0,
    unitVectors: new Float64Array(0),
    offsets: new Int32Array(3),
    others: new Int32Array(0),
    values: new Float64Array(0),
  },
  counts: [],
  pins: [],
  spacing: undefined,
};

const entry: RaceEntry = {
  problem,
  plan: {
    lanes: [[{ solver: "first", workLimit: 10 }], [{ solver: "second", workLimit: 10 }]],
    exchange: false,
    gapMax: 0.1,
  },
  seed: 1,
  start: undefined,
  budget: { searchUntilMs: 100, abandonAtMs: 110 },
  signal: undefined,
};

const best = { sample: { values: Int32Array.of(1) }, objective: 2 };

/** A pool whose lanes end when told; `begun` names those that were given to it. */
function stage(first: (task: LaneTask) => Promise<LaneOutcome>) {
  const begun: string[] = [];
  const pool: SolverPool = {
    threadCount: 1,
    waiting: () => 0,
    replaced: () => 0,
    ready: async () => {},
    close: async () => {},
    run: (task) => {
      begun.push(solversOf(task.lane)[0]);
      const outcome = task.laneIndex === 0 ? first(task) : ended(task, {});
      return { outcome, abandon: () => {} };
    },
  };
  return { pool, begun };
}

async function ended(task: LaneTask, facts: Partial<Attempt>): Promise<LaneOutcome> {
  const leg = { solver: solversOf(task.lane)[0], workLimit: 1 };
  const attempt = { ...unstartedAttempt(task, leg, 0), end: "finished", ...facts } as const;
  return { end: "done", attempts: [attempt] };
}

test.each([
  { name: "a proof", facts: { status: "optimal", best, bound: 2 } },
  { name: "a refutation", facts: { status: "infeasible", conflict: ["pinned:a@1"] } },
  { name: "a bound near enough", facts: { status: "feasible", best, bound: 2.1 } },
] as const)("$name of the first lane spares the second", async ({ facts }) => {
  const { pool, begun } = stage((task) => ended(task, facts));
  const attempts = await race(entry, pool, handClock());
  expect(begun).toEqual(["first"]);
  expect(attempts.map(({ end, fault }) => [end, fault])).toEqual([
    ["finished", undefined],
    ["unstarted", "another lane had settled it"],
  ]);
});

test("the second lane begins when the first ends without a proof", async () => {
  const { pool, begun } = stage((task) => ended(task, { status: "feasible", best, bound: 3 }));
  const attempts = await race(entry, pool, handClock());
  expect(begun).toEqual(["first", "second"]);
  expect(attempts.map(({ end }) => end)).toEqual(["finished", "finished"]);
});

test.each([
  { searchMs: 100, headStartMs: 4 },
  { searchMs: 8, headStartMs: 2 },
  { searchMs: 0, headStartMs: 0 },
])("of $searchMs ms the first lane is alone for $headStartMs", async (row) => {
  const { searchMs, headStartMs } = row;
  const leading = Promise.withResolvers<LaneOutcome>();
  let task: LaneTask | undefined;
  const { pool, begun } = stage((given) => {
    task = given;
    return leading.promise;
  });
  const clock = handClock();
  const budget = { searchUntilMs: searchMs, abandonAtMs: searchMs + 10 };
  const racing = race({ ...entry, budget }, pool, clock);
  for (const atMs of [headStartMs - 0.01, headStartMs]) {
    expect(begun).toEqual(["first"]);
    await clock.turn(atMs);
  }
  // Without any time to search, nobody joins.
  expect(begun).toEqual(searchMs > 0 ? ["first", "second"] : ["first"]);
  leading.resolve(await ended(present(task, "the first lane's task"), {}));
  expect((await racing).map(({ end }) => end)).toEqual([
    "finished",
    searchMs > 0 ? "finished" : "unstarted",
  ]);
});

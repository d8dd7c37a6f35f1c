/** A lane at a time, and none once it is called off. The pool runs nothing and says what it got. */
import { expect, test } from "vitest";
import type { SolverPool } from "#runtime";
import { replayPool } from "./replay-pool.ts";

type Task = Parameters<SolverPool["run"]>[0];
type Outcome = Awaited<ReturnType<SolverPool["run"]>["outcome"]>;

const orders = { kind: "scripted", scripts: [] } as const;

function task(laneIndex: number): Task {
  const problem: Task["problem"] = {
    kind: "ordered-selection",
    sense: "maximise",
    itemCount: 0,
    positionCount: 0,
    values: new Float64Array(0),
    positionWeights: new Float64Array(0),
    diversityWeight: 0,
    similarity: {
      dimension: 0,
      unitVectors: new Float64Array(0),
      offsets: new Int32Array(1),
      others: new Int32Array(0),
      values: new Float64Array(0),
    },
    counts: [],
    pins: [],
    spacing: undefined,
  };
  return { problem, laneIndex, lane: [], seed: 1, start: undefined, gapMax: 0 };
}

function stage() {
  const running: { readonly lane: number; end(outcome: Outcome): void }[] = [];
  const pool: SolverPool = {
    threadCount: 4,
    waiting: () => 0,
    replaced: () => 0,
    ready: async () => {},
    close: async () => {},
    run: ({ laneIndex }) => {
      const { promise, resolve } = Promise.withResolvers<Outcome>();
      running.push({ lane: laneIndex, end: resolve });
      return { outcome: promise, abandon: () => resolve({ end: "abandoned", attempts: [] }) };
    },
  };
  return { pool, running };
}

const settled = () => new Promise((resolve) => setImmediate(resolve));

test("lanes run in turn", async () => {
  const { pool, running } = stage();
  const replaying = replayPool(pool, new AbortController().signal);
  const outcomes = [0, 1, 2].map((lane) => replaying.run(task(lane), orders).outcome);
  for (const lane of [0, 1, 2]) {
    await settled();
    expect(running.map((run) => run.lane)).toEqual([0, 1, 2].slice(0, lane + 1));
    running[lane].end({ end: "done", attempts: [] });
  }
  expect((await Promise.all(outcomes)).map(({ end }) => end)).toEqual(["done", "done", "done"]);
});

test("called off, what runs is abandoned and the rest not begun", async () => {
  const { pool, running } = stage();
  const calledOff = new AbortController();
  const replaying = replayPool(pool, calledOff.signal);
  const outcomes = [0, 1].map((lane) => replaying.run(task(lane), orders).outcome);
  await settled();
  calledOff.abort();
  expect((await Promise.all(outcomes)).map(({ end }) => end)).toEqual(["abandoned", "cancelled"]);
  expect(running.map(({ lane }) => lane)).toEqual([0]);
});

test("called off before it began, nothing runs", async () => {
  const { pool, running } = stage();
  const outcome = replayPool(pool, AbortSignal.abort()).run(task(0), orders).outcome;
  expect((await outcome).end).toBe("cancelled");
  expect(running).toEqual([]);
});

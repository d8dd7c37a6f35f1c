/**
 * How long others wait for an opening, and for how long it keeps its thread: a clock turned by hand
 * and a pool whose one lane comes back when each case says.
 */
import { expect, test } from "vitest";
import { present, randomStream } from "#foundation";
import type { Solver } from "#problem";
import { solverNamed } from "#solvers";
import { quadraticModel, smallQuadratic } from "../../../test/generators/quadratic-models.ts";
import { handClock } from "../../../test/pipeline/hand-clock.ts";
import { unstartedAttempt } from "../lane.ts";
import type { LaneOutcome, SolverPool } from "../pool.ts";
import { openEarly } from "./opening.ts";

const SEARCH_MS = 1000;
const descent: Solver = present(solverNamed("descent"), "the baseline");
const leg = { solver: "descent", workLimit: 1 };

/** A pool whose lane comes back when told, or when it is abandoned. */
function stage() {
  const outcome = Promise.withResolvers<LaneOutcome>();
  let isAbandoned = false;
  const pool: SolverPool = {
    threadCount: 1,
    waiting: () => 0,
    replaced: () => 0,
    ready: async () => {},
    close: async () => {},
    run: () => {
      const abandon = () => {
        isAbandoned = true;
        outcome.resolve({ end: "abandoned", attempts: [] });
      };
      return { outcome: outcome.promise, abandon };
    },
  };
  const comeBack = () => {
    const attempt = unstartedAttempt({ laneIndex: 0, seed: 1 }, leg, 0);
    outcome.resolve({ end: "done", attempts: [{ ...attempt, end: "stopped" }] });
  };
  return { pool, comeBack, isAbandoned: () => isAbandoned };
}

type Row = readonly [
  remark: string,
  backMs: number,
  isRepeatable: boolean,
  awaitedMs: number,
  abandonedMs: number,
];

const rows: readonly Row[] = [
  ["one that ends by itself is waited for", 30, false, 30, Infinity],
  ["one that stops as it is told", 110, false, 110, Infinity],
  ["one that is late: the rest goes on, and its thread comes back", 400, false, 200, Infinity],
  ["one that hangs loses its thread while there is time for another", Infinity, false, 200, 500],
  ["where work alone decides it is waited for, late or not", 400, true, 400, Infinity],
];

test.each(rows)("%s", async (_remark, backMs, isRepeatable, awaitedMs, abandonedMs) => {
  const problem = quadraticModel(randomStream(1), smallQuadratic);
  const { pool, comeBack, isAbandoned } = stage();
  const clock = handClock();
  const budget = { searchUntilMs: SEARCH_MS, abandonAtMs: SEARCH_MS + 100 };
  const request = { problem, seed: 1, budget, workLimit: 1e9, isRepeatable };
  const opening = present(openEarly(request, [descent], { pool, clock }), "an opening");
  const seen = { awaitedMs: Infinity, abandonedMs: Infinity };
  void opening.awaited.then(() => {
    seen.awaitedMs = clock.monotonicMs();
  });
  for (let atMs = 0; atMs <= SEARCH_MS; atMs += 10) {
    if (atMs >= backMs) comeBack();
    await clock.turn(atMs);
    if (isAbandoned() && seen.abandonedMs === Infinity) seen.abandonedMs = atMs;
  }
  expect(seen).toEqual({ awaitedMs, abandonedMs });
  const [attempt] = present(opening.ended(), "a report").attempts;
  expect(attempt.end).toBe(abandonedMs === Infinity ? "stopped" : "abandoned");
});

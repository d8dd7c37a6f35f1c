/**
 * A lane must be repeatable from what it wrote down, whatever stop requests and exchanges struck
 * it. The solver here is a random walk that depends on everything a solver may depend on: seed,
 * start, tick replies and exchanged samples.
 */
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { randomStream } from "#foundation";
import { type OrderedSelection, type Solver, solverOf, verify } from "#problem";
import { type LaneLink, type LaneTask, runLane } from "./lane.ts";
import type { Attempt } from "./report.ts";
import { scriptedLink } from "./scripted-link.ts";

const walker = solverOf("ordered-selection", {
  name: "walker",
  version: 3,
  guarantee: "heuristic",
  supports: () => ({ kind: "yes" }),
  solve: (problem, { seed, budget, start, exchange, onIncumbent }) => {
    const random = randomStream(seed);
    let values = start?.values.slice() ?? Int32Array.of(0);
    let best: { sample: { values: Int32Array }; objective: number } | undefined;
    let work = 0;
    for (;;) {
      const next = values.slice();
      next[0] = random.below(problem.itemCount);
      const { objective } = verify(problem, { values: next });
      if (best === undefined || objective > best.objective) {
        best = { sample: { values: next }, objective };
        onIncumbent?.(best.sample, objective);
      }
      work += 1 + random.below(3);
      if (budget.tick(1 + random.below(3)) === "stop") break;
      values = exchange?.()?.values.slice() ?? next;
    }
    return { status: "feasible", best, bound: undefined, work };
  },
});

/** The walker, whatever it is called. */
const solverNamed = (name: string) => (name.startsWith("walker") ? walker : undefined);

function chainProblem(itemCount: number): OrderedSelection {
  return {
    kind: "ordered-selection",
    sense: "maximise",
    itemCount,
    positionCount: 1,
    values: Float64Array.from({ length: itemCount }, (_, item) => Math.sin(item)),
    positionWeights: Float64Array.of(1),
    diversityWeight: 0,
    similarity: {
      dimension: 0,
      unitVectors: new Float64Array(0),
      offsets: new Int32Array(itemCount + 1),
      others: new Int32Array(0),
      values: new Float64Array(0),
    },
    counts: [],
    pins: [],
    spacing: undefined,
  };
}

function task(seed: number, legCount = 2): LaneTask {
  const lane = Array.from({ length: legCount }, () => ({ solver: "walker", workLimit: 60 }));
  return { problem: chainProblem(40), laneIndex: 1, lane, seed, start: undefined, gapMax: 0 };
}

/** A leg, a contest of three, and a leg. */
function contestTask(seed: number): LaneTask {
  const leg = { solver: "walker", workLimit: 30, turnMsMax: 20 };
  const contenders = ["walker-a", "walker-b", "walker-c"].map((solver) => ({ ...leg, solver }));
  const lane = [leg, { contenders, places: [0, 1], workLimit: 60 }, leg];
  return { ...task(seed), lane };
}

/** A link that stops and offers at the whim of `seed`, as threads and clocks would. */
function whimsicalLink(seed: number): LaneLink {
  const random = randomStream(seed, "whims");
  return {
    shouldStop: () => random.unit() < 0.03,
    isTurnOver: () => random.unit() < 0.03,
    offered: () =>
      random.unit() < 0.2
        ? { fromLane: 0, sample: { values: Int32Array.of(random.below(40)) } }
        : undefined,
    share: () => {},
    elapsedMs: () => random.unit(),
  };
}

function untimed(attempts: readonly Attempt[]) {
  return attempts.map(({ startedMs: _s, endedMs: _e, ...rest }) => rest);
}

describe("a lane", () => {
  test.each([
    ["of legs", task],
    ["with a contest", contestTask],
  ])("%s runs again to the same attempts from its own record", (_remark, taskOf) => {
    fc.assert(
      fc.property(fc.nat(), fc.nat(), (seed, whims) => {
        const first = runLane(taskOf(seed), whimsicalLink(whims), solverNamed);
        const again = { ...taskOf(seed), legsMax: first.length };
        expect(untimed(runLane(again, scriptedLink(first), solverNamed))).toEqual(untimed(first));
      }),
      { numRuns: 300 },
    );
  });

  test("takes nothing over in heats, and lets the better of them go on", () => {
    const rounds = new Set<string>();
    for (let seed = 0; seed < 50; seed += 1) {
      const link = { ...whimsicalLink(seed), shouldStop: () => false };
      const attempts = runLane(contestTask(seed), link, solverNamed);
      const heats = attempts.slice(1, -3);
      rounds.add(heats.map(({ workLimit }) => workLimit).join(" "));
      expect(heats.flatMap(({ exchanges }) => exchanges)).toEqual([]);
      const [goesOn, second] = attempts.slice(-3).map(({ solver }) => solver);
      const bestOf = (name: string) =>
        Math.max(
          ...heats
            .filter(({ solver }) => solver === name)
            .map(({ improvements }) => improvements.at(-1)?.objective ?? Number.NEGATIVE_INFINITY),
        );
      expect(bestOf(goesOn)).toBeGreaterThanOrEqual(bestOf(second));
      for (const { solver } of heats.slice(3)) {
        expect(bestOf(goesOn)).toBeGreaterThanOrEqual(bestOf(solver));
      }
    }
    // Another round of two only where both have found something, and of all where nobody has.
    expect([...rounds].sort()).toEqual([
      "30 30 30",
      "30 30 30 60 60",
      "30 30 30 60 60 60",
      "30 30 30 60 60 60 120 120",
    ]);
  });

  test("ends a turn at its time, at a tick, and goes on with the next", () => {
    let ticks = 0;
    const link: LaneLink = {
      shouldStop: () => false,
      isTurnOver: (_leg, _tick, untilMs) => ticks >= untilMs,
      offered: () => undefined,
      share: () => {},
      elapsedMs: () => ticks,
    };
    const timed = (leg: LaneLink): LaneLink => {
      return { ...leg, shouldStop: (...at) => ++ticks < 0 || leg.shouldStop(...at) };
    };
    const lane = [
      { solver: "walker", workLimit: 1000, turnMsMax: 5 },
      { solver: "walker", workLimit: 1000, turnMsMax: 0 },
      { solver: "walker", workLimit: 3, turnMsMax: 1000 },
      { solver: "walker", workLimit: 50 },
    ];
    const first = runLane({ ...task(3), lane }, timed(link), solverNamed);
    expect(first.map(({ end }) => end)).toEqual(["expired", "expired", "finished", "finished"]);
    expect(first.slice(0, 2).map((attempt) => attempt.ticks)).toEqual([5, 1]);
    const again = runLane({ ...task(3), lane }, scriptedLink(first), solverNamed);
    expect(untimed(again)).toEqual(untimed(first));
  });

  test("tells others of nothing that is worse than what it told before", () => {
    const told: number[] = [];
    const link = { ...whimsicalLink(3), shouldStop: () => false };
    const share = ({ objective }: { readonly objective: number }) => void told.push(objective);
    runLane(contestTask(3), { ...link, share }, solverNamed);
    expect(told.length).toBeGreaterThan(1);
    expect(told).toEqual(told.toSorted((a, b) => a - b));
  });

  test("repeats no more legs than it is told to", () => {
    const link = { ...whimsicalLink(3), shouldStop: () => false };
    const isLast: boolean[] = [];
    runLane({ ...contestTask(3), legsMax: 4 }, link, solverNamed, (_, last) => isLast.push(last));
    expect(isLast).toEqual([false, false, false, true]);
  });

  test("depends on what was exchanged, so the record has to hold it", () => {
    const first = runLane(task(5), whimsicalLink(1), solverNamed);
    const exchanged = first.filter((attempt) => attempt.exchanges.length > 0);
    expect(exchanged.length).toBeGreaterThan(0);
    const forgetful = first.map((attempt) => ({ ...attempt, exchanges: [] }));
    const again = runLane(task(5), scriptedLink(forgetful), solverNamed);
    expect(untimed(again)).not.toEqual(untimed(first));
  });

  test("ends a leg at its work limit and says it finished", () => {
    const quiet: LaneLink = {
      shouldStop: () => false,
      isTurnOver: () => true,
      offered: () => undefined,
      share: () => {},
      elapsedMs: () => 0,
    };
    const [first, second] = runLane(task(7), quiet, solverNamed);
    expect([first.end, second.end]).toEqual(["finished", "finished"]);
    expect(first.seed).not.toBe(second.seed);
  });

  test("does not begin the legs after a stop", () => {
    const impatient = { ...whimsicalLink(1), shouldStop: () => true };
    const attempts = runLane(task(3), impatient, solverNamed);
    expect(attempts.map(({ end, ticks }) => ({ end, ticks }))).toEqual([
      { end: "stopped", ticks: 1 },
    ]);
  });

  test("turns an unknown or throwing solver into a failed attempt and goes on", () => {
    const broken: Solver = {
      ...walker,
      solve: () => {
        throw new Error("kaput");
      },
    };
    const named = (name: string) => (name === "broken" ? broken : solverNamed(name));
    const lane = ["nobody", "broken", "walker"].map((solver) => ({ solver, workLimit: 9 }));
    const link = { ...whimsicalLink(2), shouldStop: () => false };
    const attempts = runLane({ ...task(1), lane }, link, named);
    expect(attempts.map(({ end, fault }) => [end, fault])).toEqual([
      ["failed", "no solver is called nobody"],
      ["failed", "kaput"],
      ["finished", undefined],
    ]);
  });
});

/** Turns of parts, with races that end as a table says: who begins again, and what is known. */
import { expect, test } from "vitest";
import { systemClock } from "#foundation";
import { ProblemBuilder, solverOf, splitApart } from "#problem";
import { unstartedAttempt } from "../lane.ts";
import type { AttemptEnd, SolveReport } from "../report.ts";
import { paceOf } from "./pace.ts";
import { solveParts } from "./parts.ts";

/** Two parts of two and three variables, which add up to 3; neither is feasible at its bounds. */
function twoSums() {
  const builder = new ProblemBuilder();
  const [a, b, c, d, e] = [..."abcde"].map((name) => builder.integer(name, 0, 3));
  builder.require("first", a.plus(b).equals(3));
  builder.require("second", c.plus(d).plus(e).equals(3));
  const problem = builder.minimise(a.plus(c)).build();
  return { problem, parts: splitApart(problem) };
}

/** How a race ends: the value of the first variable found, the bound, and the attempt's end. */
interface Ending {
  readonly found?: number;
  readonly bound?: number;
  readonly end: AttemptEnd;
}

function reported({ found, bound, end }: Ending, size: number): SolveReport {
  const leg = { solver: "some", workLimit: 1 };
  const attempts = [{ ...unstartedAttempt({ laneIndex: 0, seed: 0 }, leg, 0), end }];
  const base = { ruleObjective: undefined, conflict: [], attempts, bound, gap: undefined };
  if (found === undefined) return { ...base, rung: undefined, status: "unknown", best: undefined };
  const values = Int32Array.from({ length: size }, (_, at) => [found, 3 - found, 0][at]);
  const best = { sample: { values }, objective: found, solver: "some" };
  if (found === bound) return { ...base, rung: "proved", status: "optimal", best };
  return { ...base, rung: end === "stopped" ? "incumbent" : "portfolio", status: "feasible", best };
}

const PROVED: Ending = { found: 0, bound: 0, end: "finished" };
const NOTHING: Ending = { end: "stopped" };

type Case = readonly [
  remark: string,
  endings: readonly Ending[],
  turns: number,
  known: { readonly status: string; readonly rung?: string; readonly [key: string]: unknown },
];

const proved = { status: "optimal", rung: "proved", bound: 0 };
const cut = { status: "feasible", rung: "incumbent" };
const cases: readonly Case[] = [
  ["a proof needs one turn", [PROVED], 1, proved],
  ["who found nothing begins again", [NOTHING, PROVED], 2, proved],
  ["and a third time", [NOTHING, { found: 1, end: "stopped" }, PROVED], 3, proved],
  ["but not a fourth", [NOTHING, NOTHING, NOTHING, PROVED], 3, { status: "unknown" }],
  ["an abandoned race begins again", [{ end: "abandoned" }, PROVED], 2, proved],
  ["a plan that is through does not", [{ end: "finished" }, PROVED], 1, { status: "unknown" }],
  [
    "a plan that is through in its second turn leaves nothing to do",
    [{ found: 1, end: "stopped" }, { found: 2, end: "finished" }, PROVED],
    2,
    { status: "feasible", rung: "portfolio", best: { objective: 1 } },
  ],
  [
    "an answer stays one where later turns find nothing",
    [{ found: 1, bound: -1, end: "stopped" }, NOTHING, NOTHING],
    3,
    { ...cut, best: { objective: 1 }, bound: -1, gap: 2 },
  ],
  [
    "the best answer and the tightest bound are kept",
    [
      { found: 2, bound: -1, end: "stopped" },
      { found: 1, bound: -3, end: "stopped" },
      { found: 3, end: "stopped" },
    ],
    3,
    { ...cut, best: { objective: 1 }, bound: -1, gap: 2 },
  ],
];

const budget = { searchUntilMs: 1e9, abandonAtMs: 2e9 };
const clock = { ...systemClock, monotonicMs: () => 0 };

test.each(cases)("%s", async (_remark, endings, turns, known) => {
  const { problem, parts } = twoSums();
  const script = [...endings];
  let raced = 0;
  const { report, parts: solved } = await solveParts({
    problem,
    parts,
    budget,
    clock,
    pace: paceOf(clock, { budget, signal: undefined }),
    solvePart: async (part) => {
      const size = part.variables.length;
      if (size === 3) return { ...part, report: reported(PROVED, size) };
      raced += 1;
      return { ...part, report: reported(script.shift() ?? NOTHING, size) };
    },
    spare: async () => undefined,
    bounders: [],
  });
  expect(raced).toBe(turns);
  expect(solved.map(({ report: own }) => own?.attempts.length)).toEqual([turns, 1]);
  expect(solved[0].report).toMatchObject(
    known.best === undefined ? { status: known.status } : { ...known, rung: expect.anything() },
  );
  expect(report).toMatchObject(known);
});

test("who leaves while parts are bounded is heard between two parts, and within one", async () => {
  const { problem, parts } = twoSums();
  let nowMs = 0;
  const leaving = new AbortController();
  const running = { ...systemClock, monotonicMs: () => nowMs };
  const told: string[] = [];
  const bounder = solverOf("quadratic", {
    ...{ name: "slow", version: 1, guarantee: "bounded", supports: () => ({ kind: "yes" }) },
    solve: (_part, { budget: work }) => {
      nowMs += 100;
      setTimeout(() => leaving.abort(), 0);
      const reply = work.tick(1);
      told.push(reply);
      const bound = reply === "stop" ? undefined : 0;
      return { status: "unknown", best: undefined, bound, work: 1 };
    },
  });
  const { report } = await solveParts({
    problem,
    parts,
    budget,
    clock: running,
    pace: paceOf(running, { budget, signal: leaving.signal }),
    solvePart: async (part) => ({ ...part, report: reported({ end: "finished" }, 0) }),
    spare: async () => ({ values: Int32Array.of(0, 3, 0, 3, 0) }),
    bounders: [bounder],
  });
  expect(told).toEqual(["continue", "stop"]);
  expect(report).toMatchObject({ status: "feasible", bound: undefined, best: { objective: 0 } });
});

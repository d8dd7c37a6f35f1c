/**
 * Replays of races of bare problems on two threads that hear of each other: contests among them,
 * cut off by their deadline at whatever tick that falls, on threads that stall. Every replay runs
 * on another pool and has to give the same report to the last byte.
 *
 *     npx node test/runtime/replay-races.ts --races 500
 */
import { parseArgs } from "node:util";
import { canonicalJson, randomStream, systemClock } from "#foundation";
import { detectStructure, type QuadraticProblem } from "#problem";
import { openSolverPool, replay, type SolveReport, type SolverPool, solve } from "#runtime";
import { solverCatalogue } from "#solvers";
import { planFor } from "../../src/runtime/bare/portfolio.ts";
import lessons from "../../src/runtime/selector/lessons.json" with { type: "json" };
import type { Lessons } from "../../src/runtime/selector/selector.ts";
import { quadraticModel, smallQuadratic } from "../generators/quadratic-models.ts";

/** What was raced and what replaying it showed. */
export interface RaceTally {
  readonly races: number;
  readonly identical: number;
  /** Cut off by their deadline. */
  readonly stopped: number;
  /** Turns that time ended before their work was done. */
  readonly expired: number;
  /** Samples that one lane took over from the other. */
  readonly exchanges: number;
  /** Races in which somebody had a heat against another. */
  readonly contests: number;
  readonly different: readonly string[];
}

const THREADS = 2;
const SEARCH_MS = 150;
/** Planned for a time in which heats are long enough to be held, and end before the deadline. */
const PLANNED_MS = 600;
/** Every other race is planned for a machine so much faster: time ends its heats. */
const FASTER = 8;
const GRACE_MS = 2000;
const DISTURBANCE = { seed: 7, stallShare: 0.005, stallMsMax: 4, hangShare: 0 };

/** Races and replays `count` problems. */
export async function replayRaces(count: number, seed: number): Promise<RaceTally> {
  const live = openSolverPool(THREADS, { disturbance: DISTURBANCE });
  const other = openSolverPool(THREADS);
  const tally = { races: 0, identical: 0, stopped: 0, expired: 0, exchanges: 0, contests: 0 };
  const different: string[] = [];
  try {
    await Promise.all([live.ready(), other.ready()]);
    for (let race = 0; race < count; race += 1) {
      const { first, again, isContest } = await raceTwice(seed * 1_000_003 + race, live, other);
      tally.races += 1;
      if (first.attempts.some(({ end }) => end === "stopped")) tally.stopped += 1;
      if (isContest) tally.contests += 1;
      for (const { end, exchanges } of first.attempts) {
        tally.exchanges += exchanges.length;
        if (end === "expired") tally.expired += 1;
      }
      if (textOf(first) === textOf(again)) tally.identical += 1;
      else different.push(`race ${race}`);
    }
  } finally {
    await Promise.all([live.close(), other.close()]);
  }
  return { ...tally, different };
}

async function raceTwice(seed: number, live: SolverPool, other: SolverPool) {
  const problem = drawn(seed);
  const structure = detectStructure(problem).kind;
  const solvers = solverCatalogue.filter(({ guarantee }) => guarantee === "heuristic");
  const known = seed % 4 < 2 ? undefined : fasterBy(FASTER);
  const options = { threads: THREADS, workLimit: 1e12, solvers, structure, lessons: known };
  const plan = planFor(problem, { ...options, searchMs: PLANNED_MS });
  const nowMs = systemClock.monotonicMs();
  const budget = {
    searchUntilMs: nowMs + SEARCH_MS,
    abandonAtMs: nowMs + SEARCH_MS + GRACE_MS,
  };
  const entry = { problem, plan, seed, rule: undefined };
  const first = await solve({ ...entry, budget }, { pool: live, clock: systemClock });
  const { report: again } = await replay(entry, first.attempts, other);
  const isContest = plan.lanes.flat().some((turn) => {
    return !("solver" in turn) && turn.contenders.length > 1;
  });
  return { first, again, isContest };
}

/** The lessons as a machine would have learnt them on which everybody is faster. */
function fasterBy(factor: number): Lessons {
  const learnt = lessons.lessons.map(({ members, ...lesson }) => {
    const faster = members.map((one) => ({ ...one, workPerMs: factor * one.workPerMs }));
    return { ...lesson, members: faster };
  });
  return { ...lessons, lessons: learnt };
}

/** With rows in every other one, large enough not to be over before the deadline. */
function drawn(seed: number): QuadraticProblem {
  const stream = randomStream(seed, "replay-races");
  return quadraticModel(stream, {
    ...smallQuadratic,
    variableCount: 60 + stream.below(60),
    vartypes: ["binary"],
    density: 0.2,
    rowCount: seed % 2 === 0 ? 0 : 4,
    softShare: 1,
    labelled: false,
  });
}

/** Everything but the times. */
function textOf(report: SolveReport): string {
  const attempts = report.attempts.map(({ startedMs: _started, endedMs: _ended, ...rest }) => rest);
  const plain: unknown = JSON.parse(JSON.stringify({ ...report, attempts }));
  return canonicalJson(plain);
}

if (import.meta.main) {
  const { values } = parseArgs({
    options: {
      races: { type: "string", default: "500" },
      seed: { type: "string", default: "1" },
    },
  });
  const tally = await replayRaces(Number(values.races), Number(values.seed));
  process.stdout.write(`${JSON.stringify(tally, null, 2)}\n`);
  process.exitCode = tally.identical === tally.races && tally.races > 0 ? 0 : 1;
}

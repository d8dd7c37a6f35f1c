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
import { quadraticModel, smallQuadratic } from "../generators/quadratic-models.ts";

/** What was raced and what replaying it showed. */
export interface RaceTally {
  readonly races: number;
  readonly identical: number;
  /** Cut off by their deadline. */
  readonly stopped: number;
  /** Samples that one lane took over from the other. */
  readonly exchanges: number;
  /** Races in which somebody was halved away or went on. */
  readonly contests: number;
  readonly different: readonly string[];
}

const THREADS = 2;
const SEARCH_MS = 60;
const GRACE_MS = 2000;
const DISTURBANCE = { seed: 7, stallShare: 0.005, stallMsMax: 4, hangShare: 0 };

/** Races and replays `count` problems. */
export async function replayRaces(count: number, seed: number): Promise<RaceTally> {
  const live = openSolverPool(THREADS, { disturbance: DISTURBANCE });
  const other = openSolverPool(THREADS);
  const tally = { races: 0, identical: 0, stopped: 0, exchanges: 0, contests: 0 };
  const different: string[] = [];
  try {
    await Promise.all([live.ready(), other.ready()]);
    for (let race = 0; race < count; race += 1) {
      const { first, again, isContest } = await raceTwice(seed * 1_000_003 + race, live, other);
      tally.races += 1;
      if (first.attempts.some(({ end }) => end === "stopped")) tally.stopped += 1;
      if (isContest) tally.contests += 1;
      for (const { exchanges } of first.attempts) tally.exchanges += exchanges.length;
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
  const options = { threads: THREADS, workLimit: 1e12, solvers, structure };
  const plan = planFor(problem, { ...options, searchMs: SEARCH_MS });
  const nowMs = systemClock.monotonicMs();
  const budget = {
    searchUntilMs: nowMs + SEARCH_MS,
    abandonAtMs: nowMs + SEARCH_MS + GRACE_MS,
  };
  const entry = { problem, plan, seed, rule: undefined };
  const first = await solve({ ...entry, budget }, { pool: live, clock: systemClock });
  const { report: again } = await replay(entry, first.attempts, other);
  const isContest = plan.lanes.flat().some((turn) => !("solver" in turn));
  return { first, again, isContest };
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

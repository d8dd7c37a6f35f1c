/**
 * Search that keeps rows by its moves, and mends those it broke: rounds of simulated annealing with
 * exchanges in groups and ejection chains, under weights that adapt to what breaks, each followed
 * by a repair and a descent that breaks nothing. Best is what is best of the feasible; what is not
 * feasible is never told.
 */
import { type QuadraticProblem, type SolveOptions, type SolveResult, solverOf } from "#problem";
import { unprepared } from "../best-sample.ts";
import { Schedule } from "./schedule.ts";
import { descend, mend, openSearch, type Search, sweepOnce } from "./search.ts";

/** The last temperature, of the first. */
const COLD_SHARE = 0.02;
/** Below this share of the first temperature, weights adapt. */
const ADAPT_BELOW = 0.5;
/** Moves looked at to find the first temperature. */
const LOOKS_MAX = 4000;

/** Runs until its budget ends, or until there is nothing to move. */
export const constraintSearch = solverOf("quadratic", {
  name: "constraint-search",
  version: 2,
  guarantee: "heuristic",
  supports: ({ constraints }) => {
    if (constraints.count > 0) return { kind: "yes" };
    return { kind: "no", reason: "the problem has no constraints" };
  },
  solve,
});

function solve(problem: QuadraticProblem, options: SolveOptions): SolveResult {
  const search = openSearch(problem, options, "constraint-search");
  if (search === undefined) return unprepared(problem, options);
  const { state, run } = search;
  if (state.layout.free.length === 0) return run.result();
  mend(search);
  descend(search);
  const schedule = new Schedule(...typicalChanges(search));
  while (!run.isOver()) {
    const { temperature, sweeps, isWarm } = schedule.next();
    const received = run.takeReceived();
    const from = received ?? (isWarm ? run.best?.sample : undefined);
    state.load(from?.values ?? state.values);
    run.beginRound();
    anneal(search, temperature, sweeps);
    mend(search);
    descend(search);
    schedule.learn(run.roundBest);
  }
  return run.result();
}

/** Cools from `hot` to a share of it within `sweeps` sweeps, or until the run has to end. */
function anneal(search: Search, hot: number, sweeps: number): void {
  for (let sweep = 0; sweep < sweeps; sweep += 1) {
    const fallen = 1 - sweep / sweeps;
    if (sweepOnce(search, hot * (COLD_SHARE + (1 - COLD_SHARE) * fallen))) return;
    if (fallen < ADAPT_BELOW) search.weights.adapt();
  }
}

/**
 * The mean size of what a move that breaks nothing further changes, at a random place: what the
 * first temperature goes by.
 */
function typicalChanges({ state, run, draws, moves }: Search): readonly [number, number] {
  const { free } = state.layout;
  let sum = 0;
  let count = 0;
  let weighted = 0;
  const looks = Math.min(LOOKS_MAX, 4 * free.length);
  for (let look = 0; look < looks; look += 1) {
    const change = moves.open(free[draws.below(free.length)]);
    weighted += Math.abs(change) / looks;
    if (change > state.openObjective + 1e-9 * Math.abs(change)) state.undo();
    else {
      if (state.openObjective !== 0) count += 1;
      sum += Math.abs(state.openObjective);
      if (look < looks / 2) state.keep();
      else state.undo();
    }
    if (run.isOver()) break;
  }
  return [count > 0 ? sum / count : weighted || 1, weighted || 1];
}

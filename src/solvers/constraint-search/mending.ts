/**
 * Mending: a start is repaired until every hard row holds, then improved by moves that keep rows as
 * long as they help. For answers that come from elsewhere, as those of annealers and circuits do:
 * what is near the start and feasible, not what is best.
 */
import { type QuadraticProblem, type SolveOptions, type SolveResult, solverOf } from "#problem";
import { mend, openSearch, sweepOnce } from "./search.ts";

/** Sweeps without anything better after which it ends: moves are drawn, not tried in turn. */
const IDLE_SWEEPS_MAX = 6;

/** Ends by itself near a local optimum. */
export const mending = solverOf("quadratic", {
  name: "mending",
  version: 1,
  guarantee: "heuristic",
  supports: () => ({ kind: "yes" }),
  solve,
});

function solve(problem: QuadraticProblem, options: SolveOptions): SolveResult {
  const search = openSearch(problem, options, "mending");
  const { state, run } = search;
  if (state.layout.free.length === 0) return run.result();
  mend(search);
  run.beginRound();
  let best = Number.POSITIVE_INFINITY;
  for (let idle = 0; idle < IDLE_SWEEPS_MAX && !sweepOnce(search, 0); idle += 1) {
    if (run.roundBest < best - run.margin) idle = 0;
    best = run.roundBest;
  }
  return run.result();
}

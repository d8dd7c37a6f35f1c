/**
 * Mending: a start is repaired until every hard row holds, then improved by moves that keep rows as
 * long as they help. For answers that come from elsewhere, as those of annealers and circuits do:
 * what is near the start and feasible, not what is best.
 */
import { type QuadraticProblem, type SolveOptions, type SolveResult, solverOf } from "#problem";
import { unprepared } from "../best-sample.ts";
import { descend, mend, openSearch } from "./search.ts";

/** Ends by itself near a local optimum. */
export const mending = solverOf("quadratic", {
  name: "mending",
  version: 2,
  guarantee: "heuristic",
  supports: () => ({ kind: "yes" }),
  solve,
});

function solve(problem: QuadraticProblem, options: SolveOptions): SolveResult {
  const search = openSearch(problem, options, "mending");
  if (search === undefined) return unprepared(problem, options);
  const { state, run } = search;
  if (state.layout.free.length === 0) return run.result();
  mend(search);
  descend(search);
  return run.result();
}

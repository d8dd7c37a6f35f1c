/**
 * Greedy construction, then the best improving swap until none is left: the baseline that every
 * other heuristic has to beat. Deterministic; the seed is not used. A start, if given, takes the
 * place of the construction.
 */
import {
  type OrderedSelection,
  type SolveOptions,
  type SolveResult,
  solverOf,
  supportsSelection,
} from "#problem";
import { begin, descendSteepest, openSearch } from "../local-search.ts";

/** The baseline; ends by itself in a local optimum. */
export const greedySwap = solverOf("ordered-selection", {
  name: "greedy-swap",
  version: 1,
  guarantee: "heuristic",
  supports: supportsSelection,
  solve,
});

function solve(problem: OrderedSelection, options: SolveOptions): SolveResult {
  const search = openSearch(problem, options);
  const { state, run } = search;
  begin(search, options.start, descendSteepest);
  return run.result(run.bestLength < 0 ? "unknown" : "feasible", state);
}

/**
 * Tabu search over orders (F. Glover, ORSA Journal on Computing 1(3), 1989): each step takes the
 * best replacement that is not tabu, even if it is worse, at its best slot; items that have just
 * come or gone may not turn back for a while unless that beats everything since the last restart.
 * Once an order keeps every hard rule, the search leaves such orders only to try a longer one.
 */
import { randomStream } from "#foundation";
import {
  type OrderedSelection,
  type SolveOptions,
  type SolveResult,
  solverOf,
  supportsSelection,
} from "#problem";
import { begin, descendInTurn, openSearch } from "../local-search.ts";
import { TabuWalk } from "./walk.ts";

/** Runs until its budget ends, there is nothing to move, or nothing has come of it for long. */
export const tabu = solverOf("ordered-selection", {
  name: "tabu",
  version: 2,
  guarantee: "heuristic",
  supports: supportsSelection,
  solve,
});

function solve(problem: OrderedSelection, options: SolveOptions): SolveResult {
  const search = openSearch(problem, options);
  const { layout, state, run } = search;
  begin(search, options.start, descendInTurn);
  const movable = layout.lengthMax > 0 && (layout.ordered || state.length < layout.itemCount);
  const walk = new TabuWalk(search, randomStream(options.seed, "tabu"));
  while (movable && !run.stopped && !walk.exhausted) walk.step();
  return run.result(run.bestLength < 0 ? "unknown" : "feasible", state);
}

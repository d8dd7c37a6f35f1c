/**
 * Simulated annealing over orders (S. Kirkpatrick, C. D. Gelatt and M. P. Vecchi, Science 220,
 * 1983). A proposal replaces the item at a random position by a random other at its best slot, or
 * exchanges two positions. Each descent cools from a temperature at which most worsening proposals
 * of this problem pass to one at which hardly any does, and each is longer than the one before, so
 * that no work limit has to be known.
 */
import { type RandomStream, randomStream } from "#foundation";
import {
  type OrderedSelection,
  type SelectionLayout,
  type SolveOptions,
  type SolveResult,
  solverOf,
  supportsSelection,
} from "#problem";
import { begin, descendInTurn, fill, openSearch, settle } from "../local-search.ts";
import { Cooling } from "./cooling.ts";

/** Runs until its budget ends, or until there is nothing to move. */
export const annealing = solverOf("ordered-selection", {
  name: "annealing",
  version: 1,
  guarantee: "heuristic",
  supports: supportsSelection,
  solve,
});

function solve(problem: OrderedSelection, options: SolveOptions): SolveResult {
  const search = openSearch(problem, options);
  const { layout, state, run } = search;
  const random = randomStream(options.seed, "annealing");
  if (options.start === undefined) fill(search, someBarred(layout, random), 0);
  begin(search, options.start, descendInTurn);
  const movable = layout.lengthMax > 0 && (layout.ordered || state.length < layout.itemCount);
  const cooling = new Cooling(search, random);
  while (movable && !run.stopped) {
    cooling.descend();
    if (!run.stopped) settle(search, descendInTurn);
  }
  return run.result(run.bestLength < 0 ? "unknown" : "feasible", state);
}

/** Bars every other item, so that solvers side by side do not all begin in the same place. */
function someBarred({ itemCount, leadCount }: SelectionLayout, random: RandomStream): Int32Array {
  return Int32Array.from({ length: itemCount }, (_, rank) =>
    rank < leadCount ? 0 : random.below(2),
  );
}

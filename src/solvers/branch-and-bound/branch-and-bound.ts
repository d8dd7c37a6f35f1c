/**
 * The exact solver. Lengths are tried from the longest that the maxima allow downwards: whether a
 * length is possible is decided exactly (feasibility.ts), and the first that is possible is
 * searched to the end (tree.ts). Where none is, the answer is a minimal conflict. With a budget
 * that ends first, the answer carries a valid bound.
 */
import {
  type OrderedSelection,
  type SolveOptions,
  type SolveResult,
  solverOf,
  supportsSelection,
} from "#problem";
import { boundDownTo } from "../length-bounds.ts";
import { lengthCeiling } from "../length-ceiling.ts";
import { begin, descendInTurn, loadSample, openSearch, type Search } from "../local-search.ts";
import { Relaxation } from "../relaxation.ts";
import { minimalConflict } from "./conflict.ts";
import { feasibleAt } from "./feasibility.ts";
import { type HardRules, hardRules } from "./hard-rules.ts";
import { tightenRoot } from "./root.ts";
import { searchTree } from "./tree.ts";

/** Proves, or ends with its budget. */
export const branchAndBound = solverOf("ordered-selection", {
  name: "branch-and-bound",
  version: 3,
  guarantee: "exact",
  supports: supportsSelection,
  solve,
});

function solve(problem: OrderedSelection, options: SolveOptions): SolveResult {
  const search = openSearch(problem, options);
  const { layout, run, state } = search;
  const rules = hardRules(problem);
  begin(search, options.start, descendInTurn);
  const ceiling = lengthCeiling(layout);
  const rootBound = run.bestLength === ceiling ? undefined : boundOf(search);
  let reached: Reached = "impossible";
  let length = ceiling + 1;
  while (reached === "impossible" && length > 0) {
    length -= 1;
    reached = reach(search, rules, length);
  }
  if (reached === "impossible") return refuted(search, rules);
  if (reached === "undecided" || run.stopped) {
    return run.result(run.bestLength < 0 ? "unknown" : "feasible", state, rootBound);
  }
  const relaxation = new Relaxation(layout, length);
  const known = tightenRoot(search, relaxation);
  const end = searchTree(search, relaxation, known);
  if (end.kind === "proved") return run.result("optimal", state, run.bestObjective);
  return run.result("feasible", state, Math.min(end.bound, rootBound ?? end.bound));
}

type Reached = "possible" | "impossible" | "undecided";

/** Decides whether orders of `length` exist; if so the run's best is one. */
function reach(search: Search, rules: HardRules, length: number): Reached {
  const { layout, run, state } = search;
  if (run.bestLength === length) return "possible";
  const answer = feasibleAt(layout.problem, rules, length, run);
  if (answer.kind === "undecided") return "undecided";
  if (answer.kind === "none") return "impossible";
  loadSample(search, { values: answer.order });
  run.offer(state);
  descendInTurn(search);
  return "possible";
}

/** A first bound, should the budget end before there is a better one. */
function boundOf({ layout, run }: Search): number | undefined {
  if (run.bestLength < 0 || run.stopped) return undefined;
  return boundDownTo(layout, run.bestLength, run.bestObjective, (work) => run.spend(work));
}

function refuted({ layout, run, state }: Search, rules: HardRules): SolveResult {
  const conflict = minimalConflict(layout.problem, rules, run);
  if (conflict === undefined) return run.result("unknown", state);
  return Object.freeze({ ...run.result("infeasible", state), conflict });
}

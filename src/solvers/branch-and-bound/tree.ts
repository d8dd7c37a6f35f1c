/**
 * Branch and bound over the orders of one length. Which items are chosen is branched on, one item
 * at a time; a complete choice is put in its best order (arrange.ts). Nodes are bounded by
 * node-bound.ts.
 */

import type { SimilarityRows } from "#problem";
import type { Search } from "../local-search.ts";
import { MUST, NEVER } from "../rank-one-assignment.ts";
import type { Relaxation } from "../relaxation.ts";
import { TOLERANCE } from "../search-run.ts";
import { Arrangement } from "./arrange.ts";
import { NodeBound } from "./node-bound.ts";

/**
 * How a search of the tree ended: everything seen, or the bound of what is left when the budget
 * ended.
 */
export type TreeEnd =
  | { readonly kind: "proved" }
  | { readonly kind: "stopped"; readonly bound: number };

/**
 * Searches all orders of the relaxation's length for one better than the run's best; offers what it
 * finds. `known` holds the similarities of the candidates and then of the fixed ranks, if at hand.
 */
export function searchTree(
  search: Search,
  relaxation: Relaxation,
  known: SimilarityRows | undefined,
): TreeEnd {
  const { state, run, layout } = search;
  const margin = TOLERANCE * layout.hardPrice;
  if (relaxation.bound <= floorOf(search, relaxation.length) + margin) return { kind: "proved" };
  const node = new NodeBound(search, relaxation, known);
  const arrangement = new Arrangement(state, run);
  // The decisions that lead to the current node, and for each the bound of the node it was made at.
  const decided = new Int32Array(relaxation.candidates.length);
  const decidedBound = new Float64Array(relaxation.candidates.length);
  let depth = 0;
  let pending = relaxation.bound;
  while (!run.stopped) {
    const floor = floorOf(search, relaxation.length) + margin;
    const bound = Math.min(pending, node.evaluate(floor));
    if (run.stopped) break;
    if (bound > floor && node.branch >= 0) {
      decided[depth] = node.branch;
      decidedBound[depth] = bound;
      depth += 1;
      node.include(node.branch);
      pending = bound;
      continue;
    }
    if (bound > floor && node.complete) settleChoice(search, node, arrangement, floor);
    if (run.stopped) break;
    while (depth > 0 && node.status[decided[depth - 1]] === NEVER) {
      depth -= 1;
      node.readmit(decided[depth]);
    }
    if (depth === 0) return { kind: "proved" };
    node.exclude(decided[depth - 1]);
    pending = decidedBound[depth - 1];
  }
  // What is left: the current node, and the other side of every decision that was to include.
  let bound = Math.max(pending, floorOf(search, relaxation.length));
  for (let at = 0; at < depth; at += 1) {
    if (node.status[decided[at]] === MUST) bound = Math.max(bound, decidedBound[at]);
  }
  return { kind: "stopped", bound };
}

/** The objective to beat at this length. */
function floorOf({ run }: Search, length: number): number {
  return run.bestLength === length ? run.bestObjective : Number.NEGATIVE_INFINITY;
}

function settleChoice(search: Search, node: NodeBound, arrangement: Arrangement, floor: number) {
  const { state, run } = search;
  const choice = node.choice();
  const needed = floor + node.setCost;
  if (arrangement.improve(choice, needed) <= needed) return;
  state.load(arrangement.order, choice.length);
  run.offer(state);
}

/**
 * The bound alone: no order at least as long as the start has a better objective than this. Cheap
 * enough to run beside every search, so that every answer carries a gap. Returns the start as its
 * best when that is feasible.
 */
import {
  layOut,
  type OrderedSelection,
  type SolveOptions,
  type SolveResult,
  solverOf,
  supportsSelection,
  verify,
} from "#problem";
import { boundDownTo } from "../length-bounds.ts";

/** Ends by itself. */
export const bound = solverOf("ordered-selection", {
  name: "bound",
  version: 2,
  guarantee: "bounded",
  supports: supportsSelection,
  solve,
});

function solve(problem: OrderedSelection, { start, budget }: SolveOptions): SolveResult {
  const verdict = start === undefined ? undefined : verify(problem, start);
  const best =
    start !== undefined && verdict?.feasible === true
      ? Object.freeze({ sample: start, objective: verdict.objective })
      : undefined;
  let work = 0;
  const value = boundDownTo(
    layOut(problem),
    best?.sample.values.length ?? 0,
    best?.objective ?? Number.NEGATIVE_INFINITY,
    (spent) => {
      work += spent;
      return budget.tick(spent) === "stop";
    },
  );
  const status = best === undefined ? "unknown" : "feasible";
  return Object.freeze({ status, best, bound: value, work });
}

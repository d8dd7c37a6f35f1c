/**
 * The bound alone: no order at least as long as the start has a better objective than this. Cheap
 * enough to run beside every search, so that every answer carries a gap. Returns the start as its
 * best when that is feasible.
 */
import {
  layOut,
  type Problem,
  type SolveOptions,
  type SolveResult,
  type Solver,
  supportsSelection,
  verify,
} from "#problem";
import { boundDownTo } from "../length-bounds.ts";

/** Ends by itself. */
export const bound: Solver = Object.freeze({
  name: "bound",
  version: 1,
  guarantee: "bounded" as const,
  supports: supportsSelection,
  solve,
});

function solve(problem: Problem, { start, budget }: SolveOptions): SolveResult {
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

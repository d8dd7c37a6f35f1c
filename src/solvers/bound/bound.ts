/**
 * The bound alone: no order at least as long as the start has a better objective than this. Cheap enough to run beside
 * every search, so that every answer carries a gap. Returns the start as its best when that is feasible.
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
import { lengthCeiling } from "../length-ceiling.ts";
import { Relaxation } from "../relaxation.ts";

/** Steps of the multipliers for the longest length; the others take fewer. */
const STEPS = 24;
const STEPS_SHORTER = 6;
/** How many cells of the assignment's table count as one move looked at. */
const CELLS_PER_WORK = 6;

/** Ends by itself. */
export const bound: Solver = Object.freeze({
  name: "bound",
  version: 1,
  guarantee: "bounded" as const,
  supports: supportsSelection,
  solve,
});

function solve(problem: Problem, { start, budget }: SolveOptions): SolveResult {
  const layout = layOut(problem);
  const verdict = start === undefined ? undefined : verify(problem, start);
  const best =
    start !== undefined && verdict?.feasible === true
      ? Object.freeze({ sample: start, objective: verdict.objective })
      : undefined;
  const status = best === undefined ? "unknown" : "feasible";
  const lengthMin = best?.sample.values.length ?? 0;
  let highest = best?.objective ?? Number.NEGATIVE_INFINITY;
  let work = 0;
  for (let length = lengthCeiling(layout); length >= lengthMin; length -= 1) {
    const steps = length === layout.lengthMax ? STEPS : STEPS_SHORTER;
    const relaxation = new Relaxation(layout, length);
    highest = Math.max(highest, relaxation.tighten(highest, steps));
    const spent = Math.ceil((steps * layout.itemCount * (length + 1)) / CELLS_PER_WORK) + 1;
    work += spent;
    if (budget.tick(spent) === "stop" && length > lengthMin) {
      return Object.freeze({ status, best, bound: undefined, work });
    }
  }
  const found = highest > Number.NEGATIVE_INFINITY ? highest : undefined;
  return Object.freeze({ status, best, bound: found, work });
}

/**
 * A bound over several lengths at once: what no order at least so long can exceed.
 */
import type { SelectionLayout } from "#problem";
import { lengthCeiling } from "./length-ceiling.ts";
import { Relaxation } from "./relaxation.ts";
import type { Spend } from "./similarity-shares.ts";

/** Steps of the multipliers for the longest length; the others take fewer. */
const STEPS = 24;
const STEPS_SHORTER = 6;

/**
 * The least bound found for orders of at least `lengthMin` items that beat or equal `objective`,
 * the objective of a known order of that length (-Infinity for none). `spend` is told of work and
 * says whether to stop; stopped early, or with no order at all, the result is `undefined`.
 */
export function boundDownTo(
  layout: SelectionLayout,
  lengthMin: number,
  objective: number,
  spend: Spend,
): number | undefined {
  let highest = objective;
  let stopped = false;
  const note = (work: number) => {
    stopped = spend(work);
    return stopped;
  };
  for (let length = lengthCeiling(layout); length >= lengthMin; length -= 1) {
    if (stopped) return undefined;
    const steps = length === layout.lengthMax ? STEPS : STEPS_SHORTER;
    highest = Math.max(highest, new Relaxation(layout, length).tighten(highest, steps, note));
  }
  return highest > Number.NEGATIVE_INFINITY ? highest : undefined;
}

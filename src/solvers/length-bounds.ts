/**
 * A bound over several lengths at once: what no order at least so long can exceed.
 */
import type { SelectionLayout } from "#problem";
import { lengthCeiling } from "./length-ceiling.ts";
import { Relaxation } from "./relaxation.ts";

/** Steps of the multipliers for the longest length; the others take fewer. */
const STEPS = 24;
const STEPS_SHORTER = 6;
/** How many cells of the assignment's table count as one move looked at. */
const CELLS_PER_WORK = 6;

/**
 * The least bound found for orders of at least `lengthMin` items that beat or equal `objective`, the objective of a known
 * order of that length (-Infinity for none). `spend` is told of work and says whether to stop; stopped early, or with no
 * order at all, the result is `undefined`.
 */
export function boundDownTo(
  layout: SelectionLayout,
  lengthMin: number,
  objective: number,
  spend: (work: number) => boolean,
): number | undefined {
  let highest = objective;
  for (let length = lengthCeiling(layout); length >= lengthMin; length -= 1) {
    const steps = length === layout.lengthMax ? STEPS : STEPS_SHORTER;
    highest = Math.max(highest, new Relaxation(layout, length).tighten(highest, steps));
    const cells = steps * layout.itemCount * (length + 1);
    if (spend(Math.ceil(cells / CELLS_PER_WORK)) && length > lengthMin) return undefined;
  }
  return highest > Number.NEGATIVE_INFINITY ? highest : undefined;
}

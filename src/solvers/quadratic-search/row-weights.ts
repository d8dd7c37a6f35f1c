/**
 * What a broken hard row weighs while searching: at first about what breaking it can gain, then
 * whatever makes the search break it now and then. Weights that forbid leave a search no way
 * through; weights that do not hurt leave it outside (strategic oscillation, F. Glover, 1977).
 */
import { COMPARISON } from "#problem";
import { firstRowWeights } from "../quadratic-layout.ts";
import type { QuadraticState } from "./state.ts";

const GROWTH = 1.06;
const DECAY = 0.995;
const FLOOR_SHARE = 0.25;

/** Sets the weights of hard rows, in proportion to what their variables pull; answers them. */
export function firstWeights(state: QuadraticState): Float64Array {
  state.weights.set(firstRowWeights(state.layout));
  return state.weights.slice();
}

/**
 * Rows that are broken gain weight, the others lose a little, down to a share of their first.
 * Equations lose none: moves keep them, and one that is broken for good helps no other.
 */
export function adaptWeights(state: QuadraticState, first: Float64Array): void {
  const { weights } = state;
  const rows = state.layout.problem.constraints;
  for (let row = 0; row < weights.length; row += 1) {
    if (!state.isHard(row)) continue;
    if (!state.holds(row)) weights[row] *= GROWTH;
    else if (rows.comparisons[row] === COMPARISON.equal) continue;
    else weights[row] = Math.max(weights[row] * DECAY, first[row] * FLOOR_SHARE);
  }
}

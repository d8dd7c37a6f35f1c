/**
 * What a broken hard row weighs while searching: at first about what breaking it can gain, then
 * whatever makes the search break it now and then. Weights that forbid leave a search no way
 * through; weights that do not hurt leave it outside (strategic oscillation, F. Glover, 1977).
 */
import { COMPARISON } from "#problem";
import type { QuadraticState } from "./state.ts";

const GROWTH = 1.06;
const DECAY = 0.995;
const FLOOR_SHARE = 0.25;
const EQUATION_FACTOR = 4;

/** An integer variable counts with at most this many steps of its range. */
const REACH_MAX = 16;

/** Sets the weights of hard rows, in proportion to what their variables pull; answers them. */
export function firstWeights(state: QuadraticState): Float64Array {
  const { problem } = state.layout;
  const rows = problem.constraints;
  const pulls = pullsOf(state);
  const pullMean = pulls.reduce((sum, pull) => sum + pull, 0) / Math.max(1, pulls.length);
  for (let row = 0; row < rows.count; row += 1) {
    if (!state.isHard(row)) continue;
    let pull = 0;
    let bias = 0;
    for (let entry = rows.starts[row]; entry < rows.starts[row + 1]; entry += 1) {
      pull += pulls[rows.columns[entry]];
      bias += Math.abs(rows.biases[entry]);
    }
    for (let entry = rows.pairStarts[row]; entry < rows.pairStarts[row + 1]; entry += 1) {
      pull += pulls[rows.pairFirsts[entry]];
      bias += Math.abs(rows.pairBiases[entry]);
    }
    const weight = bias === 0 ? 0 : Math.max(pull, pullMean * 1e-3) / bias;
    const isKept = rows.comparisons[row] === COMPARISON.equal;
    state.weights[row] = (weight > 0 ? weight : 1) * (isKept ? EQUATION_FACTOR : 1);
  }
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

/** How much a unit of each variable typically changes the objective. */
function pullsOf({ layout }: QuadraticState): Float64Array {
  return layout.linear.map((linear, variable) => {
    let squares = 0;
    for (let entry = layout.starts[variable]; entry < layout.starts[variable + 1]; entry += 1) {
      const other = layout.neighbours[entry];
      const reach = Math.max(Math.abs(layout.lower[other]), Math.abs(layout.upper[other]));
      const pull = layout.biases[entry] * Math.min(reach, REACH_MAX);
      squares += pull * pull;
    }
    return Math.abs(linear) + Math.abs(layout.squares[variable]) + Math.sqrt(squares);
  });
}

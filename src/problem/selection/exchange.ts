/**
 * Exchanging two positions: what it would change, from the neighbourhood of the two alone.
 */
import type { SelectionState } from "./state.ts";

/**
 * The change of merit when the items at two different positions change places; O(pins there), no
 * allocation.
 */
export function exchangeGain(state: SelectionState, first: number, second: number): number {
  const { layout, order } = state;
  const { values, problem, spacing, hardPrice } = layout;
  const a = order[first];
  const b = order[second];
  const weights = problem.positionWeights;
  const gain =
    (weights[first] - weights[second]) * (values[b] - values[a]) +
    pinPrice(state, first, b) +
    pinPrice(state, second, a) -
    pinPrice(state, first, a) -
    pinPrice(state, second, b);
  if (spacing === undefined) return gain;
  const price = spacing.hard ? hardPrice : spacing.penalty;
  const before = clashesBeside(state, first, a, second) + clashesBeside(state, second, b, first);
  const after = clashesBeside(state, first, b, second) + clashesBeside(state, second, a, first);
  return gain - price * (after - before);
}

/** Clashes of `rank` at `position` with its neighbours, except with what stands at `elsewhere`. */
function clashesBeside(
  state: SelectionState,
  position: number,
  rank: number,
  elsewhere: number,
): number {
  let clashes = 0;
  for (let beside = position - 1; beside <= position + 1; beside += 2) {
    if (beside < 0 || beside >= state.length || beside === elsewhere) continue;
    if (state.clash(rank, state.order[beside])) clashes += 1;
  }
  return clashes;
}

function pinPrice(state: SelectionState, position: number, rank: number): number {
  const { pins, hardPrice } = state.layout;
  let price = 0;
  for (let pin = pins.offsets[position]; pin < pins.offsets[position + 1]; pin += 1) {
    if (pins.ranks[pin] === rank) price += pins.penalty[pin] + hardPrice * pins.hard[pin];
  }
  return price;
}

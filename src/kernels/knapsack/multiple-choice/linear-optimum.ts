/**
 * The linear relaxation of the multiple-choice knapsack: one price of capacity at which the options
 * that pay best just about fill it. Found by bisection over the slopes between options (compare
 * M. Dyer, Mathematical Programming 29 (1984), and E. Zemel, Operations Research Letters 3 (1984)).
 */
import type { MultipleChoiceKnapsack } from "./instance.ts";

/** What the relaxation says. */
export interface LinearOptimum {
  /** Profit per unit of capacity. */
  readonly price: number;
  /** The best option of each class at that price, the lightest among equals. */
  readonly choice: Int32Array;
  /** No choice is worth more. */
  readonly bound: number;
}

/** Solves the relaxation; `undefined` if even the lightest options do not fit. */
export function linearOptimum(problem: MultipleChoiceKnapsack): LinearOptimum | undefined {
  const { offsets, capacity } = problem;
  const classes = Math.max(0, offsets.length - 1);
  const slopes = slopesOf(problem);
  const choice = new Int32Array(classes);
  if (lightestWeight(problem) > capacity) return undefined;
  // The least slope at which the lightest best options fit; prices in between change nothing.
  let low = 0;
  let high = slopes.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if (chooseAt(problem, slopes[middle], choice) <= capacity) high = middle;
    else low = middle + 1;
  }
  const price = low < slopes.length ? slopes[low] : (slopes.at(-1) ?? 0) * 2 + 1;
  const weight = chooseAt(problem, price, choice);
  let bound = price * (capacity - weight);
  for (const option of choice) bound += problem.profits[option];
  return { price, choice, bound };
}

/** Slopes of 0 and above between neighbours on the upper hull of each class, ascending. */
function slopesOf({ offsets, profits, weights }: MultipleChoiceKnapsack): Float64Array {
  const slopes = [0];
  for (let at = 0; at + 1 < offsets.length; at += 1) {
    const options = Int32Array.from(
      { length: offsets[at + 1] - offsets[at] },
      (_, index) => offsets[at] + index,
    );
    options.sort((one, other) => weights[one] - weights[other] || profits[other] - profits[one]);
    const hull: number[] = [];
    for (const option of options) {
      const last = hull.at(-1);
      if (last !== undefined && profits[option] <= profits[last]) continue;
      while (
        hull.length > 1 &&
        slope(hull[hull.length - 2], hull[hull.length - 1]) <= slope(hull[hull.length - 1], option)
      )
        hull.pop();
      hull.push(option);
    }
    for (let step = 1; step < hull.length; step += 1)
      slopes.push(slope(hull[step - 1], hull[step]));
  }
  return Float64Array.from(slopes).sort();

  function slope(one: number, other: number): number {
    return (profits[other] - profits[one]) / (weights[other] - weights[one]);
  }
}

function lightestWeight({ offsets, weights }: MultipleChoiceKnapsack): number {
  let total = 0;
  for (let at = 0; at + 1 < offsets.length; at += 1) {
    let lightest = Number.POSITIVE_INFINITY;
    for (let option = offsets[at]; option < offsets[at + 1]; option += 1) {
      lightest = Math.min(lightest, weights[option]);
    }
    total += lightest;
  }
  return total;
}

/** Fills `choice` with the best options at `price`; returns their weight. */
function chooseAt(
  { offsets, profits, weights }: MultipleChoiceKnapsack,
  price: number,
  choice: Int32Array,
): number {
  let total = 0;
  for (let at = 0; at < choice.length; at += 1) {
    let best = offsets[at];
    let valueMax = Number.NEGATIVE_INFINITY;
    for (let option = offsets[at]; option < offsets[at + 1]; option += 1) {
      const value = profits[option] - price * weights[option];
      if (value < valueMax || (value === valueMax && weights[option] >= weights[best])) continue;
      valueMax = value;
      best = option;
    }
    choice[at] = best;
    total += weights[best];
  }
  return total;
}

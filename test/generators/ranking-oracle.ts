/**
 * The best answer to a small ranking by trying every order: the oracle of tests, far too slow for
 * anything else.
 */
import { assert } from "#foundation";
import { beats, type Problem, type Sample, verify } from "#problem";

/** A best feasible order and its objective; `undefined` when no order keeps the hard rules. */
export function bestOrder(
  problem: Problem,
): { readonly sample: Sample; readonly objective: number } | undefined {
  assert(problem.kind === "ordered-selection", "a ranking poses an ordered selection");
  const { itemCount, positionCount } = problem;
  let best: { sample: Sample; objective: number; length: number } | undefined;
  const order: number[] = [];
  const visit = (): void => {
    const sample = { values: Int32Array.from(order) };
    const { feasible, objective } = verify(problem, sample);
    const found = { sample, objective, length: order.length };
    if (feasible && (best === undefined || beats(problem.sense, found, best))) best = found;
    if (order.length === positionCount) return;
    for (let item = 0; item < itemCount; item += 1) {
      if (order.includes(item)) continue;
      order.push(item);
      visit();
      order.pop();
    }
  };
  visit();
  return best;
}

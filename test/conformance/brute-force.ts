/**
 * The oracle of small ordered selections: every order of every length, judged by verify.
 */
import { beats, type OrderedSelection, verify } from "#problem";

/** The best feasible order's length and objective; `undefined` if no order is feasible. */
export function bruteForce(problem: OrderedSelection): Optimum | undefined {
  let best: Optimum | undefined;
  const order: number[] = [];
  const visit = () => {
    const verdict = verify(problem, { values: Int32Array.from(order) });
    const here = { length: order.length, objective: verdict.objective };
    if (verdict.feasible && (best === undefined || beats(problem.sense, here, best))) best = here;
    if (order.length === problem.positionCount) return;
    for (let item = 0; item < problem.itemCount; item += 1) {
      if (order.includes(item)) continue;
      order.push(item);
      visit();
      order.pop();
    }
  };
  visit();
  return best;
}

/** The best there is. */
export interface Optimum {
  readonly length: number;
  readonly objective: number;
}

/**
 * Answers about problems, remembered: a problem is frozen, so what it is never changes, and whether
 * it is supported, detected or solved, the same question is asked. They go with the problem.
 */
import type { QuadraticProblem } from "../model/quadratic-problem.ts";

/** The same function, computed once per problem. */
export function remembered<Answer>(
  find: (problem: QuadraticProblem) => Answer,
): (problem: QuadraticProblem) => Answer {
  const known = new WeakMap<QuadraticProblem, { readonly answer: Answer }>();
  return (problem) => {
    const before = known.get(problem);
    if (before !== undefined) return before.answer;
    const answer = find(problem);
    known.set(problem, { answer });
    return answer;
  };
}

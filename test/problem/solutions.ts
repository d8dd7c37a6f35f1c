/**
 * Solutions to try on a file, in its own order: for choices one index each, without repetition
 * where there are as many options as choices; otherwise any values the variables may take.
 */
import { type RandomStream, shuffle } from "#foundation";
import { type FileProblem, VARTYPE } from "#problem";

/** How far from 0 an unbounded variable is tried. */
const REACH = 8;

/** Draws one solution. */
export function drawSolution({ problem, layout }: FileProblem, stream: RandomStream): number[] {
  const { variableCount, vartypes, lowerBounds, upperBounds } = problem;
  if (layout.kind === "choices") {
    const { width } = layout;
    const count = variableCount / width;
    if (count !== width) return Array.from({ length: count }, () => stream.below(width));
    const order = Array.from({ length: width }, (_, index) => index);
    shuffle(order, stream);
    return order;
  }
  // The share of ones varies, so that capacities and cardinalities hold now and then.
  const share = stream.unit();
  return Array.from(vartypes, (vartype, index) => {
    if (vartype === VARTYPE.binary) return stream.unit() < share ? 1 : 0;
    if (vartype === VARTYPE.spin) return 2 * stream.below(2) - 1;
    const lower = Math.max(lowerBounds[index], Math.min(-REACH, upperBounds[index]));
    const upper = Math.min(upperBounds[index], lower + 2 * REACH);
    return lower + stream.below(upper - lower + 1);
  });
}

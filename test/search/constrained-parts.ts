/**
 * What the families of constrained problems are put together from.
 */
import type { RandomStream } from "#foundation";
import { COMPARISON, type ProblemAssembly } from "#problem";

/** A whole number from `least` to `most`. */
export function drawn(stream: RandomStream, least: number, most: number): number {
  return least + stream.below(most - least + 1);
}

/** Visits each pair of `count` things with this chance. */
export function drawnPairs(
  stream: RandomStream,
  count: number,
  chance: number,
  visit: (a: number, b: number) => void,
): void {
  for (let a = 0; a < count; a += 1) {
    for (let b = a + 1; b < count; b += 1) if (stream.unit() < chance) visit(a, b);
  }
}

/** A binary per item and choice, of which each item has one; answers where they are. */
export function addGroups(
  assembly: ProblemAssembly,
  items: number,
  choices: number,
): (item: number, choice: number) => number {
  const first = assembly.variableCount;
  assembly.addVariables(items * choices);
  const variableOf = (item: number, choice: number) => first + item * choices + choice;
  for (let item = 0; item < items; item += 1) {
    const row = assembly.addRow({ comparison: COMPARISON.equal, rightSide: 1 });
    for (let choice = 0; choice < choices; choice += 1) {
      assembly.addRowLinear(row, variableOf(item, choice), 1);
    }
  }
  return variableOf;
}

/** Capacities with random weights that what is `chosen` fills but for a share. */
export function addLoads(
  assembly: ProblemAssembly,
  stream: RandomStream,
  { count, slack }: { readonly count: number; readonly slack: number },
  chosen: readonly boolean[],
): void {
  for (let load = 0; load < count; load += 1) {
    const weights = chosen.map(() => drawn(stream, 10, 100));
    const used = weights.reduce((sum, weight, item) => sum + (chosen[item] ? weight : 0), 0);
    const rightSide = Math.floor(used * (1 + slack));
    const row = assembly.addRow({ comparison: COMPARISON.atMost, rightSide });
    for (const [item, weight] of weights.entries()) assembly.addRowLinear(row, item, weight);
  }
}

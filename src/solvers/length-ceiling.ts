/**
 * How long an order can be at most, from hard maxima alone: the items that no maximum covers, and
 * of the others no more than the maxima allow. Covering is chosen greedily, so the result is exact
 * for maxima that do not overlap and never too small.
 */
import type { SelectionLayout } from "#problem";

/** A length that no order keeping the hard maxima exceeds. */
export function lengthCeiling(layout: SelectionLayout): number {
  const { counts, problem, lengthMax, itemCount } = layout;
  const uncovered = new Uint8Array(itemCount).fill(1);
  const caps = problem.counts.filter(
    (rule, index) =>
      counts.atLeast[index] === 0 && counts.hard[index] === 1 && rule.count < rule.members.length,
  );
  // Those that bind most first: overlapping members count for one maximum only.
  caps.sort((a, b) => b.members.length - b.count - (a.members.length - a.count));
  let ceiling = itemCount;
  for (const { members, count } of caps) {
    let covered = 0;
    for (const item of members) covered += uncovered[item];
    if (covered <= count) continue;
    ceiling -= covered - Math.max(0, count);
    for (const item of members) uncovered[item] = 0;
  }
  return Math.min(lengthMax, ceiling);
}

/**
 * Nearest shares (P. C. Gilmore, SIAM Journal 10(2), 1962): if m items are chosen among the
 * candidates, each has m - 1 partners, whose similarities sum to at least its m - 1 smallest. Half
 * of that is its share of all pairs.
 */
import type { SimilarityRows } from "#problem";
import type { Search } from "../local-search.ts";
import type { Relaxation } from "../relaxation.ts";

/**
 * Entry candidate * (free positions + 1) + m: half the sum of the candidate's m - 1 smallest
 * similarities to other candidates. Zeros, which bound as well, where the budget ends first.
 */
export function nearestShares(
  { layout, run }: Search,
  { candidates, freeWeights }: Relaxation,
  rows: SimilarityRows,
): Float64Array {
  const stride = freeWeights.length + 1;
  const shares = new Float64Array(candidates.length * stride);
  const partners = freeWeights.length - 1;
  if (!layout.similar || partners < 1) return shares;
  const smallest = new Float64Array(partners);
  for (let index = 0; index < candidates.length; index += 1) {
    const row = rows.hold(candidates[index], candidates.length);
    let kept = 0;
    for (let other = 0; other < candidates.length; other += 1) {
      if (other === index) continue;
      const value = row[other];
      if (kept === partners && value >= smallest[kept - 1]) continue;
      let at = kept < partners ? kept : partners - 1;
      for (; at > 0 && smallest[at - 1] > value; at -= 1) smallest[at] = smallest[at - 1];
      smallest[at] = value;
      if (kept < partners) kept += 1;
    }
    rows.release(candidates[index]);
    let sum = 0;
    for (let at = 0; at < kept; at += 1) {
      sum += smallest[at] / 2;
      shares[index * stride + at + 2] = sum;
    }
    if (run.spend(rows.takeWork() + candidates.length)) break;
  }
  return shares;
}

/**
 * Several questions asked of one experiment: p-values made honest for having looked more than once.
 */

/** How p-values are adjusted. */
export type Adjustment = "holm" | "benjamini-hochberg" | "benjamini-yekutieli";

/**
 * The adjusted p-values, in the order given. Holm bounds the chance of any false claim, the other
 * two the expected share of false claims; Benjamini and Yekutieli under any dependence.
 *
 * Sources: S. Holm, Scandinavian J. Statistics 6 (1979); Y. Benjamini and Y. Hochberg, J. Royal
 * Statistical Society B 57 (1995); Y. Benjamini and D. Yekutieli, Annals of Statistics 29 (2001).
 */
export function adjustP(pValues: readonly number[], adjustment: Adjustment): readonly number[] {
  const count = pValues.length;
  const order = pValues.map((_, index) => index).sort((a, b) => pValues[a] - pValues[b]);
  const adjusted = new Array<number>(count).fill(1);
  if (adjustment === "holm") {
    let floor = 0;
    for (const [rank, index] of order.entries()) {
      floor = Math.max(floor, Math.min(1, (count - rank) * pValues[index]));
      adjusted[index] = floor;
    }
    return adjusted;
  }
  const dependence = adjustment === "benjamini-yekutieli" ? harmonic(count) : 1;
  let ceiling = 1;
  for (const [rank, index] of [...order.entries()].reverse()) {
    ceiling = Math.min(ceiling, (pValues[index] * count * dependence) / (rank + 1));
    adjusted[index] = ceiling;
  }
  return adjusted;
}

function harmonic(count: number): number {
  let sum = 0;
  for (let term = 1; term <= count; term += 1) sum += 1 / term;
  return sum;
}

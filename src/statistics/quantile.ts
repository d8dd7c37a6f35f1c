/**
 * Sample quantiles: the value below which a given share of a sample lies.
 */
import { assert } from "#foundation";

/**
 * The `share` quantile of ascending numbers, interpolated linearly between neighbours.
 *
 * Source: R. J. Hyndman and Y. Fan, "Sample quantiles in statistical packages" (1996), definition
 * 7.
 */
export function quantile(ascending: ArrayLike<number>, share: number): number {
  assert(ascending.length > 0 && share >= 0 && share <= 1, "numbers, and a share in [0, 1]");
  const at = (ascending.length - 1) * share;
  const below = Math.floor(at);
  const above = Math.min(below + 1, ascending.length - 1);
  return ascending[below] + (at - below) * (ascending[above] - ascending[below]);
}

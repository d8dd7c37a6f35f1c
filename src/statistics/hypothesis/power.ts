/**
 * How many observations a question needs.
 */
import { assert } from "#foundation";
import { normalQuantile } from "../normal.ts";

/**
 * Observations per arm by which a true change of a proportion from `before` to `after` is found
 * with chance `power`, by a two-sided test at `alpha`; unpooled normal approximation, a real number
 * to be rounded up.
 *
 * Source: J. L. Fleiss, "Statistical methods for rates and proportions" (1981), section 3.3.
 */
export function observationsPerArm({
  before,
  after,
  alpha,
  power,
}: Readonly<Record<"before" | "after" | "alpha" | "power", number>>): number {
  const gap = after - before;
  assert(gap !== 0 && Math.min(before, after) >= 0 && Math.max(before, after) <= 1, "a change");
  const reach = normalQuantile(1 - alpha / 2) + normalQuantile(power);
  return (reach ** 2 * (before * (1 - before) + after * (1 - after))) / gap ** 2;
}

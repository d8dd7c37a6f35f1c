/**
 * Proportions of independent trials.
 */
import { assert } from "#foundation";
import type { Estimate } from "./estimate.ts";
import { normalQuantile } from "./normal.ts";

/**
 * The score interval of a proportion; honest near 0 and 1, where the textbook interval collapses.
 *
 * Source: E. B. Wilson (1927); checked against R. G. Newcombe, Statistics in Medicine 17 (1998),
 * table I, method 3.
 */
export function wilsonInterval(successes: number, trials: number, level: number): Estimate {
  assert(trials > 0 && successes >= 0 && successes <= trials, "successes among at least one trial");
  const z = normalQuantile(0.5 + level / 2);
  const share = successes / trials;
  const scale = 1 + (z * z) / trials;
  const centre = (share + (z * z) / (2 * trials)) / scale;
  const spread =
    (z / scale) * Math.sqrt((share * (1 - share)) / trials + (z * z) / (4 * trials * trials));
  return {
    value: share,
    lower: successes === 0 ? 0 : centre - spread,
    upper: successes === trials ? 1 : centre + spread,
    level,
  };
}

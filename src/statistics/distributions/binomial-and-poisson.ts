/**
 * Distributions of counts: successes among trials, and events in a stretch of time.
 */
import { assert } from "#foundation";
import { incompleteBeta } from "./beta-function.ts";
import type { Distribution } from "./distribution.ts";
import { incompleteGamma } from "./gamma-function.ts";

/** Successes among `trials` independent trials that each succeed with `probability`. */
export function binomial(trials: number, probability: number): Distribution {
  assert(
    Number.isInteger(trials) && trials >= 0 && probability >= 0 && probability <= 1,
    `binomial: expected trials and a probability, got ${trials} and ${probability}`,
  );
  const survival = (x: number) => {
    const count = Math.floor(x);
    if (count < 0) return 1;
    return count >= trials
      ? 0
      : incompleteBeta(count + 1, trials - count, probability, 1 - probability);
  };
  const cdf = (x: number) => {
    const count = Math.floor(x);
    if (count < 0) return 0;
    return count >= trials
      ? 1
      : incompleteBeta(trials - count, count + 1, 1 - probability, probability);
  };
  return {
    mean: trials * probability,
    variance: trials * probability * (1 - probability),
    cdf,
    survival,
    quantile: (share) => leastCount(cdf, share, trials),
  };
}

/** Events in a stretch of time in which `mean` are expected. */
export function poisson(mean: number): Distribution {
  assert(mean >= 0, `poisson: expected a mean of at least 0, got ${mean}`);
  const cdf = (x: number) => (x < 0 ? 0 : incompleteGamma(Math.floor(x) + 1, mean).above);
  return {
    mean,
    variance: mean,
    cdf,
    survival: (x) => (x < 0 ? 1 : incompleteGamma(Math.floor(x) + 1, mean).below),
    quantile: (share) => leastCount(cdf, share, Number.POSITIVE_INFINITY),
  };
}

/** The least count whose `cdf` reaches `share`, by doubling and halving. */
function leastCount(cdf: (x: number) => number, share: number, most: number): number {
  assert(share > 0 && share < 1, `a probability in (0, 1), got ${share}`);
  let low = -1;
  let high = Math.min(1, most);
  while (cdf(high) < share) [low, high] = [high, Math.min(2 * high, most)];
  while (high - low > 1) {
    const middle = Math.floor((low + high) / 2);
    if (cdf(middle) < share) low = middle;
    else high = middle;
  }
  return high;
}

/**
 * Did the arms get the shares they were meant to get? If not, something between assignment and
 * outcome loses observations, and no effect can be read.
 *
 * Source: A. Fabijan et al., "Diagnosing sample ratio mismatch in online controlled experiments",
 * KDD 2019.
 */
import { assert } from "#foundation";
import { binomial } from "../distributions/binomial-and-poisson.ts";
import { chiSquare } from "../distributions/continuous.ts";
import { logGamma } from "../distributions/gamma-function.ts";

/** Below this expected count the chi-square approximation is not to be trusted. */
const EXPECTED_MIN = 5;

/**
 * The chance of shares at least as far from `weights` (which need not sum to 1) as `counts` are, if
 * the weights hold: chi-square, or the exact binomial for two arms with few observations. For one
 * look; see {@link sampleRatioAnytimeP} for more.
 */
export function sampleRatioP(counts: readonly number[], weights: readonly number[]): number {
  const expected = expectedCounts(counts, weights);
  const total = sum(counts);
  if (total === 0) return 1;
  if (counts.length === 2 && Math.min(...expected) < EXPECTED_MIN) {
    const exact = binomial(total, expected[0] / total);
    const below = exact.cdf(counts[0]);
    const above = exact.survival(counts[0] - 1);
    return Math.min(1, 2 * Math.min(below, above));
  }
  const distance = sum(counts.map((count, arm) => (count - expected[arm]) ** 2 / expected[arm]));
  return distance === 0 ? 1 : chiSquare(counts.length - 1).survival(distance);
}

/**
 * The p-value of the same question that may be looked at after every observation: 1 over the Bayes
 * factor of a Dirichlet prior around the weights, at most 1.
 *
 * Source: M. Lindon and A. Malek, "Anytime-valid inference for multinomial count data", NeurIPS
 * 2022.
 */
export function sampleRatioAnytimeP(counts: readonly number[], weights: readonly number[]): number {
  const expected = expectedCounts(counts, weights);
  const total = sum(counts);
  if (total === 0) return 1;
  const prior = expected.map((count) => (CONCENTRATION * count) / total);
  let logFactor = logGamma(CONCENTRATION) - logGamma(CONCENTRATION + total);
  for (const [arm, count] of counts.entries()) {
    logFactor += logGamma(prior[arm] + count) - logGamma(prior[arm]);
    logFactor -= count * Math.log(prior[arm] / CONCENTRATION);
  }
  return Math.min(1, Math.exp(-logFactor));
}

/** How firmly the prior believes in the weights, in observations. */
const CONCENTRATION = 100;

function expectedCounts(counts: readonly number[], weights: readonly number[]): number[] {
  assert(
    counts.length === weights.length && counts.length > 1 && weights.every((weight) => weight > 0),
    "counts of two or more arms, each with a weight above 0",
  );
  const [total, whole] = [sum(counts), sum(weights)];
  return weights.map((weight) => (total * weight) / whole);
}

function sum(numbers: readonly number[]): number {
  return numbers.reduce((before, number) => before + number, 0);
}

/**
 * Confidence sequences: intervals that hold at every look, so that one may stop when one likes. All
 * come from one boundary, the normal mixture; the mixture's spread says at which count of
 * observations it is tightest.
 *
 * Source: I. Waudby-Smith, D. Arbour, R. Sinha, E. H. Kennedy and A. Ramdas, Annals of Statistics
 * 52 (2024); the same boundary as S. R. Howard et al., Annals of Statistics 49 (2021), and, with
 * spread^2 = tau^2 / V, as the mSPRT of R. Johari et al., Operations Research 70 (2022).
 */
import { assert } from "#foundation";

/**
 * The spread of the mixture whose interval is tightest at `count` observations; `alpha` is the
 * chance ever to miss. For a one-sided boundary give twice alpha.
 */
export function mixtureSpread(count: number, alpha: number): number {
  assert(count > 0 && alpha > 0 && alpha < 1, "a count above 0 and an alpha in (0, 1)");
  const twice = -2 * Math.log(alpha);
  return Math.sqrt((twice + Math.log(twice + 1)) / count);
}

/**
 * Half the width of the two-sided interval around a mean of `count` observations, in standard
 * deviations of one observation.
 */
export function halfWidth(count: number, alpha: number, spread: number): number {
  const grown = count * spread ** 2 + 1;
  return Math.sqrt((2 * grown * Math.log(Math.sqrt(grown) / alpha)) / (count * spread) ** 2);
}

/** As {@link halfWidth}, for a bound on one side only. */
export function oneSidedWidth(count: number, alpha: number, spread: number): number {
  const grown = count * spread ** 2 + 1;
  return Math.sqrt(
    (2 * grown * Math.log(1 + Math.sqrt(grown) / (2 * alpha))) / (count * spread) ** 2,
  );
}

/**
 * The p-value that holds at every look, against a mean of 0: 1 over the e-value, at most 1.
 * `standardised` is the observed mean in standard deviations of one observation. At most a share
 * alpha of null sequences ever reach alpha.
 */
export function anytimeP(count: number, standardised: number, spread: number): number {
  const grown = count * spread ** 2 + 1;
  const sum = count * standardised;
  const logEvidence = (spread * sum) ** 2 / (2 * grown) - Math.log(grown) / 2;
  return Math.min(1, Math.exp(-logEvidence));
}

/** As {@link anytimeP}, against means of 0 and below: the level at which the bound reaches 0. */
export function oneSidedAnytimeP(count: number, standardised: number, spread: number): number {
  if (standardised <= 0) return 1;
  const grown = count * spread ** 2 + 1;
  const square = (count * spread * standardised) ** 2 / (2 * grown);
  return Math.min(1, Math.sqrt(grown) / (2 * Math.expm1(square)));
}

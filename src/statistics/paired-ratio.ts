/**
 * Differences between two ratios of totals measured in pairs: the same hour of two days, or two
 * policies on the same random numbers. What both halves of a pair share drops out.
 */
import { assert } from "#foundation";
import { studentT } from "./distributions/continuous.ts";
import type { Estimate } from "./estimate.ts";

/** Parallel arrays, one entry a pair. With denominators 1 the ratios are means. */
export interface PairedTotals {
  readonly treatedNumerators: Float64Array;
  readonly treatedDenominators: Float64Array;
  readonly controlNumerators: Float64Array;
  readonly controlDenominators: Float64Array;
}

/** Two ratios, their difference and how far it is to be trusted. */
export interface PairedDifference {
  readonly treated: number;
  readonly control: number;
  /** `treated - control`. */
  readonly difference: number;
  /** Of the difference; infinite below two pairs. */
  readonly standardError: number;
  readonly pairs: number;
}

/**
 * The difference of the ratios of totals, treated less control, with the standard error of the
 * delta method over pairs. It counts what differs between pairs as noise, so it errs upwards where
 * the effect does (Neyman's conservative variance). `undefined` without pairs, or where a
 * denominator sums to 0.
 *
 * Source: W. G. Cochran, "Sampling techniques" (1977), section 6.3; G. W. Imbens and D. B. Rubin,
 * "Causal inference" (2015), chapter 10.
 */
export function pairedRatioDifference(totals: PairedTotals): PairedDifference | undefined {
  const { treatedNumerators, treatedDenominators, controlNumerators, controlDenominators } = totals;
  const pairs = treatedNumerators.length;
  const treatedBase = sum(treatedDenominators);
  const controlBase = sum(controlDenominators);
  if (pairs === 0 || treatedBase <= 0 || controlBase <= 0) return undefined;
  const treated = sum(treatedNumerators) / treatedBase;
  const control = sum(controlNumerators) / controlBase;
  let squares = 0;
  for (let pair = 0; pair < pairs; pair += 1) {
    const residual =
      (treatedNumerators[pair] - treated * treatedDenominators[pair]) / treatedBase -
      (controlNumerators[pair] - control * controlDenominators[pair]) / controlBase;
    squares += residual * residual;
  }
  const standardError =
    pairs < 2 ? Number.POSITIVE_INFINITY : Math.sqrt((squares * pairs) / (pairs - 1));
  return { treated, control, difference: treated - control, standardError, pairs };
}

/** The interval of a paired difference by Student's t with one degree fewer than pairs. */
export function pairedInterval(found: PairedDifference, level: number): Estimate {
  assert(level > 0 && level < 1, `a level in (0, 1), got ${level}`);
  const { difference: value, standardError, pairs } = found;
  if (pairs < 2) return { value, lower: -Infinity, upper: Infinity, level };
  const half = standardError * studentT(pairs - 1).quantile(0.5 + level / 2);
  return { value, lower: value - half, upper: value + half, level };
}

function sum(numbers: Float64Array): number {
  let total = 0;
  for (let at = 0; at < numbers.length; at += 1) total += numbers[at];
  return total;
}

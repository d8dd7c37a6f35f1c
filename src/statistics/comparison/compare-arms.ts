/**
 * Two independent arms compared: the difference of treated and control, in the metric's own unit or
 * relative to control, with an interval and a p-value for one look or for any number of looks.
 * Units must not influence each other; where they share agents or stock they do, and no formula
 * here mends that.
 */
import { normal, studentT } from "../distributions/continuous.ts";
import {
  anytimeP,
  halfWidth,
  mixtureSpread,
  oneSidedAnytimeP,
  oneSidedWidth,
} from "../hypothesis/confidence-sequence.ts";
import { type Arm, type ArmMoments, momentsOf } from "./arm.ts";

/** Whether a difference is told in the metric's unit or as a share of control. */
export type Scale = "absolute" | "relative";

/** What is asked: any difference, treated greater than control, or treated lesser. */
export type Alternative = "two-sided" | "greater" | "lesser";

/** A difference, how far it is to be trusted, and from how much. */
export interface ArmDifference {
  readonly value: number;
  readonly standardError: number;
  /** Of Student's t, after Welch. */
  readonly degrees: number;
  /** Units in both arms. */
  readonly count: number;
}

/** An interval, open on one side for one-sided questions, and the p-value that belongs to it. */
export interface Comparison {
  readonly value: number;
  readonly lower: number;
  readonly upper: number;
  readonly p: number;
}

/**
 * The difference of two arms of one kind, treated less control; `undefined` where there is none:
 * fewer than two units in an arm, nothing varies, or control is 0 and the scale relative.
 *
 * Source: B. L. Welch, Biometrika 34 (1947); the relative scale by the delta method.
 */
export function armDifference(control: Arm, treated: Arm, scale: Scale): ArmDifference | undefined {
  const [a, b] = momentsOf(control, treated);
  if (a.count < 2 || b.count < 2 || (scale === "relative" && a.base === 0)) return undefined;
  const variance = varianceOfDifference(a, b, scale);
  if (!(variance > 0)) return undefined;
  const [va, vb] = [a.variance(1) / a.count, b.variance(1) / b.count];
  return {
    value: scale === "relative" ? (b.mean - a.mean) / a.base : b.mean - a.mean,
    standardError: Math.sqrt(variance),
    degrees: (va + vb) ** 2 / (va ** 2 / (a.count - 1) + vb ** 2 / (b.count - 1)),
    count: a.count + b.count,
  };
}

function varianceOfDifference(a: ArmMoments, b: ArmMoments, scale: Scale): number {
  const treated = b.variance(1) / b.count;
  if (scale === "absolute") return treated + a.variance(1) / a.count;
  return (treated + a.variance(b.base / a.base) / a.count) / a.base ** 2;
}

/** Welch's test and interval, for a single look; `alpha` in (0, 1). */
export function welchComparison(
  { value, standardError, degrees }: ArmDifference,
  alpha: number,
  alternative: Alternative = "two-sided",
): Comparison {
  const t = studentT(degrees);
  const size = value / standardError;
  const reach = standardError * t.quantile(1 - (alternative === "two-sided" ? alpha / 2 : alpha));
  const p = {
    "two-sided": Math.min(1, 2 * t.survival(Math.abs(size))),
    greater: t.survival(size),
    lesser: t.cdf(size),
  }[alternative];
  return { value, ...ends(value, reach, alternative), p };
}

/** The interval and p-value that hold at every look, tightest at `countTightest` units. */
export function anytimeComparison(
  found: ArmDifference,
  alpha: number,
  countTightest: number,
  alternative: Alternative = "two-sided",
): Comparison {
  const { value, standardError, count } = found;
  const deviation = standardError * Math.sqrt(count);
  const size = value / deviation;
  if (alternative === "two-sided") {
    const spread = mixtureSpread(countTightest, alpha);
    const reach = deviation * halfWidth(count, alpha, spread);
    return { value, ...ends(value, reach, alternative), p: anytimeP(count, size, spread) };
  }
  const spread = mixtureSpread(countTightest, 2 * alpha);
  const reach = deviation * oneSidedWidth(count, alpha, spread);
  const p = oneSidedAnytimeP(count, alternative === "greater" ? size : -size, spread);
  return { value, ...ends(value, reach, alternative), p };
}

function ends(value: number, reach: number, alternative: Alternative) {
  return {
    lower: alternative === "lesser" ? Number.NEGATIVE_INFINITY : value - reach,
    upper: alternative === "greater" ? Number.POSITIVE_INFINITY : value + reach,
  };
}

/** A belief in a difference, normal, and what choosing by it risks. */
export interface Posterior {
  readonly mean: number;
  readonly deviation: number;
  /** That the difference is above 0. */
  readonly chanceToWin: number;
  /** Expected loss of choosing treated: what it is worse by, times the chance that it is. */
  readonly riskOfTreated: number;
  /** Expected loss of staying with control. */
  readonly riskOfControl: number;
}

/**
 * The belief after seeing a difference, from a normal belief before; without one the observation
 * speaks alone.
 *
 * Source: A. Gelman et al., "Bayesian data analysis" (2013), section 2.5.
 */
export function posteriorOf(
  { value, standardError }: Pick<ArmDifference, "value" | "standardError">,
  prior?: { readonly mean: number; readonly deviation: number },
): Posterior {
  const precision = 1 / standardError ** 2;
  const before = prior === undefined ? 0 : 1 / prior.deviation ** 2;
  const mean = (precision * value + before * (prior?.mean ?? 0)) / (precision + before);
  const deviation = Math.sqrt(1 / (precision + before));
  return {
    mean,
    deviation,
    chanceToWin: normal().cdf(mean / deviation),
    riskOfTreated: expectedShortfall(mean, deviation),
    riskOfControl: expectedShortfall(-mean, deviation),
  };
}

/** E[max(-X, 0)] for normal X. */
export function expectedShortfall(mean: number, deviation: number): number {
  const z = mean / deviation;
  const density = Math.exp((-z * z) / 2) / Math.sqrt(2 * Math.PI);
  return Math.max(0, deviation * density - mean * normal().survival(z));
}

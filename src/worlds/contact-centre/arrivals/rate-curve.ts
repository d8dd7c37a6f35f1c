/**
 * Rate curves: how many contacts arrive per hour, step by step through a period that repeats. Time
 * zero is Monday 00:00; a curve of one step is a constant rate.
 */
import { assert } from "#foundation";

/** A piecewise constant rate over a period of `perHour.length` steps. */
export interface RateCurve {
  readonly stepSeconds: number;
  /** Contacts per hour in each step, none below 0. */
  readonly perHour: Float64Array;
}

/** Seconds of a day. */
export const DAY_SECONDS = 86_400;

/** A curve, checked. */
export function rateCurve(stepSeconds: number, perHour: ArrayLike<number>): RateCurve {
  assert(stepSeconds > 0 && perHour.length > 0, "a curve of at least one step above 0 seconds");
  return { stepSeconds, perHour: Float64Array.from(perHour) };
}

/** The mean rate over the period, per hour. */
export function meanPerHour({ perHour }: RateCurve): number {
  return perHour.reduce((sum, rate) => sum + rate, 0) / perHour.length;
}

/** The same curve, every rate times `factor`. */
export function scaledCurve({ stepSeconds, perHour }: RateCurve, factor: number): RateCurve {
  return { stepSeconds, perHour: perHour.map((rate) => rate * factor) };
}

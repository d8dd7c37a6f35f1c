/**
 * From an experiment to a business case: the improvement that was measured becomes the uplift that
 * is believed.
 */
import { Fault } from "#foundation";
import { posteriorOf } from "#statistics";
import { EXPERIMENT_FAULTS } from "../faults.ts";
import type { Quantity } from "./quantity.ts";

/** A number with its standard error. */
export interface Measured {
  readonly value: number;
  readonly standardError: number;
}

/** How much better the treatment is: above 0 is good, whichever way the metric goes. */
export interface Improvement {
  /** In the metric's unit. */
  readonly absolute: Measured | undefined;
  /** As a share of control, whose own level is taken as known. */
  readonly relative: Measured | undefined;
}

/** How a case takes a measured improvement. */
export interface UpliftRule {
  readonly scale: "absolute" | "relative";
  /** What was believed before, normal; a sceptic's is narrow around 0. */
  readonly prior: { readonly mean: number; readonly deviation: number } | undefined;
}

/**
 * The improvement behind a difference, treated less control; `control` is the level it is of. None
 * where nothing sound was measured, or the metric has no good direction.
 */
export function inGoodDirection(
  better: "higher" | "lower" | "neither",
  difference: Measured | undefined,
  control: number,
): Improvement {
  if (difference === undefined || better === "neither") {
    return { absolute: undefined, relative: undefined };
  }
  const { value, standardError } = difference;
  const good = better === "lower" ? -value : value;
  return {
    absolute: { value: good, standardError },
    relative:
      control > 0 ? { value: good / control, standardError: standardError / control } : undefined,
  };
}

/**
 * The uplift to believe after the experiment.
 *
 * @throws Fault `business-case-invalid` if nothing sound was measured on the scale asked for.
 */
export function measuredUplift(improvement: Improvement, { scale, prior }: UpliftRule): Quantity {
  const measured = improvement[scale];
  if (measured === undefined || !Number.isFinite(measured.standardError)) {
    const detail = `uplift: expected a sound experiment with an interval, ${scale}, got none`;
    throw new Fault(EXPERIMENT_FAULTS.caseInvalid, { detail });
  }
  if (measured.standardError === 0) return { kind: "fixed", value: measured.value };
  const { mean, deviation } = posteriorOf(measured, prior);
  return { kind: "normal", mean, deviation };
}

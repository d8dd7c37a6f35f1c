/**
 * Simultaneous perturbation (J. Spall, IEEE Transactions on Automatic Control 37, 1992): two values
 * a step, however many variables there are; for values with noise, such as means of few samples.
 */
import type { RandomStream } from "#foundation";
import { exp, log } from "../portable-math.ts";
import { Evaluations, type MinimiseLimits, type Minimum } from "./minimum.ts";

/** Spall's exponents: how fast steps and perturbations shrink. */
const STEP_DECAY = 0.602;
const PERTURBATION_DECAY = 0.101;
/** Steps that shrink little at first, as a share of all. */
const STABILITY_SHARE = 0.1;

/** How far to step and to look, in units of the variables. */
export interface SpsaOptions extends MinimiseLimits {
  /** Length of the first step in each variable, by the mean of some gradients at the start. */
  readonly step: number;
  readonly perturbation: number;
  readonly stream: RandomStream;
}

/** Gradients at the start by which steps are scaled. */
const CALIBRATIONS = 5;

/** Minimises `f` from `start`; the values it reports are those of the perturbed points. */
export function spsa(
  f: (point: Float64Array) => number,
  start: Float64Array,
  { step, perturbation, stream, ...limits }: SpsaOptions,
): Minimum {
  const evaluations = new Evaluations(limits);
  const value = (point: Float64Array) => evaluations.take(point, f(point));
  value(start);
  const slope = (point: Float64Array, width: number) => {
    const signs = point.map(() => 2 * stream.below(2) - 1);
    const ahead = value(point.map((x, at) => x + width * signs[at]));
    if (!evaluations.mayGoOn) return undefined;
    const behind = value(point.map((x, at) => x - width * signs[at]));
    return { signs, rate: (ahead - behind) / (2 * width) };
  };
  let rates = 0;
  for (let calibration = 0; calibration < CALIBRATIONS && evaluations.mayGoOn; calibration += 1) {
    rates += Math.abs(slope(start, perturbation)?.rate ?? 0) / CALIBRATIONS;
  }
  const stability = (STABILITY_SHARE * limits.evaluationsMax) / 2;
  const scale = rates > 0 ? (step / rates) * power(stability + 1, STEP_DECAY) : 0;
  const point = start.slice();
  for (let round = 1; evaluations.mayGoOn && scale > 0; round += 1) {
    const found = slope(point, perturbation / power(round, PERTURBATION_DECAY));
    if (found === undefined) break;
    const length = (scale / power(round + stability, STEP_DECAY)) * found.rate;
    for (let at = 0; at < point.length; at += 1) point[at] -= length * found.signs[at];
  }
  if (evaluations.mayGoOn) value(point);
  return evaluations.minimum(start);
}

function power(base: number, exponent: number): number {
  return exp(exponent * log(base));
}

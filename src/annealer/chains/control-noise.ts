/**
 * What a processor makes of the biases it is given: they are rounded to the steps its converters
 * have, and off by a random amount that differs from programming to programming (integrated control
 * errors, taken as Gaussian and independent).
 */
import type { RandomStream } from "#foundation";
import { log } from "#kernels";
import type { Ising } from "../ising/ising.ts";

/** The errors of one processor, in its own units. */
export interface ControlNoise {
  /** Standard deviations. */
  readonly fieldSigma: number;
  readonly couplingSigma: number;
  /** Biases are multiples of this; 0: of any precision. */
  readonly fieldStep: number;
  readonly couplingStep: number;
}

/**
 * Round figures of the size the vendor documents for Advantage, with steps of 8 and 7 bits of the
 * ranges.
 */
export const ADVANTAGE_NOISE: ControlNoise = Object.freeze({
  fieldSigma: 0.02,
  couplingSigma: 0.015,
  fieldStep: 1 / 32,
  couplingStep: 1 / 64,
});

/** The model as the processor carries it out, one programming of it. */
export function misprogrammed(ising: Ising, noise: ControlNoise, random: RandomStream): Ising {
  return Object.freeze({
    ...ising,
    fields: ising.fields.map(
      (field) => rounded(field, noise.fieldStep) + noise.fieldSigma * gaussian(random),
    ),
    couplings: ising.couplings.map(
      (coupling) => rounded(coupling, noise.couplingStep) + noise.couplingSigma * gaussian(random),
    ),
  });
}

function rounded(bias: number, step: number): number {
  return step === 0 ? bias : step * Math.round(bias / step);
}

/** A standard normal number (G. Marsaglia and T. A. Bray, SIAM Review 6, 1964). */
function gaussian(random: RandomStream): number {
  for (;;) {
    const x = 2 * random.unit() - 1;
    const y = 2 * random.unit() - 1;
    const square = x * x + y * y;
    if (square > 0 && square < 1) return x * Math.sqrt((-2 * log(square)) / square);
  }
}

/**
 * The Hamiltonian map: a random product state evolves under a Heisenberg chain whose links are as
 * strong as the features, in Trotter steps.
 */

import type { RandomStream } from "#foundation";
import { normalQuantile } from "#statistics";
import type { FeatureMap } from "./feature-map.ts";
import { heisenberg, type QubitState, startAtZero } from "./qubit-state.ts";

/** Of the evolution, for each feature, and how many steps it is taken in. */
const TIME_PER_FEATURE = 1 / 3;
const STEPS = 5;

/** The map of `featureCount` features times `bandwidth`, on one qubit more. */
export function chainMap(
  featureCount: number,
  bandwidth: number,
  random: RandomStream,
): FeatureMap {
  const qubitCount = featureCount + 1;
  const start = productState(qubitCount, random);
  const angle = (TIME_PER_FEATURE * featureCount * bandwidth) / STEPS;
  return {
    qubitCount,
    write: (values, from, into) => {
      into.re.set(start.re);
      into.im.set(start.im);
      for (let step = 0; step < STEPS; step += 1) {
        for (let link = 0; link < featureCount; link += 1) {
          heisenberg(into, link, angle * values[from + link]);
        }
      }
    },
  };
}

/** A product of one-qubit states, each drawn uniformly from the sphere (Haar measure). */
function productState(qubitCount: number, random: RandomStream): QubitState {
  const size = 2 ** qubitCount;
  const state = { qubitCount, re: new Float64Array(size), im: new Float64Array(size) };
  startAtZero(state);
  const { re, im } = state;
  for (let qubit = 0; qubit < qubitCount; qubit += 1) {
    const [zeroRe, zeroIm, oneRe, oneIm] = drawnQubit(random);
    const bit = 1 << qubit;
    for (let index = 0; index < bit; index += 1) {
      const [real, imag] = [re[index], im[index]];
      re[index + bit] = real * oneRe - imag * oneIm;
      im[index + bit] = real * oneIm + imag * oneRe;
      re[index] = real * zeroRe - imag * zeroIm;
      im[index] = real * zeroIm + imag * zeroRe;
    }
  }
  return state;
}

function drawnQubit(random: RandomStream): readonly number[] {
  const numbers = Array.from({ length: 4 }, () => normalQuantile(nonZero(random.unit())));
  const length = Math.hypot(...numbers);
  return numbers.map((number) => number / length);
}

function nonZero(unit: number): number {
  return unit === 0 ? 0.5 : unit;
}

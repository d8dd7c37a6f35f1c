/**
 * The range of temperatures of an annealing, measured on the problem: from where couplings order
 * nothing yet down to where hardly a spin leaves its minimum.
 */
import { exp, type SpinGlass, type SpinReplicas } from "#kernels";

/** First temperature, of the root mean square of what couplings pull a spin with. */
const HOT_SHARE = 0.7;
/** Share of the spins that a sweep at the last temperature moves out of a local minimum. */
const COLD_FLIPS = 3e-4;
/** The last temperature is not below this share of the first. */
const COLD_SHARE = 0.02;
const BISECTIONS = 30;

/** The first temperature: that of a spin glass about to freeze. */
export function hottest({ spinCount, starts, couplings }: SpinGlass): number {
  let sum = 0;
  for (let spin = 0; spin < spinCount; spin += 1) {
    let square = 0;
    for (let entry = starts[spin]; entry < starts[spin + 1]; entry += 1) {
      square += couplings[entry] * couplings[entry];
    }
    sum += Math.sqrt(square);
  }
  return Math.max(1, (HOT_SHARE * sum) / spinCount);
}

/** The last temperature, given replicas that are in local minima. */
export function coldest(replicas: SpinReplicas, hot: number): number {
  const costs = replicas.flipCosts(0).filter((cost) => cost > 0);
  const { spinCount } = replicas.glass;
  let [low, high] = [COLD_SHARE * hot, hot];
  for (let step = 0; step < BISECTIONS; step += 1) {
    const middle = (low + high) / 2;
    const flips = costs.reduce((sum, cost) => sum + exp(-cost / middle), 0);
    if (flips > COLD_FLIPS * spinCount) high = middle;
    else low = middle;
  }
  return high;
}

/**
 * Chain breaks: chains whose qubits do not agree. How many there are tells whether the chains are
 * held strongly enough.
 */

/** Shares of broken chains. */
export interface ChainBreaks {
  /** Of all chains in all samples; 0 where there are none. */
  readonly mean: number;
  /** Of the chains in each sample. */
  readonly bySample: readonly number[];
  /** Of the samples, for each chain. */
  readonly byChain: readonly number[];
}

/** Whether the spins of `chain` differ in `sample`. */
export function isBroken(sample: ArrayLike<number>, chain: ArrayLike<number>): boolean {
  for (let link = 1; link < chain.length; link += 1) {
    if (sample[chain[link]] !== sample[chain[0]]) return true;
  }
  return false;
}

/** For each sample, which chains are broken. */
export function brokenChains(
  samples: readonly ArrayLike<number>[],
  chains: readonly ArrayLike<number>[],
): readonly (readonly boolean[])[] {
  return samples.map((sample) => chains.map((chain) => isBroken(sample, chain)));
}

/** How often chains are broken. */
export function chainBreaks(
  samples: readonly ArrayLike<number>[],
  chains: readonly ArrayLike<number>[],
): ChainBreaks {
  const broken = brokenChains(samples, chains);
  const share = (flags: readonly boolean[]) =>
    flags.length === 0 ? 0 : flags.filter((isTrue) => isTrue).length / flags.length;
  return Object.freeze({
    mean: share(broken.flat()),
    bySample: Object.freeze(broken.map(share)),
    byChain: Object.freeze(chains.map((_, chain) => share(broken.map((flags) => flags[chain])))),
  });
}

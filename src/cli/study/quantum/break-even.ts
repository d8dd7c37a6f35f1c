/**
 * What a device would have to be like for its samples to keep up with a classical solver: how many
 * samples it takes at a chance of success, how fast each must come, how many errors it may make.
 */

/** How sure to have seen the optimum. */
const CONFIDENCE = 0.99;

/** Samples until the best is among them with 99 %; infinite without a chance. */
export function samplesNeeded(chance: number): number {
  if (chance >= CONFIDENCE) return 1;
  return chance > 0 ? Math.log(1 - CONFIDENCE) / Math.log1p(-chance) : Number.POSITIVE_INFINITY;
}

/** Milliseconds a sample may take; 0: however fast, never. */
export function sampleMsAllowed(classicalMs: number, chance: number): number {
  return classicalMs / samplesNeeded(chance);
}

/**
 * CPU milliseconds until a solver has found the best with 99 %, by beginning again when a run has
 * not.
 *
 * @param runs how long each took, and whether it got there.
 * @returns `isAtLeast` where none did: the time of all of them.
 *
 * Source: T. F. Rønnow et al., Science 345 (2014), equation 3.
 */
export function timeToBest(runs: readonly { readonly ms: number; readonly isThere: boolean }[]): {
  readonly ms: number;
  readonly isAtLeast: boolean;
} {
  const there = runs.filter(({ isThere }) => isThere).length;
  const allMs = runs.reduce((sum, { ms }) => sum + ms, 0);
  if (there === 0) return { ms: allMs, isAtLeast: true };
  const ms = (allMs / runs.length) * samplesNeeded(there / runs.length);
  return { ms, isAtLeast: false };
}

/** A circuit and what it is up against. */
export interface CircuitContest {
  readonly classicalMs: number;
  readonly sampleMs: number;
  /** Of the best, in one measurement without errors. */
  readonly chance: number;
  /** Of the best among all bit strings alike. */
  readonly blindChance: number;
  readonly twoQubitGates: number;
}

/** The errors at which the circuit stops keeping up. */
export type ErrorAllowed =
  | { readonly kind: "rate"; readonly rate: number }
  /** Not without a single error either. */
  | { readonly kind: "never" }
  /** Guessing would be enough. */
  | { readonly kind: "any" };

/**
 * The rate of errors of a two-qubit gate below which samples of this duration keep up. An error
 * anywhere is taken to make all bits uniform (global depolarising), one-qubit gates and readout to
 * be perfect.
 */
export function errorRateAllowed(contest: CircuitContest): ErrorAllowed {
  const { classicalMs, sampleMs, chance, blindChance, twoQubitGates } = contest;
  const samples = classicalMs / sampleMs;
  const isEnough = (one: number) => samplesNeeded(one) <= samples;
  if (isEnough(blindChance)) return { kind: "any" };
  if (samples < 1 || chance <= blindChance || !isEnough(chance)) return { kind: "never" };
  const wanted = -Math.expm1(Math.log(1 - CONFIDENCE) / samples);
  const intact = Math.min(1, (wanted - blindChance) / (chance - blindChance));
  if (twoQubitGates === 0) return { kind: "any" };
  return { kind: "rate", rate: -Math.expm1(Math.log(intact) / twoQubitGates) };
}

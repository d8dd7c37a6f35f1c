/** What a twin is a twin of, and who works in it. */
import {
  ADVANTAGE_NOISE,
  ADVANTAGE_RANGES,
  type BiasRanges,
  type ChainStrength,
  type ControlNoise,
  DEFAULT_CHAIN_STRENGTH,
  type HardwareGraph,
  perfectGraph,
  type Unembedding,
} from "#annealer";
import type { Solver } from "#problem";

/** The processor that is imitated. */
export interface TwinDevice {
  /** Called once, when it is first needed. */
  readonly graph: () => HardwareGraph;
  readonly ranges: BiasRanges;
  readonly noise: ControlNoise;
  readonly chainStrength: ChainStrength;
  readonly unembedding: Unembedding["kind"];
}

/** Who does the classical parts. */
export interface TwinParts {
  /** Samples the embedded problem, once for each read. */
  readonly sampler: Solver;
  /** Improves what was read, on the problem itself. */
  readonly polisher: Solver;
}

/** An Advantage processor without defects. */
export const ADVANTAGE: TwinDevice = Object.freeze({
  graph: () => perfectGraph({ kind: "pegasus", m: 16, isFabricOnly: true }),
  ranges: ADVANTAGE_RANGES,
  noise: ADVANTAGE_NOISE,
  chainStrength: DEFAULT_CHAIN_STRENGTH,
  unembedding: "majority-vote",
});

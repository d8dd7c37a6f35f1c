/**
 * Annealer: the graphs of annealing processors, how a problem is laid onto them as chains of
 * qubits, and how what they return is read. Knows nothing of devices and decisions.
 */
export {
  ADVANTAGE_RANGES,
  type BiasRanges,
  rangeScale,
  scaled,
} from "./chains/bias-ranges.ts";
export { brokenChains, type ChainBreaks, chainBreaks } from "./chains/chain-breaks.ts";
export {
  type ChainStrength,
  chainStrength,
  DEFAULT_CHAIN_STRENGTH,
} from "./chains/chain-strength.ts";
export { ADVANTAGE_NOISE, type ControlNoise, misprogrammed } from "./chains/control-noise.ts";
export { type EmbeddedIsing, embedIsing } from "./chains/embed-ising.ts";
export { type Unembedded, type Unembedding, unembed } from "./chains/unembed.ts";
export { cliqueEmbedding } from "./clique/clique-template.ts";
export { timeBudget } from "./embedding/effort.ts";
export {
  type EmbeddingOptions,
  type EmbeddingOrigin,
  type EmbeddingSearch,
  findEmbedding,
} from "./embedding/find-embedding.ts";
export { type SourceGraph, sourceGraph, sourceOf } from "./embedding/source-graph.ts";
export { type EmbeddingFlaw, verifyEmbedding } from "./embedding/verify-embedding.ts";
export type { Coupler } from "./graph/coupler.ts";
export {
  areCoupled,
  couplersOf,
  type Defects,
  type HardwareGraph,
  perfectGraph,
  qubitsOf,
  withDefects,
} from "./graph/hardware-graph.ts";
export { niceOfPegasus, pegasusOfNice } from "./graph/pegasus.ts";
export {
  coordinatesOf,
  labelAt,
  type Topology,
  topologyName,
} from "./graph/topology.ts";
export { type Ising, isingOf, problemOfIsing } from "./ising/ising.ts";

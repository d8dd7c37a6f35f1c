/**
 * Annealer: the graphs of annealing processors, how a problem is laid onto them as chains of
 * qubits, and how what they return is read. Knows nothing of devices and decisions.
 */
export { cliqueEmbedding } from "./clique/clique-template.ts";
export { type SourceGraph, sourceGraph, sourceOf } from "./embedding/source-graph.ts";
export { type EmbeddingFlaw, verifyEmbedding } from "./embedding/verify-embedding.ts";
export type { Coupler } from "./graph/coupler.ts";
export {
  areCoupled,
  couplersOf,
  type Defects,
  type HardwareGraph,
  hardwareGraph,
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

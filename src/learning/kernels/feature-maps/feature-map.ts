/**
 * The contract of a feature map.
 */
import type { QubitState } from "./qubit-state.ts";

/** A map for rows of one width. */
export interface FeatureMap {
  readonly qubitCount: number;
  /** Writes the state that row `row`, beginning at `from` in `values`, stands for. */
  write(values: Float64Array, from: number, into: QubitState): void;
}

/**
 * What circuit QAOA runs.
 */
import type { Schedule } from "./angles/angles.ts";
import type { Mixer } from "./sites.ts";
import { EPSILON_UNIFORM } from "./starts.ts";

/** What circuit to run. */
export interface QaoaCircuit {
  readonly mixer: Mixer;
  readonly schedule: Schedule;
  /** From 1; at most 5 with fixed angles. */
  readonly layers: number;
  /**
   * How far from an incumbent it begins: at it with 0, uniformly with 0.5, which needs none. Only
   * the mixers `matching` and `grover` leave such a start alone where energies are equal.
   */
  readonly epsilon: number;
  /** The most basis states to simulate. */
  readonly statesMax: number;
}

/** The circuit of the catalogue: rows that fix a count are kept, angles are those of others. */
export const COMMON_CIRCUIT: QaoaCircuit = Object.freeze({
  mixer: "complete",
  schedule: "transferred",
  layers: 5,
  epsilon: EPSILON_UNIFORM,
  statesMax: 2 ** 20,
});

/**
 * A ramp begun near an incumbent, since the angles of others were chosen for even starts. Of 0.1 to
 * 0.4 the epsilon that finds the optimum most often from local optima; smaller ones stay where they
 * begin.
 */
export const WARM_CIRCUIT: QaoaCircuit = Object.freeze({
  ...COMMON_CIRCUIT,
  mixer: "matching",
  schedule: "ramp",
  epsilon: 0.4,
});

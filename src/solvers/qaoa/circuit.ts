/**
 * What circuit QAOA runs.
 */
import type { Schedule } from "./angles.ts";
import type { Mixer } from "./sites.ts";

/** What circuit to run. */
export interface QaoaCircuit {
  readonly mixer: Mixer;
  readonly schedule: Schedule;
  /** From 1; at most 5 with fixed angles. */
  readonly layers: number;
  /** The most basis states to simulate. */
  readonly statesMax: number;
}

/** The circuit of the catalogue: rows that fix a count are kept, and a ramp knows no family. */
export const COMMON_CIRCUIT: QaoaCircuit = Object.freeze({
  mixer: "complete",
  schedule: "ramp",
  layers: 5,
  statesMax: 2 ** 20,
});

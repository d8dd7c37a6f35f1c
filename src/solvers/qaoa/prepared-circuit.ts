/**
 * A circuit for one problem: sites, starts, energies and angles, ready to run.
 */
import type { QuadraticProblem } from "#problem";
import { type Angles, anglesOf, scaleOf } from "./angles/angles.ts";
import type { QaoaCircuit } from "./circuit.ts";
import { costsOf, energiesOf } from "./energies.ts";
import type { Ansatz } from "./layers.ts";
import type { Site } from "./sites.ts";
import { type KnownBits, startsOf } from "./starts.ts";

/** What to run, and the energy of each basis state. */
export interface PreparedCircuit {
  readonly ansatz: Ansatz;
  readonly angles: Angles;
  readonly energies: Float64Array;
  /** The deviation of the energies per root of a site. */
  readonly scale: number;
}

/** Prepares `circuit` for the BQM of a problem on its sites. */
export function prepareCircuit(
  bqm: QuadraticProblem,
  sites: readonly Site[],
  { mixer, schedule, layers, epsilon }: QaoaCircuit,
  incumbent: KnownBits | undefined,
): PreparedCircuit {
  const energies = energiesOf(bqm, sites);
  const scale = scaleOf(energies, sites.length);
  const angles = anglesOf(schedule, layers, scale);
  const starts = startsOf(sites, incumbent, epsilon);
  return { ansatz: { sites, starts, costs: costsOf(energies), mixer }, angles, energies, scale };
}

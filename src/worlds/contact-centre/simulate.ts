/**
 * One run of a contact centre under one policy. The n-th run of a seed has the same contacts under
 * every policy, so differences between policies are taken run by run.
 */
import { randomStream } from "#foundation";
import type { Centre } from "./centre.ts";
import type { CentreSnapshot, Pairing, Router } from "./router.ts";
import type { ClassTally, GroupTally } from "./simulation/ledger.ts";
import { Simulation, type Trace } from "./simulation/simulation.ts";

/** Which run: the seed, and the number of the replication under it. */
export interface RunKey {
  readonly seed: number;
  readonly replication: number;
}

/** What was counted in a run after its warm-up. */
export interface RunTally {
  /** By class, in the centre's order. */
  readonly classes: readonly Readonly<ClassTally>[];
  /** By group, in the centre's order. */
  readonly groups: readonly Readonly<GroupTally>[];
  /** Length of the counted part. */
  readonly seconds: number;
}

/**
 * Simulates one run. That nobody is lost, that waits add up to the queue and that agents' time adds
 * up is asserted at its end.
 */
export function simulate(centre: Centre, route: Router, key: RunKey, trace?: Trace): RunTally {
  const simulation = openRun(centre, key, trace);
  for (let floor = simulation.next(); floor !== undefined; floor = simulation.next()) {
    simulation.answer(route(floor));
  }
  return tallyOf(centre, simulation);
}

/** As {@link simulate}, by a router that takes its time; virtual time stands still meanwhile. */
export async function simulateWaiting(
  centre: Centre,
  route: (snapshot: CentreSnapshot) => Promise<readonly Pairing[]>,
  key: RunKey,
  trace?: Trace,
): Promise<RunTally> {
  const simulation = openRun(centre, key, trace);
  for (let floor = simulation.next(); floor !== undefined; floor = simulation.next()) {
    simulation.answer(await route(floor));
  }
  return tallyOf(centre, simulation);
}

function openRun(centre: Centre, { seed, replication }: RunKey, trace?: Trace): Simulation {
  return new Simulation(centre, randomStream(seed, "contact-centre", replication), trace);
}

function tallyOf(centre: Centre, simulation: Simulation): RunTally {
  const { classes, groups } = simulation.conclude();
  return { classes, groups, seconds: centre.runSeconds - centre.warmUpSeconds };
}

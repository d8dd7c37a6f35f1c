/**
 * Identities on random centres: every run is kept a second time by the oracle (path-oracle.ts), and
 * both books must agree. `npx node test/worlds/identities.ts --configurations 1000 [--seed 1]`.
 */
import { parseArgs } from "node:util";
import { randomStream } from "../../src/foundation/index.ts";
import { linearAssignment } from "../../src/kernels/index.ts";
import { type CentreEvent, referencePolicies, simulate } from "../../src/worlds/index.ts";
import { expectFairWork, expectTallies, storyOf } from "./path-oracle.ts";
import { randomCentre } from "./random-centres.ts";

/** What one configuration was. */
export interface IdentityRun {
  readonly policy: string;
  readonly events: number;
}

const POLICIES = referencePolicies(linearAssignment);

/** Simulates configuration `index` of `seed` and expects every identity to hold. */
export function checkIdentities(seed: number, index: number): IdentityRun {
  const stream = randomStream(seed, "identities", index);
  const centre = randomCentre(stream);
  const { name, route } = POLICIES[index % POLICIES.length];
  const events: CentreEvent[] = [];
  const run = simulate(centre, route, { seed, replication: index }, (event) => events.push(event));
  expectTallies(centre, run, storyOf(centre, events));
  expectFairWork(centre, events);
  return { policy: name, events: events.length };
}

if (import.meta.main) {
  const { values } = parseArgs({
    options: {
      configurations: { type: "string", default: "1000" },
      seed: { type: "string", default: "1" },
    },
  });
  const events = new Map<string, number>();
  for (let index = 0; index < Number(values.configurations); index += 1) {
    const run = checkIdentities(Number(values.seed), index);
    events.set(run.policy, (events.get(run.policy) ?? 0) + run.events);
  }
  const { user, system } = process.cpuUsage();
  const counts = [...events].map(([policy, count]) => `${policy}: ${count} events`);
  process.stdout.write(
    `${values.configurations} configurations, 0 broken; ${((user + system) / 1e6).toFixed(1)} ` +
      `CPU-s\n${counts.join("\n")}\n`,
  );
}

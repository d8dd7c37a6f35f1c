/**
 * The decision type `routing` beside the reference policies on three centres: one pool, an N-design
 * and five skills with partial cross-training, all busy, on common random numbers. Every tick is
 * posed, solved to proof, read and judged as in the platform, in this thread and without a store.
 * `npx node test/worlds/scenarios.ts [--hours 12] [--replications 30] [--seed 1]` prints service
 * level, abandonment, wait and occupancy of each policy, and what `routing` has more than each.
 */
import fs from "node:fs";
import { parseArgs } from "node:util";
import { routingAnswerSchema, typeNamed } from "../../src/decisions/index.ts";
import { assert, present, workBudget } from "../../src/foundation/index.ts";
import { linearAssignment } from "../../src/kernels/index.ts";
import { solverNamed } from "../../src/solvers/index.ts";
import { meanEstimate } from "../../src/statistics/index.ts";
import {
  type Centre,
  type CentreSnapshot,
  MEASURES,
  type MeasuredTally,
  type Pairing,
  pairingsOf,
  type Router,
  readCentre,
  referencePolicies,
  routingRequest,
  simulate,
  wholeTally,
} from "../../src/worlds/index.ts";

const EXAMPLES = new URL("../../examples/worlds/", import.meta.url);
const WARM_UP_HOURS = 2;
const LEVEL = 0.95;

const POOL = {
  classes: [
    {
      id: "calls",
      arrivals: { kind: "constant", perHour: 800 },
      handle: { kind: "log-normal", meanSeconds: 225, cv: 0.9 },
      patience: { kind: "exponential", meanSeconds: 120 },
    },
  ],
  groups: [{ id: "agents", agents: 54, skills: { calls: 1 } }],
};
const SCENARIOS: readonly (readonly [name: string, body: object])[] = [
  ["one pool", POOL],
  ["N-design", exampleOf("n-design.json")],
  ["five skills", exampleOf("five-skills.json")],
];

const routing = present(typeNamed("routing"), "the type routing");
const setting = { policy: routing.defaultPolicy, items: undefined, atUtcMs: 0 };
const legs = routing.defaultPolicy.plan.lanes.flat();

/** The pairs of the type's own answer, proved best. */
function byRouting(snapshot: CentreSnapshot): readonly Pairing[] {
  const posed = routing.parse(routingRequest(snapshot)).pose(setting);
  const solver = present(
    legs
      .map((leg) => solverNamed(leg.solver))
      .find((one) => one?.supports(posed.problem).kind === "yes"),
    "a solver for the tick",
  );
  const { best, status } = solver.solve(posed.problem, {
    seed: 1,
    budget: workBudget(1e12),
    start: posed.rule(),
  });
  assert(status === "optimal", `expected a proof, got ${status}`);
  const answer = posed.read(present(best, "an answer").sample);
  assert(posed.check(answer).broken.length === 0, "an answer that keeps every rule");
  return pairingsOf(routingAnswerSchema.parse(answer));
}

const POLICIES: readonly (readonly [name: string, route: Router])[] = [
  ...referencePolicies(linearAssignment).map(({ name, route }) => [name, route] as const),
  ["routing", byRouting],
];

function exampleOf(file: string): object {
  return JSON.parse(fs.readFileSync(new URL(file, EXAMPLES), "utf8"));
}

function centreOf(body: object, hours: number): Centre {
  return readCentre({ ...body, hours: hours + WARM_UP_HOURS, warmUpHours: WARM_UP_HOURS }, () => {
    throw new Error("no file was named");
  });
}

const { values } = parseArgs({
  options: {
    hours: { type: "string", default: "12" },
    replications: { type: "string", default: "30" },
    seed: { type: "string", default: "1" },
  },
});
const [hours, replications, seed] = [values.hours, values.replications, values.seed].map(Number);
const shown = ["serviceLevel", "abandonment", "asaSeconds", "occupancy"];
const measures = MEASURES.filter(({ name }) => shown.includes(name));

for (const [name, body] of SCENARIOS) {
  const centre = centreOf(body, hours);
  const tallies = POLICIES.map(([, route]) =>
    Array.from({ length: replications }, (_, replication) =>
      wholeTally(centre, simulate(centre, route, { seed, replication })),
    ),
  );
  process.stdout.write(`${name}\n`);
  for (const [at, [policy]] of POLICIES.entries()) {
    const cells = measures.map((measure) => {
      const own = tallies[at].map((tally) => measure.of(tally) ?? 0);
      return `${measure.name} ${meanEstimate(own, LEVEL).value.toFixed(4)}`;
    });
    process.stdout.write(`  ${policy.padEnd(18)} ${cells.join("  ")}\n`);
  }
  printDifferences(tallies);
}
const { user, system } = process.cpuUsage();
process.stdout.write(`${((user + system) / 1e6).toFixed(0)} CPU-s\n`);

/** What `routing` has more than each reference, run by run. */
function printDifferences(tallies: readonly (readonly MeasuredTally[])[]): void {
  const own = tallies[POLICIES.length - 1];
  for (const [at, [policy]] of POLICIES.slice(0, -1).entries()) {
    const cells = measures.slice(0, 3).map(({ name, of }) => {
      const pairs = own.map((tally, run) => (of(tally) ?? 0) - (of(tallies[at][run]) ?? 0));
      const { value, lower, upper } = meanEstimate(pairs, LEVEL);
      return `${name} ${value.toFixed(4)} (${lower.toFixed(4)} ... ${upper.toFixed(4)})`;
    });
    process.stdout.write(`  routing less ${policy.padEnd(18)} ${cells.join("  ")}\n`);
  }
}

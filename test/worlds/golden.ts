/**
 * Golden values: one pool of agents is simulated and held against Erlang's formulas, computed here
 * from the stationary distribution itself, state by state, and not from the product's own formulas.
 * `npx node test/worlds/golden.ts [--hours 1000] [--replications 30] [--seed 1]` prints every value
 * with its 95 % interval, whether or not it lies inside, and what may be expected of so many
 * comparisons at once.
 */
import { parseArgs } from "node:util";
import { type SinglePool, singlePoolCentre } from "../../src/cli/world/single-pool.ts";
import { linearAssignment } from "../../src/kernels/index.ts";
import { meanEstimate } from "../../src/statistics/index.ts";
import {
  MEASURES,
  type MeasureName,
  referencePolicies,
  simulate,
  wholeTally,
} from "../../src/worlds/index.ts";

/** The pools of the table: contacts in half an hour, handling, agents. */
const LOADS: readonly (readonly [perHalfHour: number, handleSeconds: number, agents: number])[] = [
  [400, 225, 55],
  [400, 225, 60],
  [100, 180, 13],
  [100, 180, 14],
];
const WITHIN_SECONDS = 20;
const PATIENCE_SECONDS = 120;
const WARM_UP_HOURS = 10;

/** All pools: each with endless patience (Erlang C) and with little (Erlang A). */
export const POOLS: readonly SinglePool[] = LOADS.flatMap(([perHalfHour, handleSeconds, agents]) =>
  [undefined, PATIENCE_SECONDS].map((patienceSeconds) => ({
    ...{ perHour: 2 * perHalfHour, handleSeconds, handleCv: undefined, agents, patienceSeconds },
    ...{ withinSeconds: WITHIN_SECONDS, hours: 0, warmUpHours: WARM_UP_HOURS },
  })),
);

/** What the stationary distribution says; shares and seconds. */
export type Golden = Readonly<Partial<Record<MeasureName, number>>>;

/** The golden values of a pool, from its birth and death rates. */
export function goldenOf(pool: SinglePool): Golden {
  const { perHour, handleSeconds, agents, patienceSeconds, withinSeconds } = pool;
  const rate = perHour / 3600;
  const leaving = patienceSeconds === undefined ? 0 : 1 / patienceSeconds;
  const weights = [1];
  for (let state = 1; state < agents + 20_000; state += 1) {
    const down = Math.min(state, agents) / handleSeconds + Math.max(0, state - agents) * leaving;
    weights.push((weights[state - 1] * rate) / down);
  }
  const total = weights.reduceRight((sum, weight) => sum + weight, 0);
  const mean = (of: (state: number) => number) =>
    weights.reduceRight((sum, weight, state) => sum + weight * of(state), 0) / total;
  const pWait = mean((state) => (state >= agents ? 1 : 0));
  const queueMean = mean((state) => Math.max(0, state - agents));
  const occupancy = mean((state) => Math.min(state, agents)) / agents;
  const meanWaitSeconds = queueMean / rate;
  const shared = { pWait, meanWaitSeconds, queueMean, occupancy };
  if (patienceSeconds !== undefined) return { ...shared, abandonment: leaving * meanWaitSeconds };
  // Who finds n in the queue waits for n + 1 ends of service: the tail of an Erlang variable.
  const late = mean((state) =>
    poissonBelow(state - agents, (agents / handleSeconds) * withinSeconds),
  );
  return { ...shared, asaSeconds: meanWaitSeconds, serviceLevel: 1 - late };
}

/** P(N <= count) of a Poisson variable of this mean; 0 below 0. */
function poissonBelow(count: number, mean: number): number {
  if (count > 1000) return 1;
  let term = Math.exp(-mean);
  let sum = 0;
  for (let at = 0; at <= count; at += 1) {
    sum += term;
    term *= mean / (at + 1);
  }
  return sum;
}

/** One value beside what was simulated. */
export interface Comparison {
  readonly measure: MeasureName;
  readonly golden: number;
  /** The measure of each replication. */
  readonly simulated: readonly number[];
}

/** Which runs to do. */
export interface GoldenPlan {
  readonly hours: number;
  readonly replications: number;
  readonly seed: number;
}

/** Simulates a pool beside every golden value there is for it. */
export function compare(pool: SinglePool, plan: GoldenPlan): readonly Comparison[] {
  const { hours, replications, seed } = plan;
  const centre = singlePoolCentre({ ...pool, hours });
  const [{ route }] = referencePolicies(linearAssignment);
  const tallies = Array.from({ length: replications }, (_, replication) =>
    wholeTally(centre, simulate(centre, route, { seed, replication })),
  );
  const golden = new Map(Object.entries(goldenOf(pool)));
  return MEASURES.flatMap(({ name, of }): Comparison[] => {
    const expected = golden.get(name);
    if (expected === undefined) return [];
    return [{ measure: name, golden: expected, simulated: tallies.map((tally) => of(tally) ?? 0) }];
  });
}

/** Whether the interval of the simulated values holds the golden one. */
export function isInside({ golden, simulated }: Comparison, level: number): boolean {
  const { lower, upper } = meanEstimate(simulated, level);
  return lower <= golden && golden <= upper;
}

if (import.meta.main) {
  const { values } = parseArgs({
    options: {
      hours: { type: "string", default: "1000" },
      replications: { type: "string", default: "30" },
      seed: { type: "string", default: "1" },
    },
  });
  const [hours, replications, seed] = [values.hours, values.replications, values.seed].map(Number);
  const found = POOLS.map((pool) => compare(pool, { hours, replications, seed }));
  const all = found.flat();
  const levelTogether = 1 - 0.05 / all.length;
  for (const [at, pool] of POOLS.entries()) {
    process.stdout.write(`${nameOf(pool)}\n${found[at].map(lineOf).join("\n")}\n`);
  }
  const inside = all.filter((one) => isInside(one, 0.95)).length;
  const together = all.filter((one) => isInside(one, levelTogether)).length;
  const { user, system } = process.cpuUsage();
  const perHour = POOLS.reduce((sum, pool) => sum + pool.perHour, 0);
  const contacts = (perHour * hours * replications) / 1e6;
  process.stdout.write(
    `${inside} of ${all.length} inside their 95 % interval (${(0.95 * all.length).toFixed(1)} ` +
      `expected), ${together} inside that of all together (Bonferroni); ` +
      `${contacts.toFixed(1)} million contacts in ${((user + system) / 1e6).toFixed(0)} CPU-s\n`,
  );
}

function nameOf({ perHour, handleSeconds, agents, patienceSeconds }: SinglePool): string {
  const formula = patienceSeconds === undefined ? "C" : `A, patience ${patienceSeconds} s`;
  return `Erlang ${formula}: ${perHour}/h x ${handleSeconds} s, ${agents} agents`;
}

function lineOf(one: Comparison): string {
  const { value, lower, upper } = meanEstimate(one.simulated, 0.95);
  const [golden, mean, from, to] = [one.golden, value, lower, upper].map((number) =>
    number.toFixed(5).padStart(10),
  );
  const verdict = isInside(one, 0.95) ? "" : "  outside";
  return `  ${one.measure.padEnd(16)} ${golden}  simulated ${mean} in ${from} ... ${to}${verdict}`;
}

/**
 * What a tick of contact routing costs, from the body to a checked and explained answer, solved
 * exactly: CPU time, percentiles over seeded ticks.
 *
 *     npx node bench/routing-tick.ts [--ticks N]
 *
 * Goals: 200 contacts and 200 agents at most 50 CPU-ms at the 99th percentile, 1,000 and 1,000 at
 * most 1,000. Two centres: *skills*, where each contact needs one of five skills and each agent has
 * two; and *pool*, where any agent can take any contact, the most options there can be.
 */
import { parseArgs } from "node:util";
import { type Json, present, randomStream, workBudget } from "#foundation";
import { problemDigest, verify } from "#problem";
import { solverNamed } from "#solvers";
import { routing } from "../src/decisions/routing/definition.ts";

const SKILLS = ["cards", "loans", "mortgage", "fraud", "other"];
const SETTING = { policy: routing.defaultPolicy, items: undefined, atUtcMs: 0 };

const STATIONS = ["parse", "pose", "rule", "solve", "verify", "read", "check", "explain"] as const;
type Costs = Record<(typeof STATIONS)[number] | "total", number>;

/** A tick of `size` contacts and as many agents. */
function tick(seed: number, size: number, isPool: boolean): Json {
  const random = randomStream(seed, "tick");
  const skill = () => SKILLS[random.below(SKILLS.length)];
  return {
    contacts: Array.from({ length: size }, (_, index) => ({
      id: `contact-${index}`,
      channel: "voice",
      waitedSeconds: random.below(120),
      needs: isPool ? [] : [{ skill: skill() }],
      value: 100 + random.below(900),
      patienceSeconds: 60 + random.below(240),
    })),
    agents: Array.from({ length: size }, (_, index) => ({
      id: `agent-${index}`,
      skills: { [skill()]: 0.5 + random.unit() / 2, [skill()]: 0.5 + random.unit() / 2 },
      idleSeconds: random.below(60),
      contactsToday: random.below(40),
      costPerHour: 1800 + random.below(1200),
      ...(random.below(5) === 0 && { freeInSeconds: random.below(30) }),
    })),
  };
}

/** The CPU time of every station of one tick, in milliseconds. */
function costsOf(body: Json): Costs {
  const costs: Costs = {
    ...{ parse: 0, pose: 0, rule: 0, solve: 0, verify: 0, read: 0, check: 0, explain: 0, total: 0 },
  };
  function timed<Result>(station: keyof Costs, action: () => Result): Result {
    const before = process.cpuUsage();
    const result = action();
    const { user, system } = process.cpuUsage(before);
    costs[station] += (user + system) / 1000;
    costs.total += (user + system) / 1000;
    return result;
  }
  const parsed = timed("parse", () => routing.parse(body));
  const posed = timed("pose", () => parsed.pose(SETTING));
  const start = present(
    timed("rule", () => posed.rule()),
    "the rule's sample",
  );
  const { best, status } = timed("solve", () => {
    const legs = routing.defaultPolicy.plan.lanes.flat();
    const solver = legs
      .map((leg) => solverNamed(leg.solver))
      .find((one) => one?.supports(posed.problem).kind === "yes");
    const options = { seed: seed(), budget: workBudget(1e12), start };
    return present(solver, "a solver").solve(posed.problem, options);
  });
  if (status !== "optimal") throw new Error(`expected a proof, got ${status}`);
  const { sample } = present(best, "an answer");
  timed("verify", () => [verify(posed.problem, sample), problemDigest(posed.problem)]);
  const answer = timed("read", () => posed.read(sample));
  const { broken } = timed("check", () => posed.check(answer));
  if (broken.length > 0) throw new Error(`expected a clean answer, got ${broken.join(", ")}`);
  timed("explain", () => posed.explain(answer));
  return costs;
}

function seed(): number {
  return 1;
}

function percentile(values: readonly number[], share: number): number {
  const sorted = values.toSorted((one, other) => one - other);
  return sorted[Math.min(sorted.length - 1, Math.ceil(share * sorted.length) - 1)];
}

const { values } = parseArgs({ options: { ticks: { type: "string", default: "200" } } });
const ticks = Number(values.ticks);
for (const [size, count] of [
  [200, ticks],
  [1000, Math.ceil(ticks / 10)],
]) {
  for (const isPool of [false, true]) {
    // The first ticks warm the engine up, as a running server's is.
    const warmUp = Math.max(3, Math.ceil(count / 2));
    const measured: Costs[] = [];
    for (let index = 0; index < warmUp + count; index += 1) {
      const costs = costsOf(tick(index, size, isPool));
      if (index >= warmUp) measured.push(costs);
    }
    const at = (share: number, station: keyof Costs) =>
      percentile(
        measured.map((costs) => costs[station]),
        share,
      ).toFixed(1);
    const kind = isPool ? "pool" : "skills";
    process.stdout.write(
      `${size} x ${size}, ${kind}, ${count} ticks: ` +
        `p50 ${at(0.5, "total")}, p99 ${at(0.99, "total")} CPU-ms\n`,
    );
    const parts = STATIONS.map((station) => `${station} ${at(0.5, station)}`);
    process.stdout.write(`  medians: ${parts.join(", ")}\n`);
  }
}

/**
 * What the decision type costs around the search: each station of a ranking at n = 200, k = 10,
 * warm, in CPU time.
 *
 *     npx node bench/ranking-path.ts
 *
 * Goals: 1 CPU-ms in all with registered items, 4 CPU-ms with 32 numbers of embedding per candidate
 * in the body.
 */
import { canonicalJson, present } from "#foundation";
import { ranking } from "../src/decisions/ranking/definition.ts";
import { rankingRequest, registered } from "../test/generators/ranking-requests.ts";

const ROUNDS = 2000;
const REQUESTS = 40;

/** Milliseconds of CPU time of `action`, mean over rounds after as many warm-up rounds. */
function cpuMs(action: (index: number) => void): number {
  for (let round = 0; round < ROUNDS; round += 1) action(round % REQUESTS);
  const before = process.cpuUsage();
  for (let round = 0; round < ROUNDS; round += 1) action(round % REQUESTS);
  const { user, system } = process.cpuUsage(before);
  return (user + system) / 1000 / ROUNDS;
}

function feasibleSeeds(): number[] {
  const seeds: number[] = [];
  for (let seed = 0; seeds.length < REQUESTS; seed += 1) {
    const body = rankingRequest(seed, { candidateCount: 200, positionCount: 10, dimension: 32 });
    const posed = ranking.parse(body).pose(settingOf(undefined));
    if (posed.rule() !== undefined) seeds.push(seed);
  }
  return seeds;
}

function settingOf(items: Parameters<typeof ranking.prepareItems>[0] | undefined) {
  return {
    policy: ranking.defaultPolicy,
    atUtcMs: 0,
    items:
      items === undefined
        ? undefined
        : { name: "shop", version: 1, digest: "", prepared: ranking.prepareItems(items) },
  };
}

/** The stations one after another; each line is what its station adds. */
function measure(
  title: string,
  cases: readonly (readonly [string, ReturnType<typeof settingOf>])[],
) {
  const bodies = cases.map(([text]): unknown => JSON.parse(text));
  const parsed = bodies.map((body) => ranking.parse(body));
  const posed = parsed.map((request, index) => request.pose(cases[index][1]));
  const samples = posed.map((decision) => present(decision.rule(), "feasible sample"));
  const answers = posed.map((decision, index) => decision.read(samples[index]));
  const stations = {
    parse: cpuMs((index) => ranking.parse(bodies[index])),
    pose: cpuMs((index) => parsed[index].pose(cases[index][1])),
    rule: cpuMs((index) => posed[index].rule()),
    read: cpuMs((index) => posed[index].read(samples[index])),
    check: cpuMs((index) => posed[index].check(answers[index])),
    explain: cpuMs((index) => posed[index].explain(answers[index])),
  };
  const total = Object.values(stations).reduce((sum, ms) => sum + ms, 0);
  const schema = cpuMs((index) => ranking.requestSchema.parse(bodies[index]));
  process.stdout.write(`${title}: ${total.toFixed(3)} CPU-ms\n`);
  for (const [name, ms] of Object.entries({ ...stations, "(schema)": schema })) {
    process.stdout.write(`  ${name.padEnd(8)} ${ms.toFixed(3)}\n`);
  }
}

const requests = feasibleSeeds().map((seed) =>
  rankingRequest(seed, { candidateCount: 200, positionCount: 10, dimension: 32 }),
);
measure(
  "registered items",
  requests.map((request) => {
    const split = registered(request);
    const items = split.items.map((item) => JSON.parse(canonicalJson(item)));
    return [canonicalJson(split.request), settingOf(items)];
  }),
);
measure(
  "embeddings in the body",
  requests.map((request) => [canonicalJson(request), settingOf(undefined)]),
);

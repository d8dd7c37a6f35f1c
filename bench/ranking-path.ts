/**
 * What one ranking costs the thread that answers, station by station, around the search: 200
 * candidates for 10 places, as `bench/serve` asks them. Warm, in CPU time of this thread, every
 * request through all stations before the next.
 *
 *     npx node bench/ranking-path.ts [rounds]
 *
 * Goals: 1 CPU-ms in all with registered items, 4 CPU-ms with 32 numbers of embedding per candidate
 * in the body.
 */
import { randomBytes } from "node:crypto";
import { LOCAL_PRINCIPAL, present } from "#foundation";
import { verify } from "#problem";
import { solve } from "#runtime";
import { ranking } from "../src/decisions/ranking/definition.ts";
import { type AdmittedRequest, admit } from "../src/pipeline/admit.ts";
import { sealDecision, storedDecision } from "../src/pipeline/record.ts";
import { replyOf } from "../src/pipeline/reply.ts";
import { conclude } from "../src/runtime/conclude.ts";
import { parseJsonBody } from "../src/server/intake/json-body.ts";
import { testPlatform } from "../test/pipeline/platform.ts";
import { embeddingRequests, ITEM_SET, registeredRequests, shopItems } from "./serve/workload.ts";

const ROUNDS = Number(process.argv[2] ?? 2000);
const WARM_UP = 1000;
const REQUESTS = 50;
const SEARCH_MS = 60_000;
const STATIONS = "body parse pose rule verdict read check explain seal reply".split(" ");

const platform = { ...testPlatform({ threadCount: 1 }), newSalt };
const items = { name: ITEM_SET, version: 1, digest: "", prepared: preparedShop() };
const assignment = {
  policy: ranking.defaultPolicy,
  reference: "homepage@1",
  digest: "",
  arm: "default",
  propensity: 1,
};
// Most rankings are proved by the first lane alone, on this very thread.
const plan = { ...ranking.defaultPolicy.plan, lanes: ranking.defaultPolicy.plan.lanes.slice(0, 1) };

function newSalt(): string {
  return randomBytes(16).toString("hex");
}

function preparedShop() {
  return ranking.prepareItems(JSON.parse(JSON.stringify(shopItems())));
}

function pose({ parsed }: AdmittedRequest) {
  const shelved = parsed.options.items === undefined ? undefined : items;
  return parsed.pose({ policy: ranking.defaultPolicy, items: shelved, atUtcMs: 0 });
}

/** The attempts of the search, which is not what is measured here. */
async function searched(bytes: Uint8Array) {
  const admitted = admit(platform, LOCAL_PRINCIPAL, "ranking", parseJsonBody(bytes), {});
  const posed = pose(admitted);
  const endMs = platform.clock.monotonicMs() + SEARCH_MS;
  const budget = { searchUntilMs: endMs, abandonAtMs: endMs };
  const request = { problem: posed.problem, rule: posed.rule(), plan, seed: 1, budget };
  const { attempts } = await solve(request, platform);
  return { bytes, attempts };
}

type Searched = Awaited<ReturnType<typeof searched>>;

/** One request through all stations; `lap` is called after each. */
function walk({ bytes, attempts }: Searched, lap: () => void): string {
  const body = parseJsonBody(bytes);
  lap();
  const admitted = admit(platform, LOCAL_PRINCIPAL, "ranking", body, { receivedAtMs: 0 });
  lap();
  const posed = pose(admitted);
  lap();
  const rule = present(posed.rule(), "feasible sample");
  lap();
  const { objective } = verify(posed.problem, rule);
  const report = conclude(posed.problem, { sample: rule, objective }, attempts, plan.gapMax);
  lap();
  const best = present(report.best, "answer");
  const answer = posed.read(best.sample);
  lap();
  if (posed.check(answer).broken.length > 0) throw new Error("expected a sound answer");
  lap();
  const reasons = posed.explain(answer);
  lap();
  const quality = {
    rung: present(report.rung, "rung"),
    status: "optimal",
    objective: best.objective,
    bound: report.bound ?? null,
    gap: report.gap ?? null,
    ruleObjective: report.ruleObjective ?? null,
    solver: best.solver,
  } as const;
  const formulation = { posed, items, rule };
  const kept = sealDecision(platform, {
    ...{ admitted, assignment, formulation, report, seed: 1, intents: undefined },
    decision: { answer, quality, reasons },
    reservation: { decisionId: platform.newId(), free: undefined },
    ...{ deadlineMs: 100, solveMs: 1 },
  });
  const row = storedDecision(kept);
  lap();
  const reply = JSON.stringify(replyOf(kept.record));
  lap();
  return reply + row.recordDigest;
}

async function measure(title: string, bodies: readonly string[]): Promise<void> {
  const cases = await Promise.all(bodies.map((body) => searched(Buffer.from(body))));
  const spent = new Float64Array(STATIONS.length);
  let station = 0;
  let before = 0;
  const lap = () => {
    const { user, system } = process.threadCpuUsage();
    spent[station] += user + system - before;
    station += 1;
    before = user + system;
  };
  for (let round = -WARM_UP; round < ROUNDS; round += 1) {
    if (round === 0) spent.fill(0);
    const { user, system } = process.threadCpuUsage();
    before = user + system;
    station = 0;
    walk(cases[(round + WARM_UP) % cases.length], lap);
  }
  const ms = Array.from(spent, (us) => us / 1000 / ROUNDS);
  const total = ms.reduce((sum, part) => sum + part, 0);
  process.stdout.write(`${title}: ${total.toFixed(3)} CPU-ms\n`);
  for (const [index, part] of ms.entries()) {
    process.stdout.write(`  ${STATIONS[index].padEnd(8)} ${part.toFixed(3)}\n`);
  }
}

try {
  await platform.pool.ready();
  const asked = (requests: readonly { readonly body: string }[]) =>
    requests.map(({ body }) => body);
  await measure("registered items", asked(registeredRequests(REQUESTS)));
  await measure("embeddings in the body", asked(embeddingRequests(REQUESTS)));
} finally {
  await platform.pool.close();
}

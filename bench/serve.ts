/**
 * How the server behaves under load: `npm run bench:serve`.
 *
 * The server is the command's own, with its embedded durable store and its log; the load comes from
 * a process of its own on the same machine. Open loop at 200 decisions a second with registered
 * items and at 100 with embeddings in the body, medians of five runs of 15 s; what a decision costs
 * beside a bare validated echo of the same body; what a few clients that never pause can get; and
 * twice that for a minute. Goals: p99 of the server's time 10 ms and 30 ms, no late answer, no
 * unclassified ending, no refusal later than 2 s after the overload.
 *
 *     npm run bench:serve -- --only registered,overload --runs 1 --seconds 5 --json figures.json
 */
import { fork } from "node:child_process";
import { mkdtemp, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import { parseArgs } from "node:util";
import { medianBy, type RunFigures, runFigures } from "./serve/figures.ts";
import { followOrder } from "./serve/follow-order.ts";
import type { LoadOrder } from "./serve/load-process.ts";
import { overloadText, runText } from "./serve/report.ts";
import { type ServedProcess, startEcho, startPlatform } from "./serve/served-process.ts";

type Workload = LoadOrder["workload"];

const MODES = ["registered", "embeddings", "echo", "overload"];
const PER_SECOND: Readonly<Record<Workload, number>> = { registered: 200, embeddings: 100 };
const WARM_UP_S = 8;
/** Clients of the closed loop: enough that the server never waits for them. */
const CLIENTS = 12;
const RECOVERY_S = 5;

const USAGE = `Usage: npm run bench:serve -- [options]

  --only <modes>              of ${MODES.join(",")} (default: all)
  --runs <number>             runs of each workload (default: 5)
  --seconds <number>          length of a run (default: 15)
  --overload-seconds <number> length of the overload (default: 60)
  --node-flags <flags>        flags of the server's Node, separated by spaces
  --json <file>               also write every figure there
`;

const asked = askedFor(process.argv.slice(2));
const runs = Number(asked.runs);
const seconds = Number(asked.seconds);
const modes = new Set(asked.only.split(","));
const generator = fork(new URL("./serve/load-process.ts", import.meta.url));
const figures: Record<string, unknown> = {};

try {
  if (["registered", "embeddings", "overload"].some((mode) => modes.has(mode))) {
    await measureDecisions();
  }
  if (modes.has("echo")) await measureEcho();
} finally {
  generator.disconnect();
}
if (asked.json !== undefined) await writeFile(asked.json, `${JSON.stringify(figures, null, 2)}\n`);

/** The options; help, or a flaw in them, ends the program. */
function askedFor(args: readonly string[]) {
  try {
    const { values } = parseArgs({
      args: [...args],
      options: {
        help: { type: "boolean", short: "h" },
        only: { type: "string", default: MODES.join(",") },
        runs: { type: "string", default: "5" },
        seconds: { type: "string", default: "15" },
        "overload-seconds": { type: "string", default: "60" },
        "node-flags": { type: "string", default: "" },
        json: { type: "string" },
      },
    });
    if (values.help) {
      say(USAGE);
      process.exit(0);
    }
    const strange = values.only.split(",").find((mode) => !MODES.includes(mode));
    if (strange !== undefined)
      throw new Error(`--only: expected ${MODES.join(", ")}, got ${strange}`);
    for (const name of ["runs", "seconds", "overload-seconds"] as const) {
      if (Number(values[name]) > 0) continue;
      throw new Error(`--${name}: expected a number above 0, got ${values[name]}`);
    }
    return values;
  } catch (error) {
    const why = error instanceof Error ? error.message : String(error);
    process.stderr.write(`${why}\n\n${USAGE}`);
    process.exit(2);
  }
}

async function measureDecisions(): Promise<void> {
  const folder = await mkdtemp(path.join(tmpdir(), "tandem-bench-"));
  const server = await startPlatform(folder, asked["node-flags"].split(" ").filter(Boolean));
  try {
    for (const workload of ["registered", "embeddings"] as const) {
      if (!modes.has(workload)) continue;
      const load = { kind: "open", perSecond: PER_SECOND[workload], seconds, seed: 0 } as const;
      await run(server, { workload, load: { ...load, seconds: WARM_UP_S } });
      figures[workload] = await repeated(workload, (seed) =>
        run(server, { workload, load: { ...load, seed } }),
      );
    }
    if (modes.has("overload")) figures.overload = await measureOverload(server);
  } finally {
    await server.stop();
  }
}

/** The same rates against the echo. */
async function measureEcho(): Promise<void> {
  const server = await startEcho();
  try {
    for (const workload of ["registered", "embeddings"] as const) {
      const load = { kind: "open", perSecond: PER_SECOND[workload], seconds, seed: 1 } as const;
      const order = { workload, asks: "echo", load } as const;
      await run(server, { ...order, load: { ...load, seconds: WARM_UP_S } });
      const name = `echo of ${workload}`;
      const echoed = await run(server, order);
      say(runText(name, echoed));
      figures[name] = echoed;
      sayRate(`echoes (${workload})`, echoed.cpuMsPerAnswer);
    }
  } finally {
    await server.stop();
  }
}

/** What clients that never pause get, twice that for a minute, and half of it afterwards. */
async function measureOverload(server: ServedProcess) {
  const workload = "registered";
  const closed = { kind: "closed", clients: CLIENTS, seconds } as const;
  await run(server, { workload, load: { ...closed, seconds: WARM_UP_S } });
  const capacity = await run(server, { workload, load: closed });
  say(runText(`${CLIENTS} clients without pause`, capacity));
  const perSecond = 2 * capacity.answersPerSecond;
  const overloadSeconds = Number(asked["overload-seconds"]);
  const load = { kind: "open", perSecond, seconds: overloadSeconds, seed: 7 } as const;
  const overload = await run(server, { workload, load });
  say(runText(`twice that, ${perSecond.toFixed(0)} a second`, overload));
  const calm = { ...load, perSecond: capacity.answersPerSecond / 2, seconds: RECOVERY_S };
  const lives = await followOrder(generator, {
    url: server.url,
    workload,
    asks: "decisions",
    load: calm,
  });
  server.takeServed();
  const turnedAway = lives.filter(({ ending }) => ending.kind !== "answered");
  const recoveryMs = Math.max(0, ...turnedAway.map(({ endedMs }) => endedMs));
  say(overloadText(overload, capacity, recoveryMs));
  return { capacity, overload, recoveryMs };
}

async function repeated(title: string, runOnce: (seed: number) => Promise<RunFigures>) {
  const all: RunFigures[] = [];
  for (let seed = 1; seed <= runs; seed += 1) {
    all.push(await runOnce(seed));
    say(runText(`${title}, run ${seed}`, all[all.length - 1]));
  }
  const medians = {
    serverMsP50: medianBy(all, ({ serverMs }) => serverMs?.p50 ?? Number.NaN),
    serverMsP99: medianBy(all, ({ serverMs }) => serverMs?.p99 ?? Number.NaN),
    clientMsP99: medianBy(all, ({ clientMs }) => clientMs.p99),
    cpuMsPerAnswer: medianBy(all, ({ cpuMsPerAnswer }) => cpuMsPerAnswer),
  };
  const lines = Object.entries(medians).map(([name, value]) => `${name} ${value.toFixed(2)}`);
  say(`${title}, medians of ${runs}: ${lines.join(", ")}`);
  sayRate(`decisions (${title})`, medians.cpuMsPerAnswer);
  return { runs: all, medians };
}

async function run(
  server: ServedProcess,
  order: Omit<LoadOrder, "url" | "asks"> & { readonly asks?: LoadOrder["asks"] },
): Promise<RunFigures> {
  server.takeServed();
  const before = await server.cpuSeconds();
  const lives = await followOrder(generator, { url: server.url, asks: "decisions", ...order });
  const cpuSeconds = (await server.cpuSeconds()) - before;
  return runFigures(lives, server.takeServed(), { seconds: order.load.seconds, cpuSeconds });
}

function sayRate(what: string, cpuMsEach: number): void {
  say(`${what} per CPU-second: ${(1000 / cpuMsEach).toFixed(0)}`);
}

function say(text: string): void {
  process.stdout.write(`${text}\n`);
}

/**
 * Contention: processes that are ended in the middle of what they do, and what the store says
 * afterwards, held against what they were told.
 */
import { spawn } from "node:child_process";
import { once } from "node:events";
import fs from "node:fs";
import os from "node:os";
import path from "node:path";
import { type RandomStream, randomStream } from "#foundation";
import type { PlatformStore } from "#store";
import { RESOURCES, Stories, TENANT, TOTAL } from "./deeds.ts";

/** What is to be fought over, and how hard. */
export interface Contention {
  /** A directory, for one process at a time, or the address of a server. */
  readonly place: string;
  readonly processes: number;
  readonly operations: number;
  readonly kills: number;
  readonly seed: number;
  /** Opens the same place when nobody has it open any more. */
  open(): Promise<PlatformStore>;
}

/** What was found; all but the first two have to be 0. */
export interface Findings {
  readonly operations: number;
  readonly kills: number;
  /** Moments at which more was certainly held than there is, and resources the store has so. */
  readonly oversold: number;
  /** Units taken that nobody can have kept. */
  readonly leaked: number;
  /** Units kept by a confirmed commit that are not taken. */
  readonly lost: number;
  /** Units left after everything was released. */
  readonly left: number;
}

const EXPIRED_MS = 10_000;
/** Releases asked for at once in the end; a store refuses too many. */
const TOGETHER = 1000;

/** Runs it. */
export async function contend(contention: Contention): Promise<Findings> {
  const { operations, kills, processes, seed } = contention;
  const random = randomStream(seed, "contention");
  const stories = new Stories();
  let killed = 0;
  for (let round = 0; stories.operations < operations; round += 1) {
    const rounds = kills - killed + 1;
    const most = Math.ceil((operations - stories.operations) / rounds);
    const each = Math.ceil(most / processes);
    const runs = Array.from({ length: processes }, (_, number) =>
      // One of the processes is ended on the way, as long as there are kills left.
      oneRun(contention, `${round}.${number}`, stories, {
        operations: killed < kills && number === 0 ? each * 2 : each,
        killAfter: killed < kills && number === 0 ? killPoint(random, each) : undefined,
      }),
    );
    for (const wasKilled of await Promise.all(runs)) if (wasKilled) killed += 1;
  }
  const store = await contention.open();
  try {
    return { operations: stories.operations, kills: killed, ...(await audit(store, stories)) };
  } finally {
    await store.close();
  }
}

function killPoint(random: RandomStream, operations: number): number {
  return Math.ceil(operations / 2) + random.below(Math.ceil(operations / 2));
}

/** Runs one contender to its end; whether it was killed. */
async function oneRun(
  { place, seed }: Contention,
  name: string,
  stories: Stories,
  fate: { readonly operations: number; readonly killAfter: number | undefined },
): Promise<boolean> {
  const program = new URL("./contender.ts", import.meta.url).pathname;
  const log = path.join(os.tmpdir(), `tandem-contender-${process.pid}-${name}`);
  const kill = fate.killAfter === undefined ? [] : [String(fate.killAfter)];
  const own = [place, name, `${seed}${name.replace(".", "")}`, String(fate.operations), log];
  const child = spawn(process.execPath, [program, ...own, ...kill], {
    stdio: ["ignore", "ignore", "pipe"],
  });
  let complaint = "";
  child.stderr.on("data", (chunk: Buffer) => {
    complaint += String(chunk);
  });
  const [code, signal] = await once(child, "exit");
  for (const line of fs.readFileSync(log, "utf8").split("\n")) {
    if (line.endsWith("}")) stories.hear(JSON.parse(line));
  }
  fs.rmSync(log);
  const isKilled = signal === "SIGKILL";
  if (code !== 0 && !isKilled) {
    throw new Error(`expected contender ${name} to end well, got ${code}: ${complaint}`);
  }
  return isKilled;
}

async function audit(store: PlatformStore, stories: Stories) {
  let oversold = stories.oversold();
  let leaked = 0;
  let lost = 0;
  // Counted with everything that ever was reserved and not removed: none may be beyond its total.
  const laterMs = Date.now() + EXPIRED_MS;
  for (const { resource, taken } of await store.capacities(TENANT, RESOURCES, laterMs)) {
    if (taken > TOTAL) oversold += 1;
    const { least, most } = stories.finallyTaken(resource);
    leaked += Math.max(0, taken - most);
    lost += Math.max(0, least - taken);
  }
  await store.expireCapacity(laterMs);
  const { ids } = stories;
  for (let from = 0; from < ids.length; from += TOGETHER) {
    const some = ids.slice(from, from + TOGETHER);
    await Promise.all(some.map((id) => store.releaseCapacity(TENANT, id)));
  }
  const after = await store.capacities(TENANT, RESOURCES, 0);
  if (after.length !== RESOURCES.length) throw new Error("expected every resource to be there");
  const left = after.reduce((sum, { taken }) => sum + taken, 0);
  return { oversold, leaked, lost, left };
}

/**
 * Kills the whole server with SIGKILL again and again while clients decide, and checks after each
 * restart that every decision a client was given is there, unchanged.
 *
 *     npx node test/durability/kill-server.ts --rounds 50
 */
import { type ChildProcess, spawn } from "node:child_process";
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import { setTimeout as pause } from "node:timers/promises";
import { parseArgs } from "node:util";
import { canonicalJson, randomStream, sha256Hex } from "#foundation";
import { rankingRequest } from "../generators/ranking-requests.ts";

/** What was acknowledged, and what became of it. */
export interface KillReport {
  readonly rounds: number;
  readonly acknowledged: number;
  readonly missing: number;
  readonly changed: number;
  readonly failedReopenings: number;
  readonly readyMsMax: number;
}

interface Server {
  readonly process: ChildProcess;
  readonly url: string;
  readonly readyMs: number;
}

const ENTRY = new URL("../../src/cli/main.ts", import.meta.url).pathname;
const CLIENTS = 8;
/** The kill comes after at least so many acknowledgements in its round. */
const ACKNOWLEDGED_MIN = 15;
const READY_WITHIN_MS = 30_000;

/** Runs `rounds` of load, kill and reopening on one data folder. */
export async function killServer(rounds: number, seed: number): Promise<KillReport> {
  const folder = await mkdtemp(path.join(tmpdir(), "tandem-kill-"));
  const random = randomStream(seed, "kill");
  const acknowledged = new Map<string, string>();
  const tally = { missing: 0, changed: 0, failedReopenings: 0, readyMsMax: 0 };
  try {
    for (let round = 0; round <= rounds; round += 1) {
      const server = await openServer(folder);
      if (server === undefined) {
        tally.failedReopenings += 1;
        break;
      }
      if (round > 0) tally.readyMsMax = Math.max(tally.readyMsMax, server.readyMs);
      await verifyAll(server.url, acknowledged, tally);
      const clients = Array.from({ length: round < rounds ? CLIENTS : 0 }, (_, client) =>
        decideUntilGone(server.url, seed * 7919 + round * 1000 + client, acknowledged),
      );
      await acknowledging(acknowledged, round < rounds ? ACKNOWLEDGED_MIN : 0);
      await pause(random.below(1200));
      server.process.kill("SIGKILL");
      await Promise.all([...clients, ended(server.process)]);
    }
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
  return { rounds, acknowledged: acknowledged.size, ...tally };
}

/** Waits until `count` more have been acknowledged, or for too long. */
async function acknowledging(acknowledged: ReadonlyMap<string, string>, count: number) {
  const enough = acknowledged.size + count;
  for (let waitedMs = 0; acknowledged.size < enough && waitedMs < READY_WITHIN_MS; waitedMs += 20) {
    await pause(20);
  }
}

async function openServer(folder: string): Promise<Server | undefined> {
  const startedAtMs = performance.now();
  const port = 20_000 + (process.pid % 20_000);
  const child = spawn(
    process.execPath,
    [ENTRY, "serve", "--data", folder, "--port", String(port), "--no-sample"],
    { stdio: "ignore" },
  );
  const url = `http://127.0.0.1:${port}`;
  while (performance.now() - startedAtMs < READY_WITHIN_MS && child.exitCode === null) {
    const ready = await fetch(`${url}/readyz`).catch(() => undefined);
    await ready?.arrayBuffer();
    if (ready?.status === 200) {
      return { process: child, url, readyMs: performance.now() - startedAtMs };
    }
    await pause(50);
  }
  child.kill("SIGKILL");
  await ended(child);
  return undefined;
}

/** Decides one request after another; a reply that arrived whole counts as acknowledged. */
async function decideUntilGone(
  url: string,
  seed: number,
  acknowledged: Map<string, string>,
): Promise<void> {
  const headers = { "content-type": "application/json" };
  for (let index = 0; ; index += 1) {
    const body = JSON.stringify(rankingRequest(seed + index * 31, { dimension: 4 }));
    try {
      const init = { method: "POST", headers, body };
      const response = await fetch(`${url}/v1/decisions/ranking`, init);
      const text = await response.text();
      if (response.status !== 200) continue;
      const reply: { readonly decisionId: string } = JSON.parse(text);
      acknowledged.set(reply.decisionId, sha256Hex(canonicalJson(reply)));
    } catch {
      return; // The server is gone; what was not answered was not acknowledged.
    }
  }
}

async function verifyAll(
  url: string,
  acknowledged: ReadonlyMap<string, string>,
  tally: { missing: number; changed: number },
): Promise<void> {
  for (const [id, digest] of acknowledged) {
    const response = await fetch(`${url}/v1/decisions/${id}`);
    const view: { readonly reply?: unknown } = JSON.parse(await response.text());
    if (response.status !== 200) tally.missing += 1;
    else if (sha256Hex(canonicalJson(view.reply)) !== digest) tally.changed += 1;
  }
}

async function ended(child: ChildProcess): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null) return;
  await new Promise((resolve) => child.once("exit", resolve));
}

if (import.meta.main) {
  const { values } = parseArgs({
    options: {
      rounds: { type: "string", default: "50" },
      seed: { type: "string", default: "1" },
    },
  });
  const report = await killServer(Number(values.rounds), Number(values.seed));
  process.stdout.write(`${JSON.stringify(report, null, 2)}\n`);
  const lost = report.missing + report.changed + report.failedReopenings;
  process.exitCode = lost === 0 && report.acknowledged > 0 ? 0 : 1;
}

/**
 * A server in a process of its own, as an operator would start it: its address, its processor time,
 * and how long it took over each request by its own log.
 */
import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { rm } from "node:fs/promises";
import readline from "node:readline";
import type { Readable } from "node:stream";
import { ITEM_SET, shopItems } from "./workload.ts";

/** A request by the server's own clock, from its last byte in to its reply handed over. */
export interface Served {
  readonly status: number;
  readonly serverMs: number;
}

/** A running server. */
export interface ServedProcess {
  readonly url: string;
  /** Processor time of all its threads so far, in seconds. */
  cpuSeconds(): Promise<number>;
  /** Requests since the last call. */
  takeServed(): readonly Served[];
  stop(): Promise<void>;
}

const DECISIONS = "/v1/decisions/ranking";

/** The platform on `folder`, with the items registered; `nodeFlags` for whoever wants a profile. */
export async function startPlatform(
  folder: string,
  nodeFlags: readonly string[],
): Promise<ServedProcess> {
  const entry = new URL("../../src/cli/main.ts", import.meta.url).pathname;
  const serve = ["serve", "--data", folder, "--port", "0", "--no-sample", "--json"];
  const served: Served[] = [];
  const child = spawn(process.execPath, [...nodeFlags, entry, ...serve, "--log-level", "info"], {
    stdio: ["ignore", "pipe", "pipe"],
  });
  readline.createInterface({ input: child.stderr }).on("line", (line) => {
    const { route, status, serverMs } = logLine(line);
    if (route === DECISIONS && status !== undefined && serverMs !== undefined) {
      served.push({ status, serverMs });
    }
  });
  const url = await addressOf(child, child.stdout);
  const put = await fetch(`${url}/v1/items/${ITEM_SET}`, {
    method: "PUT",
    headers: { "content-type": "application/json" },
    body: JSON.stringify({ type: "ranking", items: shopItems() }),
  });
  if (put.status !== 200) throw new Error(`items: ${put.status} ${await put.text()}`);
  return {
    url,
    cpuSeconds: () => cpuSecondsOf(url),
    takeServed: () => served.splice(0),
    stop: async () => {
      await stopped(child);
      await rm(folder, { recursive: true, force: true });
    },
  };
}

/** The echo server. */
export async function startEcho(): Promise<ServedProcess> {
  const entry = new URL("./echo.ts", import.meta.url).pathname;
  const child = spawn(process.execPath, [entry], { stdio: ["ignore", "pipe", "inherit"] });
  const url = await addressOf(child, child.stdout);
  return {
    url,
    cpuSeconds: () => cpuSecondsOf(url),
    takeServed: () => [],
    stop: () => stopped(child),
  };
}

/** The first line a server prints is JSON with its address. */
async function addressOf(child: ChildProcess, output: Readable): Promise<string> {
  const lines = readline.createInterface({ input: output });
  const first = await Promise.race([once(lines, "line"), once(child, "exit")]);
  const started: { readonly url?: string } = JSON.parse(String(first[0]));
  if (started.url === undefined) throw new Error(`expected a server, got exit ${first[0]}`);
  return started.url;
}

async function cpuSecondsOf(url: string): Promise<number> {
  const text = await (await fetch(`${url}/metrics`)).text();
  const value = /^process_cpu_seconds_total ([\d.e+-]+)/m.exec(text)?.[1];
  if (value === undefined) throw new Error("expected process_cpu_seconds_total in /metrics");
  return Number(value);
}

async function stopped(child: ChildProcess): Promise<void> {
  if (child.exitCode !== null) return;
  child.kill("SIGTERM");
  await once(child, "exit");
}

function logLine(line: string): {
  readonly route?: string;
  readonly status?: number;
  readonly serverMs?: number;
} {
  return line.startsWith("{") ? JSON.parse(line) : {};
}

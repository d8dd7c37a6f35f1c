/**
 * The server under attack: the real program in a process of its own, with keys of every kind.
 */
import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import fs from "node:fs";
import os from "node:os";
import path from "node:path";
import { createInterface } from "node:readline";
import { setTimeout as pause } from "node:timers/promises";
import { z } from "zod";
import { present } from "#foundation";
import { PATIENT, ranking } from "../http/patient.ts";

const ROOT = path.join(import.meta.dirname, "../..");
const READY_WITHIN_MS = 60_000;
/** Well above what the attack sends: limits of rate have tests of their own. */
const RATE = "1000000";

/** Memory in bytes after collecting garbage, and processor time since the start. */
export interface Usage {
  readonly rss: number;
  readonly heapUsed: number;
  /** Of all other threads together. */
  readonly heapOfThreads: number;
  /** Of all threads: what their heaps keep pages for, filled or not. */
  readonly heapPages: number;
  readonly external: number;
  readonly cpuMs: number;
  /** What the store has on disk; its page cache is part of `rss`. */
  readonly stored: number;
}

/** Authorization values by what they are. */
export type Keys = Readonly<Record<"admin" | "operator" | "reader" | "revoked", string>>;

/** A server that can be attacked, watched and ended. */
export interface AttackedServer {
  readonly url: string;
  readonly keys: Keys;
  /** Exit code or signal, once it has ended; `undefined` while it runs. */
  ended(): string | undefined;
  /** Log lines of failures inside the program. */
  failures(): readonly string[];
  usage(): Promise<Usage>;
  close(): Promise<void>;
}

const usageSchema = z.object({
  rss: z.number(),
  heapUsed: z.number(),
  heapOfThreads: z.number(),
  heapPages: z.number(),
  external: z.number(),
  cpuMs: z.number(),
});
const created = z.object({ key: z.string(), id: z.string() });

const example = z.looseObject({}).parse(ranking.example);
const ASKING = { policy: "patient@1" };

/** Starts the server on an empty folder, makes its keys and the policy `patient@1`. */
export async function openAttackedServer(): Promise<AttackedServer> {
  const folder = fs.mkdtempSync(path.join(os.tmpdir(), "tandem-hostile-"));
  const child = spawn(
    process.execPath,
    [
      ...["--expose-gc", "--import", path.join(import.meta.dirname, "collect-on-request.ts")],
      ...[path.join(ROOT, "src/cli/main.ts"), "serve", "--json", "--port", "0", "--data", folder],
      ...["--no-sample", "--log-level", "error", "--rate-per-key", RATE],
      ...["--rate-per-tenant", RATE],
    ],
    { stdio: ["ignore", "pipe", "pipe", "ipc"], env: { ...process.env, PORT: "" } },
  );
  const failures: string[] = [];
  let end: string | undefined;
  child.once("exit", (code, signal) => {
    end = String(signal ?? code);
  });
  createInterface({ input: present(child.stderr, "its log") }).on("line", (line) => {
    if (!line.includes("console")) failures.push(line); // It may have to be built first.
  });
  const url = await addressOf(child);
  const keys = await makeKeys(url);
  return {
    url,
    keys,
    ended: () => end,
    failures: () => failures,
    usage: async () => {
      child.send("collect");
      const [told] = await once(child, "message");
      return { ...usageSchema.parse(told), stored: bytesBelow(folder) };
    },
    close: async () => {
      if (end === undefined) {
        child.kill("SIGTERM");
        await once(child, "exit");
      }
      fs.rmSync(folder, { recursive: true, force: true });
    },
  };
}

function bytesBelow(folder: string): number {
  const files = fs.readdirSync(folder, { recursive: true, encoding: "utf8" });
  const sizes = files.map((name) =>
    fs.statSync(path.join(folder, name), { throwIfNoEntry: false }),
  );
  return sizes.reduce((sum, facts) => sum + (facts?.isFile() ? facts.size : 0), 0);
}

async function addressOf(child: ChildProcess): Promise<string> {
  const lines = createInterface({ input: present(child.stdout, "its output") });
  const started = once(lines, "line").then(([line]) => JSON.parse(line));
  const late = pause(READY_WITHIN_MS, undefined, { ref: false });
  const gone = once(child, "exit").then(() => undefined);
  return z.object({ url: z.string() }).parse(await Promise.race([started, late, gone])).url;
}

async function makeKeys(url: string): Promise<Keys> {
  async function post(where: string, body: unknown, authorization?: string): Promise<unknown> {
    const headers = { "content-type": "application/json", ...(authorization && { authorization }) };
    const reply = await fetch(new URL(where, url), {
      method: "POST",
      headers,
      body: JSON.stringify(body),
    });
    return reply.json();
  }
  const make = async (role: string, by?: string) =>
    created.parse(await post("/v1/keys", { name: role, role }, by));
  const admin = `Bearer ${(await make("admin")).key}`;
  const revoked = await make("admin", admin);
  await post(`/v1/keys/${revoked.id}/revoke`, {}, admin);
  await post("/v1/policies", PATIENT, admin);
  // Admission knows the deadline of a policy once it has answered.
  await post("/v1/decisions/ranking", { ...example, options: ASKING }, admin);
  return {
    admin,
    operator: `Bearer ${(await make("operator", admin)).key}`,
    reader: `Bearer ${(await make("reader", admin)).key}`,
    revoked: `Bearer ${revoked.key}`,
  };
}

/**
 * The whole platform over a store in trouble: slow, nearly full, full, dead, and with a flush that
 * failed. Requests end as their policy says, readiness says why, what can heal heals by itself, and
 * nothing acknowledged is lost. In this order, on one server.
 */
import fs from "node:fs";
import os from "node:os";
import path from "node:path";
import { setTimeout as pause } from "node:timers/promises";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { canonicalJson, present } from "#foundation";
import { assemblePipeline, assembleServer, type ServedPlatform } from "../../src/assemble.ts";
import { rankingRequest } from "../generators/ranking-requests.ts";
import { call, type Got, problemIn } from "../http/client.ts";
import { ASKER } from "../pipeline/platform.ts";

const TIMEOUT_MS = 240_000;
const folder = fs.mkdtempSync(path.join(os.tmpdir(), "tandem-trouble-"));
const data = path.join(folder, "data");
const acknowledged = new Map<string, string>();
const { statfsSync } = fs;
let server: ServedPlatform | undefined;
const url = () => server?.url ?? "";

beforeAll(async () => {
  const thread = new URL("./troubled-disk-thread.ts", import.meta.url);
  server = await assembleServer({
    storage: { kind: "directory", path: data, embedded: { thread } },
    host: "127.0.0.1",
    port: 0,
    log: { level: "silent", stream: { write: () => {} } },
  });
  await server.ready;
  expect((await call(url(), "POST", "/v1/policies", marking())).status).toBe(201);
  await answersAgain();
}, TIMEOUT_MS);
afterAll(async () => {
  Object.assign(fs, { statfsSync });
  await server?.stop();
  fs.rmSync(folder, { recursive: true, force: true });
});

describe("a slow store", () => {
  test("never makes a reply late: refused or unrecorded, as the policy says", async () => {
    begin("slow-flush", "400");
    const strict = await Promise.all([1, 2, 3].map((seed) => decide(seed, "homepage@1", 100)));
    for (const got of strict) expect(codeOf(got)).toMatch(REFUSED_IN_TIME);
    const marked = await Promise.all([4, 5, 6].map((seed) => decide(seed, "marking@1", 150)));
    for (const got of marked) expect(codeOf(got)).toMatch(MARKED_IN_TIME);
    end("slow-flush");
    await answersAgain();
    const { text } = await call(url(), "GET", "/metrics");
    const commits = metric(text, "tandem_store_commit_seconds_count");
    const quick = metric(text, 'tandem_store_commit_seconds_bucket{le="0.25"}');
    expect(commits - quick, "commits seen to be slow").toBeGreaterThan(0);
    expect(metric(text, "tandem_store_batch_decisions_count")).toBe(commits);
    const recorded = metric(text, "tandem_store_batch_decisions_sum");
    expect(recorded).toBeGreaterThanOrEqual(Math.max(commits, acknowledged.size));
  });
});

describe("a disk that is nearly full", () => {
  test("refuses before it is full, says so, and goes on by itself", async () => {
    Object.assign(fs, { statfsSync: () => ({ bavail: 10, bsize: 4096 }) });
    await readyIs("store-disk-full");
    expect(codeOf(await decide(10, "homepage@1", 1000))).toBe("unrecorded");
    expect(codeOf(await decide(11, "marking@1", 1000))).toBe("unrecorded-answer");
    expect((await call(url(), "GET", "/v1/decisions")).status, "reading goes on").toBe(200);
    Object.assign(fs, { statfsSync });
    await readyIs("ready");
    await answersAgain();
  });
});

describe("a store that ends", () => {
  test(
    "on a disk that was full all at once is opened again when there is room",
    async () => {
      begin("refuse-write");
      expect(codeOf(await decide(20, "homepage@1", 1000))).toMatch(UNRECORDED);
      Object.assign(fs, { statfsSync: () => ({ bavail: 0, bsize: 4096 }) });
      await readyIs("store-disk-full");
      end("refuse-write");
      Object.assign(fs, { statfsSync });
      await readyIs("ready");
      await answersAgain();
      await everythingIsThere();
    },
    TIMEOUT_MS,
  );

  test(
    "because its thread dies is opened again by itself",
    async () => {
      begin("die");
      expect(codeOf(await decide(21, "homepage@1", 1000))).toMatch(UNRECORDED);
      await readyIs("store-unavailable");
      end("die");
      await readyIs("ready");
      await answersAgain();
      await everythingIsThere();
    },
    TIMEOUT_MS,
  );
});

describe("a flush that failed", () => {
  test(
    "is the last: nothing is acknowledged any more, until a restart finds what was",
    async () => {
      begin("refuse-flush");
      const during = await Promise.all([30, 31].map((seed) => decide(seed, "homepage@1", 1000)));
      for (const got of during) expect(codeOf(got)).toMatch(UNRECORDED);
      await readyIs("store-flush-failed");
      end("refuse-flush");
      expect(codeOf(await decide(32, "homepage@1", 1000)), "the disk is well again").toMatch(
        UNRECORDED,
      );
      await readyIs("store-flush-failed");
      await server?.stop();
      const pipeline = await assemblePipeline({ storage: { kind: "directory", path: data } });
      expect(acknowledged.size).toBeGreaterThan(4);
      for (const [id, reply] of acknowledged) {
        expect(canonicalJson((await pipeline.decision(ASKER, id)).reply)).toBe(reply);
      }
      await pipeline.close();
    },
    TIMEOUT_MS,
  );
});

const UNRECORDED = /^unrecorded$|^out-of-time$|^store-/;
const MARKED_IN_TIME = /^(unrecorded-answer|out-of-time|deadline-missed|overloaded|undecided)$/;
const REFUSED_IN_TIME = /^(unrecorded|out-of-time|deadline-missed|overloaded|undecided)$/;

function begin(sign: string, text = ""): void {
  fs.writeFileSync(path.join(data, sign), text);
}

function end(sign: string): void {
  fs.rmSync(path.join(data, sign));
}

/** A policy that answers also where nothing can be recorded. */
function marking(): object {
  return {
    name: "marking",
    version: 1,
    type: "ranking",
    contract: {
      tier: "realtime",
      deadlineMs: 150,
      deadlineMsMax: 1000,
      reserveMs: 60,
      ifUnrecorded: "mark",
    },
    plan: { lanes: [[{ solver: "tabu", workLimit: 2000 }]], exchange: false, gapMax: 0 },
  };
}

async function decide(seed: number, policy: string, deadlineMs: number): Promise<Got> {
  const { rules: _, ...request } = rankingRequest(seed, { candidateCount: 8 });
  const body = { ...request, options: { policy, deadlineMs } };
  const got = await call(url(), "POST", "/v1/decisions/ranking", body);
  const reply: { readonly decisionId: string; readonly unrecorded?: true } = JSON.parse(got.text);
  if (got.status === 200 && !reply.unrecorded) {
    acknowledged.set(reply.decisionId, canonicalJson(reply));
  }
  return got;
}

/** A number on the page of metrics. */
function metric(text: string, name: string): number {
  const line = text.split("\n").find((one) => one.startsWith(`${name} `));
  return Number(present(line, name).slice(name.length));
}

/** How a request ended, in one word. */
function codeOf(got: Got): string {
  if (got.status !== 200) return problemIn(got).code;
  const reply: { readonly unrecorded?: true } = JSON.parse(got.text);
  return reply.unrecorded ? "unrecorded-answer" : "recorded-answer";
}

/** Waits until the server answers with a record; a test that waits in vain fails by its limit. */
async function answersAgain(): Promise<void> {
  for (let seed = 100; codeOf(await decide(seed, "homepage@1", 1000)) !== "recorded-answer"; ) {
    seed += 1;
    await pause(50);
  }
}

/** Waits until readiness is this: `ready`, or the code of what is missing. */
async function readyIs(what: string): Promise<void> {
  for (;;) {
    const got = await call(url(), "GET", "/readyz");
    if ((got.status === 200 ? "ready" : problemIn(got).code) === what) {
      if (what !== "ready") expect(got.status).toBe(503);
      return;
    }
    await pause(50);
  }
}

async function everythingIsThere(): Promise<void> {
  for (const [id, reply] of acknowledged) {
    const got = await call(url(), "GET", `/v1/decisions/${id}`);
    const view: { readonly reply?: unknown } = JSON.parse(got.text);
    expect(canonicalJson(view.reply)).toBe(reply);
  }
}

/**
 * The demonstration end to end, on a small made-up shop and a platform of a few lines that answers
 * by the ranking type's own rule.
 */
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { type Policy, policySchema, typeNamed } from "#decisions";
import { type Json, present, randomStream, systemClock } from "#foundation";
import type { DemoOptions } from "./demo-options.ts";
import type { HttpFetch } from "./platform-client.ts";
import { runDemo } from "./run-demo.ts";

const DAY_MS = 86_400_000;
const FROM = "2011-03-01";
const TO = "2011-03-09";
let folder = "";
let lines = "";
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), "demo-"));
  lines = join(folder, "lines.csv");
  writeFileSync(lines, shopLog());
});
afterAll(() => rmSync(folder, { recursive: true }));

/** Seventy days of five customers who each like some of forty items. */
function shopLog(): string {
  const random = randomStream(6, "shop-log");
  const rows = ["InvoiceNo,StockCode,Quantity,InvoiceDate,UnitPrice,CustomerID,Country"];
  for (let day = 0; day < 70; day += 1) {
    const customer = day % 5;
    const at = new Date(Date.UTC(2011, 0, 1) + day * DAY_MS).toISOString().slice(0, 16);
    for (let line = 0; line < 6; line += 1) {
      const item = 8 * customer + random.below(day < 8 ? 40 : 12);
      rows.push(`${1000 + day},K${item % 40},${1 + line},${at},${item % 13}.5,${customer},UK`);
    }
  }
  return rows.join("\n");
}

/**
 * Answers the three routes; `refuse` says which decision (from 1) is refused, `reply` may spoil
 * one.
 */
function platform(refuse = 0, spoil: (reply: Json & object) => Json = (reply) => reply) {
  const type = present(typeNamed("ranking"), "ranking");
  const calls: string[] = [];
  let policy: Policy = type.defaultPolicy;
  let prepared: unknown;
  let decisions = 0;
  function decide(body: unknown): Json {
    const posed = type.parse(body).pose({
      policy,
      items: { name: "", version: 1, digest: "", prepared },
      atUtcMs: 0,
    });
    const answer = posed.read(present(posed.rule(), "the rule's sample"));
    const { objective } = posed.check(answer);
    const quality = { rung: "rule", status: "feasible", solver: "rule", objective };
    return spoil({
      decisionId: "0190b5a0-0000-7000-8000-000000000000",
      answer,
      quality: { ...quality, bound: objective + 0.01, gap: 0.05, ruleObjective: objective },
      reasons: [],
      policy: "demo-shop@1",
      timing: { receivedAt: "2026-01-01T00:00:00.000Z", deadlineMs: 50, totalMs: 2, solveMs: 1 },
    });
  }
  const fetch: HttpFetch = async (url, { method, body, signal }) => {
    signal.throwIfAborted();
    const { pathname } = new URL(url);
    calls.push(`${method} ${pathname}`);
    const sent = JSON.parse(body);
    if (pathname === "/v1/policies") {
      policy = policySchema.parse(sent);
      return { status: 201, text: async () => "{}" };
    }
    if (pathname.startsWith("/v1/items/")) {
      prepared = type.prepareItems(sent.items);
      const receipt = { name: "demo-shop", version: 1, digest: "", itemCount: sent.items.length };
      return { status: 200, text: async () => JSON.stringify(receipt) };
    }
    decisions += 1;
    if (decisions === refuse) {
      const problem = { type: "", title: "", status: 503, detail: "", instance: "", retry: true };
      const text = JSON.stringify({ ...problem, code: "overloaded", flaws: [] });
      return { status: 503, text: async () => text };
    }
    const text = JSON.stringify(decide(sent));
    return { status: 200, text: async () => text };
  };
  return { fetch, calls };
}

async function run(
  fetch: HttpFetch,
  options: Partial<DemoOptions> = {},
  signal: AbortSignal = new AbortController().signal,
) {
  const printed: string[] = [];
  const shown: string[] = [];
  const output = {
    print: (text: string) => printed.push(text),
    progress: (text: string) => shown.push(text),
  };
  const report = await runDemo(
    { baseUrl: "http://shop.test", lines: [lines], from: FROM, to: TO, ...options },
    { fetch, clock: systemClock, output, signal },
  );
  return { report, printed: printed.join(""), shown };
}

describe("runDemo", () => {
  it("registers policy and catalogues, asks each basket, and prints the table", async () => {
    const { fetch, calls } = platform();
    const { report, printed, shown } = await run(fetch);
    expect(calls.slice(0, 3)).toEqual([
      "POST /v1/policies",
      "PUT /v1/items/demo-shop",
      "POST /v1/decisions/ranking",
    ]);
    expect(calls.filter((call) => call.startsWith("PUT"))).toHaveLength(2);
    expect(report.log).toMatchObject({ baskets: 9, basketsCompared: 9, from: FROM, to: TO });
    expect(report.complete).toBe(true);
    expect(report.platform).toMatchObject({ rungs: { rule: 9 }, unconfirmed: 0, belowRule: 0 });
    expect(report.differences[1].objective.value).toBe(0);
    for (const text of [
      "best by score",
      "MMR",
      "Tandem",
      "hit rate at 10",
      "Not shown",
      "rule 9",
    ]) {
      expect(printed).toContain(text);
    }
    expect(printed).not.toContain("PARTIAL");
    expect(shown.at(-1)).toBe("9 of 9 baskets, 2011-03-09");
    for (const line of printed.split("\n")) expect(line.length).toBeLessThanOrEqual(112);
  });

  it("gives the same report every time, whatever the order of replies", async () => {
    const timeless = ({
      platform: { serverMs, roundTripMs, ...rest },
      ...report
    }: Awaited<ReturnType<typeof run>>["report"]) => ({ ...report, platform: rest });
    const alone = await run(platform().fetch, { concurrency: 1 });
    const { fetch } = platform();
    let turn = 0;
    const uneven: HttpFetch = async (url, request) => {
      turn += 1;
      const delayMs = turn % 3;
      await new Promise<void>((resolve) => systemClock.after(delayMs, resolve));
      return fetch(url, request);
    };
    const crowded = await run(uneven, { concurrency: 4 });
    expect(timeless(crowded.report)).toEqual(timeless(alone.report));
  });

  it("prints one JSON document when asked", async () => {
    const { report, printed } = await run(platform().fetch, { json: true });
    expect(JSON.parse(printed)).toEqual(report);
  });

  it("leaves refused baskets out and says how many", async () => {
    const { report, printed } = await run(platform(3).fetch);
    expect(report.log.basketsCompared).toBe(8);
    expect(report.platform.leftOut).toEqual({ overloaded: 1 });
    expect(printed).toContain("overloaded 1");
  });

  it("notices an objective that was not earned", async () => {
    const lie = platform(0, (reply) => {
      const quality = "quality" in reply ? reply.quality : undefined;
      return { ...reply, quality: { ...Object(quality), objective: 5 } };
    });
    expect((await run(lie.fetch)).report.platform.unconfirmed).toBe(9);
  });

  it("notices an answer that breaks a rule, whatever it is said to be worth", async () => {
    const empty = platform(0, (reply) => {
      const quality = "quality" in reply ? reply.quality : undefined;
      const answer = { items: [], requested: 10, shortenedBy: [] };
      // Nothing shown is worth nothing, less the penalty for nothing fresh.
      return { ...reply, answer, quality: { ...Object(quality), objective: -0.02 } };
    });
    const { report } = await run(empty.fetch);
    expect(report.methods[2].objective.value).toBeCloseTo(-0.02, 12);
    expect(report.platform).toMatchObject({ unconfirmed: 9, belowRule: 9 });
  });

  it("reports what was done when interrupted, and says so", async () => {
    const interrupt = new AbortController();
    const { fetch } = platform();
    let asked = 0;
    const counting: HttpFetch = (url, request) => {
      asked += 1;
      if (asked === 6) interrupt.abort();
      return fetch(url, request);
    };
    const { report, printed } = await run(counting, { concurrency: 1 }, interrupt.signal);
    expect(report.complete).toBe(false);
    expect(report.log).toMatchObject({ baskets: 9, basketsCompared: 3 });
    expect(printed).toContain("PARTIAL: interrupted after 3 of 9 baskets");
  });

  it("is a fault when interrupted before the first answer", async () => {
    const stopped = AbortSignal.abort();
    await expect(run(platform().fetch, {}, stopped)).rejects.toMatchObject({
      row: { code: "demo-interrupted" },
    });
  });

  it("refuses a log of more items than it can learn from", async () => {
    const path = join(folder, "wide.csv");
    const rows = Array.from({ length: 8001 }, (_, at) => `1,K${at},1,2011-01-01T10:00,1,7`);
    const header = "InvoiceNo,StockCode,Quantity,InvoiceDate,UnitPrice,CustomerID";
    writeFileSync(path, [header, ...rows].join("\n"));
    await expect(run(platform().fetch, { lines: [path] })).rejects.toMatchObject({
      row: { code: "demo-file-too-many-items" },
      message: expect.stringContaining("expected at most 8000 items, got 8001"),
    });
  });

  it.each([
    [{ from: "2012-01-01", to: "2012-01-31" }, "demo-period-empty"],
    [{ from: "2010-01-01", to: "2010-01-31" }, "demo-period-empty"],
    [{ from: "soon" }, "demo-option-invalid"],
  ])("refuses %j as %s", async (options, code) => {
    await expect(run(platform().fetch, options)).rejects.toMatchObject({ row: { code } });
  });
});

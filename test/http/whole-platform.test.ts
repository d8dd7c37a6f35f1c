/**
 * Every route on the platform as it is shipped: real store on a real folder, real solvers, the
 * bundled shop. Each reply is read with the schema the API documents for it.
 */
import fs from "node:fs";
import os from "node:os";
import path from "node:path";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import {
  decisionReply,
  decisionSummary,
  decisionView,
  itemSetReceipt,
  outcomeReceipts,
  page,
  policyView,
  replayReport,
} from "#wire";
import { assembleServer, type ServedPlatform } from "../../src/assemble.ts";
import { registerShop } from "../../src/cli/register-shop.ts";
import { call, type Got, problemIn } from "./client.ts";
import { PATIENT, REQUEST, ranking } from "./patient.ts";

const reply = decisionReply(ranking.answerSchema);
const summaries = page(decisionSummary);

const UNKNOWN_ID = "01981f3a-5b00-7000-8000-000000000000";

const folder = fs.mkdtempSync(path.join(os.tmpdir(), "tandem-http-"));
let platform: ServedPlatform;

async function start(): Promise<ServedPlatform> {
  const started = await assembleServer({
    storage: { kind: "directory", path: folder },
    host: "127.0.0.1",
    port: 0,
    prepare: registerShop,
    log: { level: "silent", stream: { write: () => {} } },
  });
  await started.ready;
  return started;
}

function send(method: string, where: string, body?: unknown, headers = {}): Promise<Got> {
  return call(platform.url, method, where, body, headers);
}

async function decide(body: unknown = REQUEST, headers = {}) {
  const got = await send("POST", "/v1/decisions/ranking", body, headers);
  expect(got.json).toMatchObject({ decisionId: expect.any(String) });
  expect(got.status).toBe(200);
  return reply.parse(got.json);
}

beforeAll(async () => {
  platform = await start();
  expect((await send("POST", "/v1/policies", PATIENT)).status).toBe(201);
});
afterAll(async () => {
  await platform.stop();
  fs.rmSync(folder, { recursive: true, force: true });
});

describe("decisions", () => {
  test("answered, looked up, listed, replayed", async () => {
    const decided = await decide();
    expect(decided.answer).toMatchObject({ items: [{ id: "a" }, { id: "c" }] });
    const { decisionId } = decided;
    const view = decisionView.parse((await send("GET", `/v1/decisions/${decisionId}`)).json);
    expect(view.reply).toEqual(decided);
    const listed = summaries.parse((await send("GET", "/v1/decisions?limit=1")).json);
    expect(listed.items).toMatchObject([{ decisionId, type: "ranking", policy: "patient@1" }]);
    const replay = await send("POST", `/v1/decisions/${decisionId}/replay`);
    expect(replayReport.parse(replay.json)).toMatchObject({ verdict: "identical" });
  });

  test("listed a page at a time, newest first, each once", async () => {
    const ids: string[] = [];
    for (let count = 0; count < 5; count += 1) ids.unshift((await decide()).decisionId);
    const seen: string[] = [];
    let next = "";
    while (seen.length < 5) {
      const got = await send("GET", `/v1/decisions?type=ranking&policy=patient@1&limit=2${next}`);
      const { items, next: cursor } = summaries.parse(got.json);
      expect(items).toHaveLength(2);
      seen.push(...items.map((item) => item.decisionId));
      next = `&cursor=${cursor}`;
    }
    expect(seen.slice(0, 5)).toEqual(ids);
    const none = summaries.parse((await send("GET", "/v1/decisions?type=none")).json);
    expect(none).toEqual({ items: [] });
  });

  test("the request that `serve` prints works on the shop it loads", async () => {
    const text = fs.readFileSync(
      path.join(import.meta.dirname, "../../examples/shop/request.json"),
    );
    const request = JSON.parse(text.toString());
    const options = { ...request.options, policy: "patient@1" };
    const { answer } = await decide({ ...request, options });
    expect(answer).toMatchObject({ requested: request.k, shortenedBy: [] });
  });

  test.each([
    [
      "rules that clash",
      { rules: { minPerGroup: { x: 2 }, maxPerGroup: { x: 1 } } },
      422,
      "contradiction",
    ],
    ["a policy there is not", { options: { policy: "homepage@999" } }, 404, "unknown-policy"],
    ["items there are not", { items: "nowhere" }, 404, "unknown-item-set"],
    [
      "a deadline beyond the policy's",
      { options: { ...REQUEST.options, deadlineMs: 30_000 } },
      400,
      "deadline-out-of-bounds",
    ],
  ])("%s", async (_remark, change, status, code) => {
    const got = await send("POST", "/v1/decisions/ranking", { ...REQUEST, ...change });
    const problem = problemIn(got);
    expect(problem).toMatchObject({ status, code });
    if (status === 422) expect(problem.rules?.length).toBeGreaterThan(0);
    if (status === 400) expect(problem.flaws.length).toBeGreaterThan(0);
  });

  test.each([
    ["no candidates", { k: 2 }],
    ["a negative k", { ...REQUEST, k: -1 }],
    ["too many places", { ...REQUEST, k: 101 }],
    [
      "too many candidates",
      { k: 1, candidates: Array.from({ length: 2001 }, (_, n) => ({ id: `${n}`, score: 0 })) },
    ],
    ["an id twice", { ...REQUEST, candidates: [...REQUEST.candidates, { id: "a", score: 0 }] }],
    ["a pin on nothing", { ...REQUEST, rules: { pinned: [{ id: "zz", position: 1 }] } }],
    ["a member nobody knows", { ...REQUEST, colour: "red" }],
    ["a list", []],
    ["a number", 7],
    ["null", null],
  ])("malformed: %s", async (_remark, body) => {
    const { status, flaws } = problemIn(await send("POST", "/v1/decisions/ranking", body));
    expect(status).toBe(400);
    expect(flaws.length).toBeGreaterThan(0);
  });

  test.each([
    ["GET", `/v1/decisions/${UNKNOWN_ID}`, "unknown-decision"],
    ["POST", `/v1/decisions/${UNKNOWN_ID}/replay`, "unknown-decision"],
    ["POST", "/v1/decisions/divination", "unknown-decision-type"],
  ])("what is not there: %s %s", async (method, where, code) => {
    const body = method === "POST" ? {} : undefined;
    expect(problemIn(await send(method, where, body))).toMatchObject({ status: 404, code });
  });
});

describe("idempotency", () => {
  test("a repeat gets the same decision, another request under the key a conflict", async () => {
    const key = { "idempotency-key": "once" };
    const first = await decide(REQUEST, key);
    expect(await decide(REQUEST, key)).toEqual(first);
    const other = await send("POST", "/v1/decisions/ranking", { ...REQUEST, k: 1 }, key);
    expect(problemIn(other)).toMatchObject({ status: 409, code: "idempotency-key-reused" });
  });

  test("of many at once one decides, and no other decision is made", async () => {
    const key = { "idempotency-key": "all at once".replaceAll(" ", "-") };
    const send8 = Array.from({ length: 8 }, () =>
      send("POST", "/v1/decisions/ranking", REQUEST, key),
    );
    const all = await Promise.all(send8);
    const ids = all.filter((got) => got.status === 200).map((got) => reply.parse(got.json));
    expect(new Set(ids.map((one) => one.decisionId)).size).toBe(1);
    for (const got of all.filter((one) => one.status !== 200)) {
      expect(problemIn(got)).toMatchObject({ code: "idempotency-key-in-flight", retry: true });
    }
  });
});

describe("outcomes", () => {
  const outcomeOf = (decisionId: string, outcomeId: string) => ({
    outcomeId,
    decisionId,
    item: "a",
    position: 1,
    kind: "order",
    value: { minor: 1275, currency: "GBP" },
    at: new Date().toISOString(),
  });

  test("recorded once, however often they are sent", async () => {
    const { decisionId } = await decide();
    const outcome = outcomeOf(decisionId, "order-1");
    const results = async (body: unknown) =>
      outcomeReceipts.parse((await send("POST", "/v1/outcomes", body)).json).results;
    expect(await results(outcome)).toMatchObject([{ result: "recorded", late: false }]);
    expect(await results([outcome, { ...outcome, kind: "return" }])).toMatchObject([
      { result: "duplicate" },
      { result: "conflict" },
    ]);
    const view = decisionView.parse((await send("GET", `/v1/decisions/${decisionId}`)).json);
    expect(view.outcomes).toMatchObject([{ outcomeId: "order-1", value: 1275, currency: "GBP" }]);
  });

  test("one for no known decision is said to be so, alone and among others", async () => {
    const lost = outcomeOf(UNKNOWN_ID, "order-2");
    expect(problemIn(await send("POST", "/v1/outcomes", lost))).toMatchObject({
      status: 404,
      code: "outcome-decision-unknown",
    });
    const got = await send("POST", "/v1/outcomes", [lost]);
    expect(outcomeReceipts.parse(got.json).results).toMatchObject([{ result: "unknown-decision" }]);
  });

  test("the same id with other content is a conflict", async () => {
    const { decisionId } = await decide();
    await send("POST", "/v1/outcomes", outcomeOf(decisionId, "order-3"));
    const other = { ...outcomeOf(decisionId, "order-3"), kind: "return" };
    expect(problemIn(await send("POST", "/v1/outcomes", other))).toMatchObject({
      status: 409,
      code: "outcome-conflict",
    });
  });

  test("flaws the platform finds are at the place the reporter sent them", async () => {
    const odd = { ...outcomeOf(UNKNOWN_ID, "order-4"), kind: "teleport" };
    const alone = problemIn(await send("POST", "/v1/outcomes", odd));
    expect(alone.flaws).toMatchObject([{ pointer: "/kind" }]);
    const among = problemIn(await send("POST", "/v1/outcomes", [odd]));
    expect(among.flaws).toMatchObject([{ pointer: "/0/kind" }]);
  });

  test("an outcome of a day to come is refused at its place", async () => {
    const at = new Date(Date.now() + 2 * 86_400_000).toISOString();
    const early = { ...outcomeOf((await decide()).decisionId, "order-9"), at };
    const { flaws } = problemIn(await send("POST", "/v1/outcomes", early));
    expect(flaws.map(({ pointer }) => pointer)).toEqual(["/at"]);
  });

  test("no outcomes are no trouble", async () => {
    expect((await send("POST", "/v1/outcomes", [])).json).toEqual({ results: [] });
  });
});

describe("policies", () => {
  test("written once: added, there already, in conflict, read", async () => {
    const policy = { ...PATIENT, name: "written-once" };
    const added = await send("POST", "/v1/policies", policy);
    expect(added.status).toBe(201);
    expect(added.headers.get("location")).toBe("/v1/policies/written-once@1");
    expect((await send("POST", "/v1/policies", policy)).status).toBe(200);
    const changed = { ...policy, description: "other" };
    expect(problemIn(await send("POST", "/v1/policies", changed)).status).toBe(409);
    const read = policyView.parse((await send("GET", "/v1/policies/written-once@1")).json);
    expect(read).toEqual(policyView.parse(added.json));
    const all = page(policyView).parse((await send("GET", "/v1/policies")).json);
    expect(all.items.map((item) => item.reference)).toContain("written-once@1");
    expect(problemIn(await send("GET", "/v1/policies/written-once@2")).status).toBe(404);
    expect(problemIn(await send("POST", "/v1/policies", { name: "x" })).status).toBe(400);
  });
});

describe("item sets", () => {
  const item = { id: "a", group: ["x"], price: 100, ageHours: 1 };

  test("numbered versions; the same content keeps its number", async () => {
    const put = async (items: readonly unknown[]) =>
      itemSetReceipt.parse((await send("PUT", "/v1/items/mine", { items })).json);
    expect(await put([])).toMatchObject({ version: 1, itemCount: 0 });
    expect(await put([item])).toMatchObject({ version: 2, itemCount: 1 });
    expect(await put([item])).toMatchObject({ version: 2 });
    const got = itemSetReceipt.parse((await send("GET", "/v1/items/mine")).json);
    expect(got).toMatchObject({ name: "mine", version: 2, itemCount: 1 });
    expect(problemIn(await send("GET", "/v1/items/nobodys")).status).toBe(404);
  });

  test("one refusal names every flaw, of the envelope, of items and between them", async () => {
    const items = [item, { ...item, id: "b", price: -1 }, item, 7];
    const among = problemIn(await send("PUT", "/v1/items/bad", { items }));
    const pointers = ["/items/1/price", "/items/2/id", "/items/3"];
    expect(among.flaws.map(({ pointer }) => pointer).sort()).toEqual(pointers);
    const all = problemIn(await send("PUT", "/v1/items/bad", { items, more: 1 }));
    expect(all.flaws.map(({ pointer }) => pointer).sort()).toEqual([...pointers, "/more"]);
    expect(all.flaws[1]?.message).toMatch(/^expected /);
  });

  test.each([
    ["an item twice", [item, item]],
    ["an item that is none", [7]],
    ["a negative price", [{ ...item, price: -1 }]],
  ])("malformed: %s", async (_remark, items) => {
    const problem = problemIn(await send("PUT", "/v1/items/bad", { items }));
    expect(problem.status).toBe(400);
    expect(problem.flaws.length).toBeGreaterThan(0);
    expect((await send("GET", "/v1/items/bad")).status).toBe(404);
  });
});

describe("operations", () => {
  test("metrics count decisions, problems and time by closed labels", async () => {
    await decide();
    await send("GET", `/v1/decisions/${UNKNOWN_ID}`);
    const { text } = await send("GET", "/metrics");
    expect(text).toMatch(/^tandem_decisions_total\{type="ranking",rung="\w+",status="\w+"\} \d+$/m);
    expect(text).toMatch(/^tandem_problems_total\{route="[^"]+",code="unknown-decision"\} \d+$/m);
    expect(text).toMatch(
      /^tandem_server_seconds_count\{.*route="\/v1\/decisions\/ranking".*\} \d+$/m,
    );
    expect(text).toMatch(/^nodejs_eventloop_lag_p99_seconds /m);
    expect(text).not.toContain(UNKNOWN_ID);
  });

  test("HEAD answers like GET, without a body", async () => {
    for (const where of ["/", "/healthz", "/readyz", "/openapi.json", "/v1/policies"]) {
      const head = await send("HEAD", where);
      expect([head.status, head.text]).toEqual([200, ""]);
    }
  });

  test("every documented example is taken as documented", async () => {
    const document: OpenApi = JSON.parse((await send("GET", "/openapi.json")).text);
    for (const [where, methods] of Object.entries(document.paths)) {
      for (const [method, operation] of Object.entries(methods)) {
        const examples = operation.requestBody?.content["application/json"].examples ?? {};
        for (const { value } of Object.values(examples)) {
          const got = await send(method.toUpperCase(), where.replace("{set}", "example"), value);
          // The outcome's example names a decision that is not here; its form is what counts.
          expect([where, got.status < 300 || where === "/v1/outcomes", got.status]).not.toContain(
            400,
          );
        }
      }
    }
  });
});

describe("a restart", () => {
  test("finds everything again, and the same comes out", async () => {
    const decided = await decide();
    await platform.stop();
    expect(fs.existsSync(path.join(folder, "server-address"))).toBe(false);
    platform = await start();
    const got = await send("GET", `/v1/decisions/${decided.decisionId}`);
    expect(decisionView.parse(got.json).reply).toEqual(decided);
    const replay = await send("POST", `/v1/decisions/${decided.decisionId}/replay`);
    expect(replayReport.parse(replay.json)).toMatchObject({ verdict: "identical" });
  });
});

interface OpenApi {
  readonly paths: Readonly<
    Record<
      string,
      Readonly<
        Record<
          string,
          {
            readonly requestBody?: {
              readonly content: {
                readonly "application/json": {
                  readonly examples: Readonly<Record<string, { readonly value: unknown }>>;
                };
              };
            };
          }
        >
      >
    >
  >;
}

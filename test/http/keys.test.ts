/**
 * Keys on the platform as it is shipped: tenants see their own, limits hold, a key that ends takes
 * its open streams with it, and other sites get in only where they were asked in.
 */
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { catalogue } from "#decisions";
import { present } from "#foundation";
import { decisionView, keyCreated, keyView, page } from "#wire";
import { assembleServer, type ServedPlatform } from "../../src/assemble.ts";
import { call, type Got, problemIn } from "./client.ts";

const ranking = present(catalogue[0], "the ranking type");
const PATIENT = {
  ...ranking.defaultPolicy,
  name: "patient",
  contract: { ...ranking.defaultPolicy.contract, deadlineMs: 20_000, deadlineMsMax: 20_000 },
};
const REQUEST = { candidates: [{ id: "a", score: 1 }], k: 1, options: { policy: "patient@1" } };
const ORIGIN = "https://shop.example";

let platform: ServedPlatform;
let admin: string;
let acme: string;

beforeAll(async () => {
  platform = await assembleServer({
    ...{ storage: { kind: "memory" }, host: "127.0.0.1", port: 0 },
    prepare: async (pipeline) => {
      await pipeline.ready();
    },
    log: { level: "silent", stream: { write: () => {} } },
    rates: { perKey: 50, perTenant: 80 },
  });
  await platform.ready;
  admin = (await make({ role: "admin" })).key;
  acme = (await make({ role: "admin", tenant: "acme" }, admin)).key;
  expect((await as(admin, "POST", "/v1/policies", PATIENT)).status).toBe(201);
});
afterAll(() => platform.stop());

function as(key: string | undefined, method: string, path: string, body?: unknown): Promise<Got> {
  const headers = key === undefined ? undefined : { authorization: `Bearer ${key}` };
  return call(platform.url, method, path, body, headers);
}

async function make(wish: Readonly<Record<string, unknown>>, by?: string) {
  return keyCreated.parse((await as(by, "POST", "/v1/keys", { name: "one", ...wish })).json);
}

async function decided(key: string): Promise<string> {
  const { json } = await as(key, "POST", "/v1/decisions/ranking", REQUEST);
  expect(json).toMatchObject({ decisionId: expect.any(String) });
  return decisionView.shape.reply.parse(json).decisionId;
}

describe("tenants", () => {
  test("see nothing of each other", async () => {
    const id = await decided(admin);
    expect((await as(admin, "GET", `/v1/decisions/${id}`)).status).toBe(200);
    for (const [method, path] of [
      ["GET", `/v1/decisions/${id}`],
      ["POST", `/v1/decisions/${id}/replay`],
      ["GET", "/v1/policies/patient@1"],
    ] as const) {
      expect((await as(acme, method, path)).status, path).toBe(404);
    }
    expect((await as(acme, "GET", "/v1/decisions")).json).toEqual({ items: [] });
    const outcome = { outcomeId: "o", decisionId: id, kind: "click", at: new Date().toISOString() };
    expect((await as(acme, "POST", "/v1/outcomes", outcome)).status).toBe(404);
    const keys = page(keyView).parse((await as(acme, "GET", "/v1/keys")).json);
    expect(keys.items.map(({ tenant }) => tenant)).toEqual(["acme"]);
    expect((await as(admin, "GET", "/v1/keys")).text).not.toContain("acme");
    expect((await as(admin, "GET", "/v1/keys?tenant=acme")).text).toContain("acme");
  });

  test("a record says which key asked", async () => {
    const { key, id } = await make({ role: "operator" }, admin);
    const decision = await as(admin, "GET", `/v1/decisions/${await decided(key)}`);
    expect(decisionView.parse(decision.json).record).toMatchObject({ principal: `key:${id}` });
  });
});

describe("a key for some decision types", () => {
  test("reaches those and no others", async () => {
    const own = (await make({ role: "operator", decisionTypes: ["ranking"] }, admin)).key;
    const other = (await make({ role: "operator", decisionTypes: ["pricing"] }, admin)).key;
    const id = await decided(own);
    expect((await as(own, "GET", `/v1/decisions/${id}`)).status).toBe(200);
    expect((await as(own, "GET", "/v1/decisions?type=ranking")).status).toBe(200);
    expect((await as(own, "GET", "/v1/policies")).text).toContain("patient");
    const outcome = { outcomeId: "x", decisionId: id, kind: "click", at: new Date().toISOString() };
    for (const [method, path, body] of [
      ["POST", "/v1/decisions/ranking", REQUEST],
      ["GET", `/v1/decisions/${id}`, undefined],
      ["POST", `/v1/decisions/${id}/replay`, undefined],
      ["GET", "/v1/decisions", undefined],
      ["GET", "/v1/decisions?type=ranking", undefined],
      ["POST", "/v1/outcomes", outcome],
    ] as const) {
      const problem = problemIn(await as(other, method, path, body));
      expect(problem, path).toMatchObject({ status: 403, code: "type-refused" });
    }
    expect((await as(other, "GET", "/v1/policies")).json).toEqual({ items: [] });
  });
});

describe("a key that ends", () => {
  test("is out at once, and its open stream within a second", async () => {
    const { key, id } = await make({ role: "operator" }, admin);
    const reply = await fetch(new URL("/v1/decisions/stream", platform.url), {
      headers: { authorization: `Bearer ${key}` },
    });
    expect(reply.status).toBe(200);
    expect((await as(admin, "POST", `/v1/keys/${id}/revoke`)).json).toMatchObject({
      standing: "revoked",
    });
    const revokedAtMs = Date.now();
    await decided(admin);
    expect(await reply.text()).not.toContain("event: decision");
    expect(Date.now() - revokedAtMs).toBeLessThan(5000); // Half a second, on a busy machine.
    expect((await as(key, "GET", "/v1/policies")).status).toBe(401);
    const again = await as(admin, "POST", `/v1/keys/${id}/revoke`);
    expect(problemIn(again)).toMatchObject({ status: 404, code: "unknown-key" });
  });
});

describe("rates", () => {
  test("beyond a key's own, refused until the time it is told; other keys go on", async () => {
    const { key } = await make({ role: "reader" }, admin);
    const got = await Promise.all(Array.from({ length: 75 }, () => as(key, "GET", "/v1/policies")));
    const refused = got.filter(({ status }) => status === 429);
    expect(refused.length).toBeGreaterThan(0);
    expect(got.length - refused.length).toBeGreaterThanOrEqual(50);
    const [first] = refused;
    expect(problemIn(present(first, "a refusal"))).toMatchObject({ code: "rate-limited" });
    expect(first?.headers.get("retry-after")).toBe("1");
    expect(first?.headers.get("ratelimit")).toBe('"key";r=0;t=1');
    expect(first?.headers.get("ratelimit-policy")).toBe('"key";q=50;w=1, "tenant";q=80;w=1');
    expect((await as(acme, "GET", "/v1/policies")).status).toBe(200);
  });

  test("beyond a tenant's, refused whichever the key", async () => {
    const keys = await Promise.all(
      [1, 2, 3].map(async () => (await make({ role: "reader", tenant: "acme" }, admin)).key),
    );
    const got = await Promise.all(
      Array.from({ length: 135 }, (_, index) => as(keys[index % 3], "GET", "/v1/policies")),
    );
    const told = got.filter(({ status }) => status === 429).map(({ text }) => text);
    expect(told.some((text) => text.includes("one tenant"))).toBe(true);
  });
});

describe("pages of other sites", () => {
  test("get in where they were asked in, by preflight and by request", async () => {
    const served = await assembleServer({
      ...{ storage: { kind: "memory" }, host: "127.0.0.1", port: 0 },
      log: { level: "silent", stream: { write: () => {} } },
      doors: { hosts: [], origins: ["http://localhost:5173"] },
    });
    await served.ready;
    const preflight = { "access-control-request-method": "POST" };
    const ask = (origin: string, method: string, more = {}) =>
      call(served.url, method, "/v1/policies", method === "POST" ? {} : undefined, {
        ...more,
        origin,
      });
    const allowed = await ask("http://localhost:5173", "OPTIONS", preflight);
    expect([allowed.status, allowed.headers.get("access-control-allow-methods")]).toEqual([
      204,
      "GET, POST, HEAD",
    ]);
    expect(allowed.headers.get("access-control-allow-headers")).toContain("authorization");
    const read = await ask("http://localhost:5173", "GET");
    expect(read.headers.get("access-control-allow-origin")).toBe("http://localhost:5173");
    expect(read.headers.get("vary")).toBe("Origin");
    for (const [origin, method, more] of [
      [ORIGIN, "OPTIONS", preflight],
      [ORIGIN, "GET", {}],
      [ORIGIN, "POST", {}],
      ["null", "OPTIONS", preflight],
    ] as const) {
      const got = await ask(origin, method, more);
      expect(problemIn(got)).toMatchObject({ status: 403, code: "origin-refused" });
      expect(got.headers.get("access-control-allow-origin")).toBeNull();
    }
    await served.stop();
  });
});

describe("serving beyond this machine", () => {
  const served = (host: string, doors = { hosts: [""].slice(1), origins: [""].slice(1) }) =>
    assembleServer({
      ...{ storage: { kind: "memory" }, host, port: 0, doors },
      log: { level: "silent", stream: { write: () => {} } },
    });

  test("is refused without keys, by address and by name", async () => {
    const refused = { row: { code: "keys-required" } };
    await expect(served("0.0.0.0")).rejects.toMatchObject(refused);
    const byName = { hosts: ["shop.example"], origins: [] };
    await expect(served("127.0.0.1", byName)).rejects.toMatchObject(refused);
  });
});

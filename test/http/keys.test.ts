/**
 * Keys on the platform as it is shipped: tenants see their own, limits hold, a key that ends takes
 * its open streams with it, and other sites get in only where they were asked in.
 */
import { randomBytes } from "node:crypto";
import fs from "node:fs";
import http from "node:http";
import os from "node:os";
import path from "node:path";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { type Clock, LOCAL_PRINCIPAL, present, systemClock } from "#foundation";
import { openKeyRing } from "#security";
import { openMemoryStore } from "#store";
import { decisionView, keyCreated, keyView, page } from "#wire";
import { assembleKeys, assembleServer, type ServedPlatform } from "../../src/assemble.ts";
import { call, type Got, problemIn } from "./client.ts";
import { PATIENT } from "./patient.ts";
import { openStage, REPLY } from "./stage.ts";

const REQUEST = { candidates: [{ id: "a", score: 1 }], k: 1, options: { policy: "patient@1" } };
const ORIGIN = "https://shop.example";

let platform: ServedPlatform;
let folder: string;
let admin: string;
let acme: string;
/** For a decision type this program does not have; a server makes no such key. */
let elsewhere: string;

beforeAll(async () => {
  folder = fs.mkdtempSync(path.join(os.tmpdir(), "tandem-keys-"));
  const storage = { kind: "directory", path: folder } as const;
  const { keys, close } = await assembleKeys(storage);
  admin = (await keys.create(LOCAL_PRINCIPAL, { name: "first", role: "admin" })).key;
  const wish = { name: "other", role: "operator", decisionTypes: ["pricing"] } as const;
  elsewhere = (await keys.create(LOCAL_PRINCIPAL, wish)).key;
  await close();
  platform = await assembleServer({
    ...{ storage, host: "127.0.0.1", port: 0 },
    log: { level: "silent", stream: { write: () => {} } },
  });
  await platform.ready;
  acme = (await make({ role: "admin", tenant: "acme" }, admin)).key;
  expect((await as(admin, "POST", "/v1/policies", PATIENT)).status).toBe(201);
});
afterAll(async () => {
  await platform.stop();
  fs.rmSync(folder, { recursive: true, force: true });
});

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
      const problem = problemIn(await as(elsewhere, method, path, body));
      expect(problem, path).toMatchObject({ status: 403, code: "type-refused" });
    }
    expect((await as(elsewhere, "GET", "/v1/policies")).json).toEqual({ items: [] });
  });

  test("is made for types that exist, all of them named", async () => {
    const wish = { name: "x", role: "reader", decisionTypes: ["ranking", "pricing", 7] };
    const problem = problemIn(await as(admin, "POST", "/v1/keys", wish));
    expect(problem).toMatchObject({ status: 400, code: "request-shape-invalid" });
    expect(problem.flaws).toEqual([
      { pointer: "/decisionTypes/1", message: 'expected one of ranking, routing, got "pricing"' },
      { pointer: "/decisionTypes/2", message: "expected one of ranking, routing, got 7" },
    ]);
    expect((await as(admin, "GET", "/v1/keys")).text).not.toContain('"name":"x"');
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
  test("beyond its own a key is refused until the time it is told; others go on", async () => {
    const keys = await openKeyRing(openMemoryStore(), systemClock, randomBytes);
    const wish = { name: "one", role: "admin" } as const;
    const [one, other] = [
      (await keys.create(LOCAL_PRINCIPAL, wish)).key,
      (await keys.create(LOCAL_PRINCIPAL, wish)).key,
    ];
    const rates = { perKey: 1, perTenant: 1000 };
    let nowMs = 0;
    const clock: Clock = { ...systemClock, monotonicMs: () => nowMs };
    const stage = await openStage(async () => REPLY, { keys, rates, clock });
    const ask = (key: string) =>
      call(stage.base, "GET", "/openapi.json", undefined, { authorization: `Bearer ${key}` });
    const got = await Promise.all(Array.from({ length: 20 }, () => ask(one)));
    const all = got.map(({ status }) => status).sort((a, b) => a - b);
    expect(all).toEqual([200, ...Array(19).fill(429)]);
    const refused = present(
      got.find(({ status }) => status === 429),
      "a refusal",
    );
    expect(problemIn(refused)).toMatchObject({ code: "rate-limited" });
    expect(refused.headers.get("retry-after")).toBe("1");
    expect(refused.headers.get("ratelimit")).toBe('"key";r=0;t=1');
    expect(refused.headers.get("ratelimit-policy")).toBe('"key";q=1;w=1, "tenant";q=1000;w=1');
    expect((await ask(other)).status).toBe(200);
    nowMs += 500;
    expect((await ask(one)).status).toBe(429);
    nowMs += 500;
    expect([(await ask(one)).status, (await ask(one)).status]).toEqual([200, 429]);
    await stage.server.drain(1000);
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

  test("with a key: by an address of its own and the names it was given, by no other", async () => {
    const folder = fs.mkdtempSync(path.join(os.tmpdir(), "tandem-beyond-"));
    const storage = { kind: "directory", path: folder } as const;
    const { keys, close } = await assembleKeys(storage);
    const { key } = await keys.create(LOCAL_PRINCIPAL, { name: "first", role: "admin" });
    await close();
    const beyond = await assembleServer({
      ...{ storage, host: "0.0.0.0", port: 0, doors: { hosts: ["shop.example"], origins: [] } },
      log: { level: "silent", stream: { write: () => {} } },
    });
    await beyond.ready;
    const { port } = new URL(beyond.url);
    const statusFor = (host: string, authorization?: string): Promise<number> =>
      new Promise((resolve, reject) => {
        const headers = { host, ...(authorization !== undefined && { authorization }) };
        const options = { host: "127.0.0.1", port, path: "/v1/policies", headers };
        const asked = http.get(options, (reply) => {
          reply.resume();
          resolve(reply.statusCode ?? 0);
        });
        asked.once("error", reject);
      });
    const known = `Bearer ${key}`;
    expect(await statusFor(`127.0.0.1:${port}`, known)).toBe(200);
    expect(await statusFor("shop.example", known)).toBe(200);
    expect(await statusFor("shop.example")).toBe(401);
    expect(await statusFor("evil.example", known)).toBe(403);
    expect(await statusFor("10.1.2.3", known)).toBe(403);
    expect(beyond.needsKeys).toBe(true);
    await beyond.stop();
    fs.rmSync(folder, { recursive: true, force: true });
  });

  test("is refused without keys, by address and by name", async () => {
    const refused = { row: { code: "keys-required" } };
    await expect(served("0.0.0.0")).rejects.toMatchObject(refused);
    const byName = { hosts: ["shop.example"], origins: [] };
    await expect(served("127.0.0.1", byName)).rejects.toMatchObject(refused);
  });
});

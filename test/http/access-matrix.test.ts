/**
 * Every route against everybody: who gets in is read off the table below for the routes it names
 * and off the document for all others, so a new route is in the matrix without anyone adding it.
 */
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { z } from "zod";
import type { Role } from "#foundation";
import { keyCreated } from "#wire";
import { assembleServer, type ServedPlatform } from "../../src/assemble.ts";
import { call, problemIn } from "./client.ts";

type Access = "public" | Role | "owner";
const access = z.enum(["public", "reader", "operator", "admin", "owner"]);

/** What the routes are meant to ask for; written here once more, on purpose. */
const MEANT: Readonly<Record<string, Access>> = {
  "post /v1/decisions/ranking": "operator",
  "get /v1/decisions/{id}": "reader",
  "get /v1/decisions": "reader",
  "get /v1/decisions/stream": "reader",
  "post /v1/decisions/{id}/replay": "operator",
  "post /v1/outcomes": "operator",
  "get /v1/policies": "reader",
  "post /v1/policies": "admin",
  "get /v1/policies/{reference}": "reader",
  "get /v1/items/{set}": "reader",
  "put /v1/items/{set}": "admin",
  "get /v1/items/{set}/entries": "reader",
  "get /v1/capacity": "reader",
  "put /v1/capacity": "admin",
  "post /v1/capacity/reservations": "operator",
  "post /v1/capacity/reservations/{id}/commit": "operator",
  "post /v1/capacity/reservations/{id}/release": "operator",
  "get /v1/keys": "admin",
  "post /v1/keys": "admin",
  "post /v1/keys/{id}/revoke": "admin",
  "get /healthz": "public",
  "get /readyz": "public",
  "get /": "public",
  "get /problems/{code}": "public",
  "get /metrics": "reader",
  "get /openapi.json": "reader",
};

/** Routes the document leaves out. */
const UNDOCUMENTED: readonly (readonly [string, string, Access])[] = [
  ["get", "/assets/{file}", "public"],
  ["post", "/v1/decisions/{type}", "operator"],
];

const CALLERS = [
  ...["no key", "a bad key", "a bad scheme", "an expired key", "a revoked key"],
  ...["a reader", "an operator", "an admin", "another tenant's admin"],
] as const;
type Caller = (typeof CALLERS)[number];

/** How long the key lives that is to be found expired. */
const SHORT_MS = 400;

let platform: ServedPlatform;
let admin: string;
const headers = new Map<Caller, Readonly<Record<string, string>>>();
let routes: readonly (readonly [method: string, path: string, access: Access])[] = [];

const bearer = (key: string) => ({ authorization: `Bearer ${key}` });

async function make(wish: Readonly<Record<string, unknown>>, by?: string) {
  const got = await call(
    platform.url,
    "POST",
    "/v1/keys",
    { name: "a key", ...wish },
    by === undefined ? {} : bearer(by),
  );
  return keyCreated.parse(got.json);
}

beforeAll(async () => {
  platform = await assembleServer({
    ...{ storage: { kind: "memory" }, host: "127.0.0.1", port: 0 },
    log: { level: "silent", stream: { write: () => {} } },
  });
  await platform.ready;
  admin = (await make({ role: "admin" })).key;
  const expiresAt = new Date(Date.now() + SHORT_MS).toISOString();
  const expired = (await make({ role: "admin", expiresAt }, admin)).key;
  const revoked = await make({ role: "admin" }, admin);
  await call(platform.url, "POST", `/v1/keys/${revoked.id}/revoke`, undefined, bearer(admin));
  headers.set("no key", {});
  headers.set("a bad key", bearer(admin.replace(/.$/, (last) => (last === "A" ? "B" : "A"))));
  headers.set("a bad scheme", { authorization: `Basic ${btoa(`admin:${admin}`)}` });
  headers.set("an expired key", bearer(expired));
  headers.set("a revoked key", bearer(revoked.key));
  headers.set("a reader", bearer((await make({ role: "reader" }, admin)).key));
  headers.set("an operator", bearer((await make({ role: "operator" }, admin)).key));
  headers.set("an admin", bearer(admin));
  const acme = (await make({ role: "admin", tenant: "acme" }, admin)).key;
  headers.set("another tenant's admin", bearer(acme));
  const documented = z.object({
    paths: z.record(z.string(), z.record(z.string(), z.object({ "x-role": access }))),
  });
  const { json } = await call(platform.url, "GET", "/openapi.json", undefined, bearer(admin));
  routes = Object.entries(documented.parse(json).paths).flatMap(([path, methods]) =>
    Object.entries(methods).map(([method, one]) => [method, path, one["x-role"]] as const),
  );
  await new Promise((resolve) => setTimeout(resolve, SHORT_MS));
});
afterAll(() => platform.stop());

/** 0 for let in: whatever the route then says. */
function expected(caller: Caller, wanted: Access): number {
  if (wanted === "public") return 0;
  switch (caller) {
    case "a reader":
      return wanted === "reader" ? 0 : 403;
    case "an operator":
      return wanted === "reader" || wanted === "operator" ? 0 : 403;
    case "an admin":
      return 0;
    case "another tenant's admin":
      return wanted === "owner" ? 403 : 0;
    default:
      return 401;
  }
}

/** The status for a caller; the body of a stream is not waited for. */
async function ask(caller: Caller, method: string, path: string) {
  const filled = path.replaceAll(/\{\w+\}/g, "x");
  const stopping = new AbortController();
  const reply = await fetch(new URL(filled, platform.url), {
    method: method.toUpperCase(),
    headers: { ...headers.get(caller), "content-type": "application/json" },
    ...(method !== "get" && { body: "{}" }),
    signal: stopping.signal,
  });
  const isRefusal = reply.status === 401 || reply.status === 403;
  const text = isRefusal ? await reply.text() : "";
  stopping.abort();
  return { status: isRefusal ? reply.status : 0, headers: reply.headers, text };
}

describe("the matrix of routes and callers", () => {
  test("routes ask for what they were meant to", () => {
    const found = new Map(routes.map(([method, path, wanted]) => [`${method} ${path}`, wanted]));
    const meant = Object.fromEntries(Object.keys(MEANT).map((name) => [name, found.get(name)]));
    expect(meant).toEqual(MEANT);
  });

  test.each(CALLERS)("%s", async (caller) => {
    for (const [method, path, wanted] of [...routes, ...UNDOCUMENTED]) {
      const got = await ask(caller, method, path);
      const where = `${method} ${path} (${wanted})`;
      expect(got.status, where).toBe(expected(caller, wanted));
      const challenge = got.headers.get("www-authenticate");
      expect(challenge?.startsWith("Bearer ") ?? false, where).toBe(got.status === 401);
      if (got.status === 0) continue;
      const body: unknown = JSON.parse(got.text);
      if (path.startsWith("/v2")) expect(body, where).toEqual({ error: expect.any(String) });
      else expect(body, where).toMatchObject({ status: got.status, code: expect.any(String) });
    }
  });

  test.each(CALLERS)("%s, asking for what is not there or not like that", async (caller) => {
    for (const [method, path] of [
      ["GET", "/v1/nothing"],
      ["PUT", "/v1/outcomes"],
    ] as const) {
      const got = await call(platform.url, method, path, undefined, headers.get(caller));
      const known = expected(caller, "reader") === 0;
      const status = known ? (method === "GET" ? 404 : 405) : 401;
      expect(problemIn(got).status, path).toBe(status);
      if (!known) expect(got.headers.get("allow")).toBeNull();
    }
  });
});

describe("the ways in say what they are", () => {
  test.each([
    ["no key", "key-missing", 401],
    ["a bad key", "key-refused", 401],
    ["a bad scheme", "key-refused", 401],
    ["an expired key", "key-refused", 401],
    ["a revoked key", "key-refused", 401],
    ["a reader", "role-insufficient", 403],
  ] as const)("%s", async (caller, code, status) => {
    const got = await call(platform.url, "POST", "/v1/policies", {}, headers.get(caller));
    expect(problemIn(got)).toMatchObject({ code, status, retry: false });
    expect(got.text).not.toContain(admin.slice(-20));
  });

  test("a key in the query is no key", async () => {
    const got = await call(platform.url, "GET", `/v1/policies?key=${admin}&access_token=${admin}`);
    expect(problemIn(got).code).toBe("key-missing");
  });

  test("the other tenant's admin may not make or see keys of this one", async () => {
    const theirs = headers.get("another tenant's admin");
    const wish = { name: "x", role: "admin", tenant: "local" };
    const made = await call(platform.url, "POST", "/v1/keys", wish, theirs);
    expect(problemIn(made)).toMatchObject({ status: 403, code: "tenant-refused" });
    const listed = await call(platform.url, "GET", "/v1/keys?tenant=local", undefined, theirs);
    expect(problemIn(listed)).toMatchObject({ status: 403, code: "tenant-refused" });
  });
});

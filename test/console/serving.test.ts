/**
 * What the server adds for the console, on the platform as it is shipped: single items of a set, a
 * decision's own request, the pages and their headers.
 */
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { decisionView, itemEntries } from "#wire";
import { assembleServer, type ServedPlatform } from "../../src/assemble.ts";
import { call, problemIn } from "../http/client.ts";

const PAGE = { mediaType: "text/html; charset=utf-8", immutable: false };
const SCRIPT = { mediaType: "text/javascript; charset=utf-8", immutable: true };
const pages = new Map([
  ["/", { ...PAGE, bytes: Buffer.from("<!doctype html>") }],
  ["/assets/a-1.js", { ...SCRIPT, bytes: Buffer.from("let a;") }],
]);
const ITEMS = ["a", "b c", "d&e"].map((id, index) => ({ id, title: `The ${id}`, price: index }));

let platform: ServedPlatform;
const send = (method: string, where: string, body?: unknown) =>
  call(platform.url, method, where, body);

beforeAll(async () => {
  platform = await assembleServer({
    storage: { kind: "memory" },
    host: "127.0.0.1",
    port: 0,
    page: (path) => pages.get(path),
    log: { level: "silent", stream: { write: () => {} } },
  });
  await platform.ready;
  const first = await send("PUT", "/v1/items/things", { type: "ranking", items: ITEMS });
  expect(first.json).toMatchObject({ version: 1 });
  const second = await send("PUT", "/v1/items/things", { type: "ranking", items: [{ id: "a" }] });
  expect(second.json).toMatchObject({ version: 2 });
});
afterAll(() => platform.stop());

describe("GET /v1/items/{set}/entries", () => {
  const CASES: readonly [remark: string, query: string, version: number, ids: string[]][] = [
    ["one, of the newest version", "id=a", 2, ["a"]],
    [
      "several, of an older one, in the order asked for",
      "version=1&id=d%26e&id=a",
      1,
      ["d&e", "a"],
    ],
    ["those there are", "version=1&id=b%20c&id=nothing", 1, ["b c"]],
    ["none", "id=nothing", 2, []],
  ];
  test.each(CASES)("%s", async (_remark, query, version, ids) => {
    const got = await send("GET", `/v1/items/things/entries?${query}`);
    expect(got.status).toBe(200);
    const entries = itemEntries.parse(got.json);
    const expected = version === 1 ? ids.map((id) => ITEMS.find((item) => item.id === id)) : null;
    expect(entries).toEqual({
      ...{ name: "things", version },
      items: expected ?? ids.map((id) => ({ id })),
    });
  });

  const REFUSED: readonly [remark: string, where: string, status: number][] = [
    ["no id", "/v1/items/things/entries", 400],
    ["too many ids", `/v1/items/things/entries?${"id=a&".repeat(101)}`, 400],
    ["a version that is none", "/v1/items/things/entries?id=a&version=0", 400],
    ["a version there is not", "/v1/items/things/entries?id=a&version=3", 404],
    ["a set there is not", "/v1/items/nothing/entries?id=a", 404],
  ];
  test.each(REFUSED)("refuses %s", async (_remark, where, status) => {
    const got = await send("GET", where);
    expect(problemIn(got).status).toBe(status);
  });
});

test("a decision shows its request without what is personal", async () => {
  const candidates = [{ id: "x", score: 1 }];
  const options = { deadlineMs: 1000, seed: 7 };
  const body = { candidates, k: 1, subject: { id: "someone" }, context: { page: "home" }, options };
  const made = await send("POST", "/v1/decisions/ranking", body);
  const { decisionId } = decisionView.shape.reply.parse(made.json);
  const view = decisionView.parse((await send("GET", `/v1/decisions/${decisionId}`)).json);
  expect(view.request).toEqual({ candidates, k: 1, options });
});

describe("the pages", () => {
  test("come under a strict policy and are asked for again", async () => {
    const got = await send("GET", "/");
    expect([got.status, got.text]).toEqual([200, "<!doctype html>"]);
    const policy = got.headers.get("content-security-policy") ?? "";
    expect(policy.split("; ")).toEqual([
      ...["default-src 'none'", "script-src 'self'", "style-src 'self'", "img-src 'self' data:"],
      ...["connect-src 'self'", "form-action 'none'", "base-uri 'none'", "frame-ancestors 'none'"],
    ]);
    expect(got.headers.get("cache-control")).toBe("no-cache");
  });

  test("load files that a browser may keep, and only those there are", async () => {
    const got = await send("GET", "/assets/a-1.js");
    expect([got.status, got.text]).toEqual([200, "let a;"]);
    expect(got.headers.get("cache-control")).toContain("immutable");
    expect(got.headers.get("x-content-type-options")).toBe("nosniff");
    for (const other of ["/assets/b.js", "/assets/..%2F", "/assets/..%2Findex.html", "/assets/"]) {
      expect(problemIn(await send("GET", other)).status).toBe(404);
    }
  });
});

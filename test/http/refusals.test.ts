/**
 * What the edge says no to: every client's mistake is problem details with its own status, never a
 * 5xx; every fault of the platform keeps its code and gets the status of its category.
 */
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import type { FaultCategory } from "#foundation";
import { call, problemIn } from "./client.ts";
import { faultOf, openStage, REPLY, REQUEST, type Stage } from "./stage.ts";

const SHAPE = "request-shape-invalid";
const DEEP = `${"[".repeat(100_000)}${"]".repeat(100_000)}`;
const RANKING = "/v1/decisions/ranking";
const ID = "01981f3a-5b00-7000-8000-000000000000";

describe("a client's mistakes", () => {
  let stage: Stage;
  beforeAll(async () => {
    stage = await openStage(async () => REPLY);
  });
  afterAll(() => stage.server.drain(1000));

  test.each([
    ["malformed JSON", "POST", RANKING, "{k", {}, 400, "json-malformed"],
    ["JSON cut short", "POST", RANKING, '{"k":1', {}, 400, "json-malformed"],
    [
      "bytes that are not UTF-8",
      "POST",
      RANKING,
      new Uint8Array([34, 255, 34]),
      {},
      400,
      "json-malformed",
    ],
    ["nesting 100,000 deep", "POST", RANKING, DEEP, {}, 400, "json-malformed"],
    ["a name given twice", "POST", RANKING, '{"k":1,"k":2}', {}, 400, "json-malformed"],
    [
      "a name for the prototype",
      "POST",
      RANKING,
      '{"__proto__":{"k":1}}',
      {},
      400,
      "json-malformed",
    ],
    ["no body", "POST", "/v1/outcomes", undefined, {}, 400, SHAPE],
    ["an empty body", "POST", "/v1/outcomes", "", {}, 400, SHAPE],
    [
      "a form",
      "POST",
      RANKING,
      "k=1",
      { "content-type": "application/x-www-form-urlencoded" },
      415,
      "media-type-unsupported",
    ],
    [
      "text",
      "POST",
      RANKING,
      "{}",
      { "content-type": "text/plain" },
      415,
      "media-type-unsupported",
    ],
    ["a 10 MB body", "POST", RANKING, `"${"x".repeat(10_000_000)}"`, {}, 413, "body-too-large"],
    ["an unknown address", "GET", "/v1/nothing", undefined, {}, 404, "route-unknown"],
    ["an unknown address with a body", "POST", "/v1/nothing", "{k", {}, 404, "route-unknown"],
    ["an address with a broken escape", "GET", "/v1/%zz", undefined, {}, 400, "request-malformed"],
    ["a wrong method", "DELETE", "/v1/policies", undefined, {}, 405, "method-not-allowed"],
    [
      "a wrong method on a template",
      "PUT",
      `/v1/decisions/${ID}`,
      {},
      {},
      405,
      "method-not-allowed",
    ],
    ["OPTIONS", "OPTIONS", RANKING, undefined, {}, 405, "method-not-allowed"],
    [
      "a method few have heard of",
      "PROPFIND",
      "/v1/policies",
      undefined,
      {},
      405,
      "method-not-allowed",
    ],
    ["an id that is none", "GET", "/v1/decisions/1", undefined, {}, 400, SHAPE],
    ["a limit that is no number", "GET", "/v1/decisions?limit=many", undefined, {}, 400, SHAPE],
    ["a parameter given twice", "GET", "/v1/decisions?limit=1&limit=2", undefined, {}, 400, SHAPE],
    ["an unknown parameter", "GET", "/v1/decisions?page=2", undefined, {}, 400, SHAPE],
    ["a policy without version", "GET", "/v1/policies/homepage", undefined, {}, 400, SHAPE],
    ["an item set with a strange name", "PUT", "/v1/items/a%2Fb", { items: [] }, {}, 400, SHAPE],
    ["items that are no list", "PUT", "/v1/items/shop", { items: {} }, {}, 400, SHAPE],
    [
      "an idempotency key too long",
      "POST",
      RANKING,
      REQUEST,
      { "idempotency-key": "k".repeat(256) },
      400,
      SHAPE,
    ],
    [
      "an idempotency key with a space",
      "POST",
      RANKING,
      REQUEST,
      { "idempotency-key": "a b" },
      400,
      SHAPE,
    ],
    [
      "another site's page",
      "POST",
      RANKING,
      REQUEST,
      { origin: "https://example.org" },
      403,
      "origin-refused",
    ],
    ["a page from a file", "POST", RANKING, REQUEST, { origin: "null" }, 403, "origin-refused"],
    ["a problem nobody knows", "GET", "/problems/nonsense", undefined, {}, 404, "route-unknown"],
  ] as const)("%s", async (_remark, method, path, body, headers, status, code) => {
    const got = await call(stage.base, method, path, body, headers);
    const problem = problemIn(got);
    expect(problem).toMatchObject({ status, code });
    if (status === 405) expect(got.headers.get("allow")).not.toContain(method);
  });

  test("every flaw is named, at its place", async () => {
    const outcome = { outcomeId: "", kind: 1, "a/b~c": 1 };
    const { flaws } = problemIn(await call(stage.base, "POST", "/v1/outcomes", [outcome]));
    const pointers = flaws.map((flaw) => flaw.pointer).sort();
    const expected = ["/0/at", "/0/a~1b~0c", "/0/decisionId", "/0/kind", "/0/outcomeId"];
    expect(pointers).toEqual(expected);
  });

  test("of a hundred thousand flaws a hundred are listed, and the rest counted", async () => {
    const names = Array.from({ length: 1500 }, (_, index) => [`x${index}`, 0]);
    const got = await call(stage.base, "POST", "/v1/outcomes", Object.fromEntries(names));
    const { flaws, detail } = problemIn(got);
    expect(flaws).toHaveLength(100);
    expect(detail).toContain(`${1500 + 4 - 100} more`);
  });

  test("replies carry the headers that keep browsers from misusing them", async () => {
    for (const path of ["/", "/healthz", "/v1/nothing"]) {
      const { headers } = await call(stage.base, "GET", path);
      expect(headers.get("x-content-type-options")).toBe("nosniff");
      expect(headers.get("content-security-policy")).toContain("default-src 'none'");
      expect(headers.get("access-control-allow-origin")).toBeNull();
    }
  });

  test("a problem's type leads to a page that explains it", async () => {
    const { type, title } = problemIn(await call(stage.base, "GET", "/v1/nothing"));
    const page = await call(stage.base, "GET", type);
    expect(page.status).toBe(200);
    expect(page.text).toContain(title);
  });

  test("nothing of a request but its route reaches the log", async () => {
    const secret = "pseudonym-4711";
    await call(stage.base, "POST", RANKING, { ...REQUEST, subject: { id: secret } });
    await call(stage.base, "POST", RANKING, `{"${secret}`);
    await call(stage.base, "GET", `/v1/decisions?cursor=${secret}`);
    expect(stage.logged.length).toBeGreaterThan(2);
    expect(stage.logged.join("")).not.toContain(secret);
  });

  test("a trace's identity is taken over into the log, a broken one is not", async () => {
    const traceId = "0af7651916cd43dd8448eb211c80319c";
    const sound = `00-${traceId}-b7ad6b7169203331-01`;
    for (const traceparent of [sound, `00-${"0".repeat(32)}-b7ad6b7169203331-01`, "x"]) {
      await call(stage.base, "GET", "/healthz", undefined, { traceparent });
    }
    const lines = stage.logged.slice(-3).map((line) => JSON.parse(line));
    expect(lines.map((line) => line.traceId)).toEqual([traceId, undefined, undefined]);
  });
});

const STATUS: Readonly<Record<FaultCategory, number>> = {
  invalid: 400,
  contradiction: 422,
  refused: 403,
  missing: 404,
  conflict: 409,
  exhausted: 503,
  undecided: 504,
  unavailable: 503,
};

describe("the platform's faults", () => {
  test.each(Object.entries(STATUS))("%s is %i", async (name, status) => {
    const category = Object.keys(STATUS).find((one): one is FaultCategory => one === name);
    const row = {
      code: `test-${name}`,
      category: category ?? "invalid",
      retry: true,
      title: "A test.",
      remedy: "None.",
    };
    const stage = await openStage(() => Promise.reject(faultOf(row)));
    const got = await call(stage.base, "POST", RANKING, REQUEST);
    expect(problemIn(got)).toMatchObject({
      status,
      code: row.code,
      title: row.title,
      retry: true,
      flaws: [{ pointer: "/k", message: "expected more" }],
      rules: ["spacing"],
      retryAfterMs: 1500,
    });
    expect(got.headers.get("retry-after")).toBe("2");
    await stage.server.drain(1000);
  });

  test("a failure of the program itself is a 500 that gives nothing away", async () => {
    const stage = await openStage(() => Promise.reject(new TypeError("secret: 4711")));
    const got = await call(stage.base, "POST", RANKING, REQUEST);
    expect(problemIn(got)).toMatchObject({ status: 500, code: "internal", retry: false });
    expect(got.text).not.toContain("4711");
    expect(stage.logged.join("")).toContain("secret: 4711");
    await stage.server.drain(1000);
  });
});

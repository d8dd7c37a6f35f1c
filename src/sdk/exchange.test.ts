/**
 * Calls against a network and a clock held in the hand: what is sent again and what is not, how
 * long is waited, what is left of the deadline each time, and how a call ends.
 */
import { describe, expect, test } from "vitest";
import type { HttpFetch } from "./surroundings.ts";
import { TandemClient } from "./tandem-client.ts";
import type { TandemError } from "./tandem-error.ts";

interface Scripted {
  readonly status: number;
  readonly body?: unknown;
  readonly retryAfter?: string;
  readonly tookMs?: number;
}

/** A reply, a connection that fails, or none at all. */
type Step = Scripted | "reset" | "silence";

const PROBLEM = { title: "No.", detail: "Not now.", code: "overloaded", retry: true, flaws: [] };

const DECIDED = { decisionId: "a", answer: {}, quality: {}, reasons: [] };

/** A client whose clock moves only when it waits or a scripted reply takes its time. */
function stage(steps: readonly Step[], uniform = 0.5, retries?: number) {
  let nowMs = 0;
  const sent: { key: string | undefined; body: unknown; atMs: number }[] = [];
  const timers = new Set<{ atMs: number; action: () => void }>();
  const turnTo = (atMs: number) => {
    nowMs = Math.max(nowMs, atMs);
    for (const timer of [...timers]) {
      if (timer.atMs > nowMs || !timers.delete(timer)) continue;
      timer.action();
    }
  };
  const fetch: HttpFetch = async (_url, { headers, body, signal }) => {
    const step = steps[Math.min(sent.length, steps.length - 1)];
    const asked = body === undefined ? undefined : JSON.parse(body);
    sent.push({ key: headers["idempotency-key"], body: asked, atMs: nowMs });
    if (step === "reset") throw new TypeError("fetch failed");
    if (step === "silence") {
      setImmediate(() => turnTo(Number.MAX_SAFE_INTEGER));
      return new Promise((_, reject) => {
        signal.addEventListener("abort", () => reject(signal.reason), { once: true });
      });
    }
    turnTo(nowMs + (step.tookMs ?? 0));
    const headersOf = new Map([["retry-after", step.retryAfter ?? null]]);
    return {
      status: step.status,
      headers: { get: (name) => headersOf.get(name) ?? null },
      body: null,
      text: async () => JSON.stringify(step.body ?? DECIDED),
    };
  };
  const client = new TandemClient({
    baseUrl: "http://tandem.example/api/",
    ...(retries !== undefined && { retries }),
    surroundings: {
      fetch,
      nowMs: () => nowMs,
      after: (delayMs, action) => {
        const timer = { atMs: nowMs + delayMs, action };
        timers.add(timer);
        // A pause is the only timer that is short; the time limit of a call stays untouched.
        if (delayMs < 900) setImmediate(() => timers.has(timer) && turnTo(timer.atMs));
        return () => void timers.delete(timer);
      },
      uniform: () => uniform,
      newKey: () => "key-1",
    },
  });
  return { client, sent, timers };
}

const busy = (retryAfterMs: number): Step => ({ status: 503, body: { ...PROBLEM, retryAfterMs } });
const refused = (status: number, code: string, retry = false): Step => ({
  status,
  body: { ...PROBLEM, code, retry },
});
const OK: Step = { status: 200 };

describe("decide", () => {
  test.each([
    ["answered at once", [OK], 1, undefined],
    ["a broken connection", ["reset", OK], 2, undefined],
    ["busy, with a time", [busy(100), busy(100), OK], 3, undefined],
    ["busy, with a time in the header alone", [{ status: 503, retryAfter: "0" }, OK], 2, undefined],
    ["too many requests", [{ ...Object(busy(1)), status: 429 }, OK], 2, undefined],
    [
      "its own first attempt at work",
      [refused(409, "idempotency-key-in-flight"), OK],
      2,
      undefined,
    ],
    ["down without a time", [{ status: 503, body: PROBLEM }], 1, "overloaded"],
    ["never repeated: flawed", [refused(400, "request-invalid", true)], 1, "request-invalid"],
    ["never repeated: key reused", [refused(409, "key-reused")], 1, "key-reused"],
    ["never repeated: contradiction", [refused(422, "contradiction")], 1, "contradiction"],
    ["never repeated: out of time", [refused(504, "undecided", true)], 1, "undecided"],
    ["something else answers", [{ status: 502, body: "<html>" }], 1, "unexpected-reply"],
    ["nobody there, four times", ["reset"], 4, "unreachable"],
  ] as const)("%s", async (_remark, steps, attempts, code) => {
    const { client, sent, timers } = stage(steps);
    const got = await client.decide("ranking", {}).catch((error: TandemError) => error.code);
    expect(got).toEqual(code ?? DECIDED);
    expect(sent).toHaveLength(attempts);
    expect(new Set(sent.map(({ key }) => key))).toEqual(new Set(["key-1"]));
    expect(timers.size).toBe(0);
  });

  test("waits at most a bound that doubles, and what the server says besides", async () => {
    const { client, sent } = stage(["reset", "reset", busy(200), OK], 1);
    await client.decide("ranking", {});
    expect(sent.map(({ atMs }) => atMs)).toEqual([0, 50, 150, 550]);
  });

  test("the server gets what is left of the deadline", async () => {
    const { client, sent } = stage([{ ...Object(busy(100)), tookMs: 30 }, "reset", OK], 0);
    await client.decide("ranking", { k: 1, options: { seed: 7 } }, { deadlineMs: 250 });
    const asked = [250, 120, 120].map((deadlineMs) => ({ k: 1, options: { seed: 7, deadlineMs } }));
    expect(sent.map(({ body }) => body)).toEqual(asked);
  });

  test("the lesser of two deadlines counts, and none begins an attempt after it", async () => {
    const { client, sent } = stage([busy(80)], 0);
    const request = { options: { deadlineMs: 100 } };
    const error = await client.decide("ranking", request, { deadlineMs: 900 }).catch((one) => one);
    expect(error).toMatchObject({ code: "overloaded", status: 503, retryAfterMs: 80 });
    expect(sent.map(({ atMs }) => atMs)).toEqual([0, 80]);
  });

  test("no retries, none made", async () => {
    const { client, sent } = stage(["reset", OK], 0, 0);
    await expect(client.decide("ranking", {})).rejects.toMatchObject({ code: "unreachable" });
    expect(sent).toHaveLength(1);
  });

  test("a time to come back that is none is not one", async () => {
    for (const retryAfterMs of [-5000, "soon", null]) {
      const problem = { ...PROBLEM, retryAfterMs, flaws: 7, rules: null };
      const { client, sent } = stage([{ status: 503, body: problem }]);
      const error = await client.decide("ranking", {}).catch((one) => one);
      expect(error).toMatchObject({ retryAfterMs: undefined, flaws: [], rules: [] });
      expect(sent).toHaveLength(1);
    }
  });

  test.each([Number.NaN, -1])("a time limit of %s is refused", async (timeoutMs) => {
    const { client, sent } = stage([OK]);
    const deciding = client.decide("ranking", {}, { deadlineMs: timeoutMs });
    await expect(deciding).rejects.toMatchObject({ code: "invalid-request", retry: false });
    expect(sent).toHaveLength(0);
    expect(() => new TandemClient({ baseUrl: "http://x.example", timeoutMs })).toThrow("timeoutMs");
  });

  test("gives up by itself when nothing comes", async () => {
    const { client } = stage(["silence"]);
    const deciding = client.decide("ranking", {}, { deadlineMs: 50 });
    await expect(deciding).rejects.toMatchObject({ code: "timeout", status: 0, retry: true });
  });

  test("ends with the caller's reason, at work and while waiting", async () => {
    for (const steps of [["silence"], [busy(20_000)]] as const) {
      const { client, timers } = stage(steps);
      const stopping = new AbortController();
      const reason = new Error("enough");
      setImmediate(() => stopping.abort(reason));
      const deciding = client.decide("ranking", {}, { signal: stopping.signal });
      await expect(deciding).rejects.toBe(reason);
      expect(timers.size).toBe(0);
    }
    const { client, sent } = stage([OK]);
    const signal = AbortSignal.abort("never mind");
    await expect(client.decide("ranking", {}, { signal })).rejects.toBe("never mind");
    expect(sent).toHaveLength(0);
  });
});

test("the key travels with every attempt, the path of the address before every route", async () => {
  const sent: unknown[] = [];
  const client = new TandemClient({
    baseUrl: "https://tandem.example/api/?x#y",
    apiKey: "tandem_secret",
    fetch: async (url, { headers }) => {
      sent.push([url, headers.authorization]);
      if (sent.length === 1) throw new TypeError("fetch failed");
      return new Response('{"items":[]}');
    },
  });
  expect(await client.policies()).toEqual([]);
  const both = ["https://tandem.example/api/v1/policies", "Bearer tandem_secret"];
  expect(sent).toEqual([both, both]);
});

test("a time limit longer than any timer is none; redirects are not followed", async () => {
  for (const timeoutMs of [Number.POSITIVE_INFINITY, 3e9]) {
    const redirects: string[] = [];
    const client = new TandemClient({
      baseUrl: "http://tandem.example",
      timeoutMs,
      fetch: async (_url, { signal, redirect }) => {
        redirects.push(redirect);
        await new Promise((resolve) => setTimeout(resolve, 20));
        signal.throwIfAborted();
        return new Response("", { status: 307, headers: { location: "/elsewhere" } });
      },
    });
    await expect(client.policies()).rejects.toMatchObject({
      code: "unexpected-reply",
      status: 307,
    });
    expect(redirects).toEqual(["manual"]);
  }
});

test.each<[string, (client: TandemClient) => Promise<unknown>]>([
  ["decide", (client) => client.decide("ranking", {})],
  ["decision", (client) => client.decision("a")],
  ["decisions", (client) => client.decisions().next()],
  ["replay", (client) => client.replay("a")],
  ["reportOutcomes", (client) => client.reportOutcomes([])],
  ["policies", (client) => client.policies()],
  ["policy", (client) => client.policy("a@1")],
  ["itemSet", (client) => client.itemSet("a")],
  ["items", (client) => client.items("a", ["b"])],
])("%s refuses JSON that is no reply to it", async (_name, call) => {
  for (const body of [[], 7, {}, { items: 7, results: [7], reply: {} }]) {
    const { client } = stage([{ status: 200, body }]);
    const refused = { code: "unexpected-reply", retry: false };
    await expect(call(client)).rejects.toMatchObject(refused);
  }
});

test("an address that is none of ours is refused at once", () => {
  for (const baseUrl of ["ftp://x.example", "x.example", ""]) {
    expect(() => new TandemClient({ baseUrl })).toThrow(TypeError);
  }
});

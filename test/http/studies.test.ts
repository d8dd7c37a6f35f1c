/**
 * The simulated week over HTTP: what it takes, what it sends, and that a client that leaves gives
 * its place back.
 */
import { afterAll, beforeAll, expect, test, vi } from "vitest";
import { assembleServer } from "../../src/assemble.ts";
import { call } from "./client.ts";

const PATH = "/v1/studies/contact-centre-week";
let platform: Awaited<ReturnType<typeof assembleServer>>;

beforeAll(async () => {
  platform = await openPlatform();
});
afterAll(() => platform.stop());

async function openPlatform(): ReturnType<typeof assembleServer> {
  const opened = await assembleServer({
    ...{ storage: { kind: "memory" }, host: "127.0.0.1", port: 0 },
    log: { level: "silent", stream: { write: () => {} } },
  });
  await opened.ready;
  return opened;
}

function begin(body: object, signal?: AbortSignal, url = platform.url): Promise<Response> {
  return fetch(new URL(PATH, url), {
    method: "POST",
    headers: { "content-type": "application/json" },
    body: JSON.stringify(body),
    ...(signal !== undefined && { signal }),
  });
}

test.each([
  [{ days: 3 }, "/days"],
  [{ days: 30 }, "/days"],
  [{ speed: 149 }, "/speed"],
  [{ seed: 0.5 }, "/seed"],
  [{ weeks: 1 }, "/weeks"],
])("%j is refused at its place", async (body, pointer) => {
  const got = await call(platform.url, "POST", PATH, body);
  expect(got).toMatchObject({ status: 400, json: { flaws: [{ pointer }] } });
});

test("two days: looks at the floor in order, then the board's page", async () => {
  const reply = await begin({ days: 2, seed: 5, speed: 1_000_000 });
  expect(reply.headers.get("content-type")).toContain("text/event-stream");
  const events = (await reply.text())
    .split("\n\n")
    .filter((text) => text !== "")
    .map((text) => {
      const [, name, data] = /^event: (\w+)\ndata: (.*)$/.exec(text) ?? [];
      return { name, data: JSON.parse(data ?? "null") };
    });
  const end = events.pop();
  expect(new Set(events.map(({ name }) => name))).toEqual(new Set(["frame"]));
  const times = events.map(({ data }) => data.atSeconds);
  expect(times.length).toBeGreaterThan(500);
  expect(times).toEqual(times.toSorted((one, other) => one - other));
  expect(end).toMatchObject({ name: "board", data: { title: expect.any(String) } });
  expect(end?.data.figures).toHaveLength(9);
});

test("a client that leaves gives its place back", async () => {
  const leaving = new AbortController();
  const held = await Promise.all([1, 2].map(() => begin({ speed: 150 }, leaving.signal)));
  expect(held.map(({ status }) => status)).toEqual([200, 200]);
  expect((await begin({ speed: 150 })).status).toBe(429);
  leaving.abort();
  await vi.waitFor(
    async () => {
      const again = new AbortController();
      expect((await begin({ speed: 150 }, again.signal)).status).toBe(200);
      again.abort();
    },
    { timeout: 20_000, interval: 200 },
  );
});

test("a server that shuts down ends its weeks with words", async () => {
  const stopping = await openPlatform();
  const reply = await begin({ speed: 600 }, undefined, stopping.url);
  expect(reply.headers.get("connection")).toBe("close");
  const events = reply.text();
  await stopping.stop();
  expect(await events).toMatch(/event: failed\ndata: .*draining/);
});

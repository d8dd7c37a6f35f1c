/**
 * How the server behaves with more work than it can do, with clients that leave, and when it is
 * told to stop.
 */
import { setTimeout as pause } from "node:timers/promises";
import { describe, expect, test } from "vitest";
import { call, problemIn } from "./client.ts";
import { HeldDecisions, openStage, REPLY, REQUEST } from "./stage.ts";

const RANKING = "/v1/decisions/ranking";

describe("admission", () => {
  test("what can start in time waits, what cannot is refused before any work", async () => {
    const held = new HeldDecisions();
    const { base, server } = await openStage(held.decide, {
      admission: { inFlightMax: 1, queueMax: 1 },
    });
    const first = call(base, "POST", RANKING, REQUEST);
    await held.begun(1);
    const second = call(base, "POST", RANKING, REQUEST);
    await queueHolds(base, 1);
    const third = await call(base, "POST", RANKING, REQUEST);
    expect(problemIn(third)).toMatchObject({ status: 503, code: "overloaded", retry: true });
    expect(Number(third.headers.get("retry-after"))).toBeGreaterThanOrEqual(1);
    held.release(0);
    await held.begun(2);
    held.release(1);
    expect([(await first).status, (await second).status]).toEqual([200, 200]);
    await server.drain(1000);
  });

  test("who waits beyond the latest start is refused, and never reaches the pipeline", async () => {
    const held = new HeldDecisions();
    const { base, server } = await openStage(held.decide, {
      admission: { inFlightMax: 1, queueMax: 8 },
    });
    const first = call(base, "POST", RANKING, REQUEST);
    await held.begun(1);
    const hurried = { ...REQUEST, options: { deadlineMs: 40 } };
    const second = await call(base, "POST", RANKING, hurried);
    expect(problemIn(second).code).toBe("overloaded");
    expect(held.signals).toHaveLength(1);
    held.release(0);
    expect((await first).status).toBe(200);
    await server.drain(1000);
  });

  test("liveness and metrics answer beside a full house", async () => {
    const held = new HeldDecisions();
    const { base, server } = await openStage(held.decide, {
      admission: { inFlightMax: 1, queueMax: 1 },
    });
    const first = call(base, "POST", RANKING, REQUEST);
    await held.begun(1);
    expect((await call(base, "GET", "/healthz")).status).toBe(200);
    expect((await call(base, "GET", "/metrics")).text).toMatch(/^tandem_decisions_in_flight 1$/m);
    held.release(0);
    await first;
    await server.drain(1000);
  });
});

describe("deadlines", () => {
  test("an answer that comes too late is not given as one", async () => {
    const deadlineMs = 20;
    const { base, server } = await openStage(async () => {
      await pause(2 * deadlineMs);
      return { ...REPLY, timing: { ...REPLY.timing, deadlineMs } };
    });
    const late = problemIn(await call(base, "POST", RANKING, REQUEST));
    expect(late).toMatchObject({ status: 504, code: "deadline-missed", retry: true });
    expect(late.detail).toContain(REPLY.decisionId);
    await server.drain(1000);
  });
});

describe("a client that leaves", () => {
  test("has its decision stopped, and the server goes on", async () => {
    const held = new HeldDecisions();
    const { base, server } = await openStage(held.decide);
    const leaving = new AbortController();
    const left = call(base, "POST", RANKING, REQUEST, {}, leaving.signal);
    await held.begun(1);
    leaving.abort();
    await expect(left).rejects.toThrow();
    await aborted(held.signals[0]);
    held.release(0);
    expect((await call(base, "GET", "/healthz")).status).toBe(200);
    await server.drain(1000);
  });

  test("who stays to the end is never taken for one who left", async () => {
    const signals: (AbortSignal | undefined)[] = [];
    const { base, server } = await openStage(async (_body, { signal }) => {
      signals.push(signal);
      return REPLY;
    });
    for (let round = 0; round < 5; round += 1) await call(base, "POST", RANKING, REQUEST);
    await server.drain(1000);
    expect(signals.map((signal) => signal?.aborted)).toEqual(Array(5).fill(false));
  });
});

describe("beginning and end", () => {
  test("before the platform is up, only operations answer", async () => {
    const { base, server } = await openStage(async () => REPLY, { starting: true });
    expect((await call(base, "GET", "/healthz")).status).toBe(200);
    expect((await call(base, "GET", "/")).status).toBe(200);
    for (const [method, path] of [
      ["GET", "/readyz"],
      ["GET", "/openapi.json"],
      ["POST", RANKING],
    ] as const) {
      const body = method === "POST" ? REQUEST : undefined;
      const got = await call(base, method, path, body);
      expect(problemIn(got)).toMatchObject({ status: 503, code: "not-ready", retry: true });
    }
    await server.drain(1000);
  });

  test("draining finishes what is in flight and refuses the rest", async () => {
    const held = new HeldDecisions();
    const { base, server } = await openStage(held.decide, {
      admission: { inFlightMax: 2, queueMax: 8 },
    });
    // One by one, so that their order is known: two at work, one waiting.
    const asked = [call(base, "POST", RANKING, REQUEST)];
    await held.begun(1);
    asked.push(call(base, "POST", RANKING, REQUEST));
    await held.begun(2);
    asked.push(call(base, "POST", RANKING, REQUEST));
    await queueHolds(base, 1);
    const drained = server.drain(5000);
    await expect(call(base, "GET", "/healthz")).rejects.toThrow();
    held.release(0);
    await held.begun(3);
    held.release(1);
    held.release(2);
    expect((await Promise.all(asked)).map((got) => got.status)).toEqual([200, 200, 200]);
    await drained;
  });

  test("a client that holds a connection open cannot hold up the end", async () => {
    const held = new HeldDecisions();
    const { base, server } = await openStage(held.decide);
    const cut = call(base, "POST", RANKING, REQUEST).catch((error: unknown) => error);
    await held.begun(1);
    await server.drain(50);
    expect(await cut).toBeInstanceOf(Error);
    await aborted(held.signals[0]);
  });

  test.each(["0.0.0.0", "::", "192.0.2.1", "example.org"])(
    "does not listen on %s",
    async (host) => {
      const { server } = await openStage(async () => REPLY);
      await expect(server.listen({ host, port: 0 })).rejects.toMatchObject({
        row: { code: "keys-required" },
      });
      await server.drain(1000);
    },
  );

  test("says so when the port is taken", async () => {
    const { base, server } = await openStage(async () => REPLY);
    const other = openStage(async () => REPLY, { port: Number(new URL(base).port) });
    await expect(other).rejects.toMatchObject({ row: { code: "port-unavailable" } });
    await server.drain(1000);
  });
});

/** Waits until the server itself reports `count` waiting requests. */
async function queueHolds(base: string, count: number): Promise<void> {
  const line = new RegExp(`^tandem_decisions_queued ${count}$`, "m");
  while (!line.test((await call(base, "GET", "/metrics")).text)) await pause(5);
}

/** Resolves when `signal` is aborted; a test that waits in vain fails by its time limit. */
async function aborted(signal: AbortSignal | undefined): Promise<void> {
  while (signal?.aborted !== true) await pause(1);
}

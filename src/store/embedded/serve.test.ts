/**
 * The order of write, flush and reply. The thread's side runs in this thread, so that its file
 * operations can be watched.
 */
import fs from "node:fs";
import os from "node:os";
import path from "node:path";
import { MessageChannel, type MessagePort } from "node:worker_threads";
import { afterAll, beforeAll, describe, expect, it, vi } from "vitest";
import type { StoredDecision } from "#pipeline";
import type { Method, Reply, Request } from "./protocol.ts";
import { serveStore } from "./serve.ts";

const BATCH_COUNT = 10;

describe("the embedded store's thread", () => {
  const directory = fs.mkdtempSync(path.join(os.tmpdir(), "tandem-flush-"));
  const { port1: near, port2: far } = new MessageChannel();
  /** What happened, in order: `w`rites to the log, flushes `f`, replies `r`. */
  let events = "";
  const logs = new Set<number>();

  beforeAll(async () => {
    const { openSync, writeSync, fdatasyncSync } = fs;
    vi.spyOn(fs, "openSync").mockImplementation((file, ...rest) => {
      const descriptor = openSync(file, ...rest);
      logs.delete(descriptor);
      if (String(file).includes(`${path.sep}pg_wal${path.sep}`)) logs.add(descriptor);
      return descriptor;
    });
    const watchedWrite = (...parameters: Parameters<typeof writeSync>) => {
      if (logs.has(parameters[0])) events += "w";
      return writeSync(...parameters);
    };
    Object.assign(fs, { writeSync: watchedWrite });
    vi.spyOn(fs, "fdatasyncSync").mockImplementation((descriptor) => {
      fdatasyncSync(descriptor);
      if (logs.has(descriptor)) events += "f";
    });
    near.setMaxListeners(0); // One for each call in flight.
    const opened = nextReply(near);
    await serveStore(far, directory);
    expect(await opened).toEqual({ kind: "opened" });
  });
  afterAll(async () => {
    await call(near, "close");
    near.close();
    vi.restoreAllMocks();
    fs.rmSync(directory, { recursive: true, force: true });
  });

  it("flushes the log after writing and before confirming, once for an append alone", async () => {
    for (let count = 0; count < BATCH_COUNT; count += 1) {
      events = "";
      const reply = await call(near, "append", decision(`alone-${count}`), []);
      expect(reply).toMatchObject({ kind: "returned", value: { kind: "stored" } });
      expect(events).toMatch(/^w+f$/);
    }
  });

  it("flushes once for all that wait for the same flush", async () => {
    events = "";
    const ids = Array.from({ length: 64 }, (_, count) => `together-${count}`);
    const replies = await Promise.all(ids.map((id) => call(near, "append", decision(id), [])));
    const flushes = events.match(/f/g)?.length ?? 0;
    const batches = replies.flatMap((reply) => (reply.kind === "returned" ? reply.batches : []));
    expect(batches, "each flush is told of once").toHaveLength(flushes);
    expect(batches.reduce((sum, { count }) => sum + count, 0)).toBe(ids.length);
    for (const { tookMs } of batches) expect(tookMs).toBeGreaterThan(0);
    expect(flushes).toBeGreaterThanOrEqual(1);
    expect(flushes).toBeLessThan(ids.length / 4);
    expect(events.at(-1)).toBe("f");
  });

  it("flushes nothing for a question", async () => {
    events = "";
    await call(near, "decision", "local", "alone-0");
    await call(near, "ready");
    expect(events).toBe("");
  });
});

let calls = 0;

function call<M extends Method>(
  port: MessagePort,
  method: M,
  ...parameters: Request<M>["parameters"]
): Promise<Reply> {
  calls += 1;
  const number = calls;
  port.postMessage({ call: number, method, parameters });
  return nextReply(port, (reply) => "call" in reply && reply.call === number);
}

function nextReply(port: MessagePort, matches: (reply: Reply) => boolean = () => true) {
  return new Promise<Reply>((resolve) => {
    const listener = (reply: Reply) => {
      if (!matches(reply)) return;
      port.off("message", listener);
      resolve(reply);
    };
    port.on("message", listener);
  });
}

function decision(id: string): StoredDecision {
  return {
    tenant: "local",
    id,
    type: "ranking",
    policy: "homepage@1",
    principal: "loopback",
    atUtcMs: 1,
    rung: "proved",
    status: "optimal",
    latencyMs: 1,
    deadlineMs: 100,
    gap: null,
    record: "{}",
    recordDigest: "digest",
  };
}

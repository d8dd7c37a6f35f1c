/**
 * Clients that leave, and a server that is told to: what was begun is ended, what was acknowledged
 * is kept, and whoever asks again with the same key finds the truth.
 */
import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import fs from "node:fs";
import os from "node:os";
import path from "node:path";
import { setTimeout as pause } from "node:timers/promises";
import { afterAll, expect, test } from "vitest";
import { canonicalJson } from "#foundation";
import type { DecideOptions } from "#pipeline";
import { assemblePipeline } from "../../src/assemble.ts";
import { rankingRequest } from "../generators/ranking-requests.ts";
import { call, problemIn } from "../http/client.ts";
import { openStage, REQUEST } from "../http/stage.ts";
import { handClock } from "../pipeline/hand-clock.ts";
import { ASKER } from "../pipeline/platform.ts";

const ENTRY = new URL("../../src/cli/main.ts", import.meta.url).pathname;
const CLIENTS = 6;
const TIMEOUT_MS = 240_000;
const folder = fs.mkdtempSync(path.join(os.tmpdir(), "tandem-leaving-"));
let server: ChildProcess | undefined;
afterAll(() => {
  server?.kill("SIGKILL");
  fs.rmSync(folder, { recursive: true, force: true });
});

/** What the clients saw. Each request that was sent ends in one of `ended`. */
interface Seen {
  sent: number;
  readonly ended: {
    answered: number;
    /** With a problem that says why. */
    refused: number;
    /** By the client itself. */
    left: number;
    /** Without a byte of a reply, by a server told to stop. */
    unaccepted: number;
    /** Any other way: cut off in the middle, or by a server that nobody told to stop. */
    broken: number;
  };
  leftSeed: number;
  isStopping: boolean;
}

test(
  "SIGTERM under load: what was accepted is answered, exit 0, nothing acknowledged is lost",
  async () => {
    const data = path.join(folder, "data");
    const started = spawn(
      process.execPath,
      [ENTRY, "serve", "--data", data, "--port", "0", "--no-sample", "--json"],
      { stdio: ["ignore", "pipe", "ignore"] },
    );
    server = started;
    const ended = once(started, "exit");
    const [line] = await Promise.race([once(started.stdout, "data"), ended]);
    const { url }: { readonly url: string } = JSON.parse(String(line));
    const acknowledged = new Map<string, string>();
    const none = { answered: 0, refused: 0, left: 0, unaccepted: 0, broken: 0 };
    const seen: Seen = { sent: 0, ended: none, leftSeed: 0, isStopping: false };
    const clients = Array.from({ length: CLIENTS }, async (_, client) => {
      for (let seed = client * 1000; ; seed += 1) {
        const outcome = await ask(url, seed, acknowledged, seen);
        if (outcome === "gone") return;
      }
    });
    while (acknowledged.size < 3 * CLIENTS || seen.ended.left === 0) {
      expect(seen.ended.broken, "before anybody told the server to stop").toBe(0);
      await pause(5);
    }
    seen.isStopping = true;
    started.kill("SIGTERM");
    const [exitCode] = await ended;
    await Promise.all(clients);
    expect(exitCode).toBe(0);
    expect(seen.ended.broken, "replies cut off in the middle").toBe(0);
    const endings = Object.values(seen.ended).reduce((sum, count) => sum + count, 0);
    expect(endings, "each request has one ending").toBe(seen.sent);

    const pipeline = await assemblePipeline({ storage: { kind: "directory", path: data } });
    for (const [id, reply] of acknowledged) {
      expect(canonicalJson((await pipeline.decision(ASKER, id)).reply)).toBe(reply);
    }
    // Who left before the reply came asks again: one decision for the key, however it had ended.
    const again = { idempotencyKey: `left-${seen.leftSeed}` };
    const replies = [
      await pipeline.decide(ASKER, "ranking", bodyOf(seen.leftSeed), again),
      await pipeline.decide(ASKER, "ranking", bodyOf(seen.leftSeed), again),
    ];
    expect(replies[1]).toEqual(replies[0]);
    await pipeline.close();
  },
  TIMEOUT_MS,
);

test("who does not end in time is cut off, not a moment before", async () => {
  const clock = handClock();
  const begun = Promise.withResolvers<void>();
  const signals: (AbortSignal | undefined)[] = [];
  const decide = (_body: unknown, { signal }: DecideOptions) => {
    signals.push(signal);
    begun.resolve();
    return new Promise<never>(() => {});
  };
  const stage = await openStage(decide, { clock });
  const cut = call(stage.base, "POST", "/v1/decisions/ranking", REQUEST).catch(String);
  await begun.promise;
  let isDrained = false;
  const drained = stage.server.drain(8000).then(() => {
    isDrained = true;
  });
  await clock.turn(7999);
  expect([isDrained, signals[0]?.aborted]).toEqual([false, false]);
  await clock.turn(8000);
  await drained;
  expect(await cut).toContain("fetch failed");
});

/** Asks once; one of three clients leaves before its reply can have come. */
async function ask(
  url: string,
  seed: number,
  acknowledged: Map<string, string>,
  seen: Seen,
): Promise<"asked" | "gone"> {
  const leaves = seed % 3 === 1;
  const signal = leaves ? AbortSignal.timeout(2) : undefined;
  const headers: Record<string, string> = {};
  if (leaves) headers["idempotency-key"] = `left-${seed}`;
  seen.sent += 1;
  try {
    const got = await call(url, "POST", "/v1/decisions/ranking", bodyOf(seed), headers, signal);
    if (got.status === 200) {
      const reply: { readonly decisionId: string } = JSON.parse(got.text);
      acknowledged.set(reply.decisionId, canonicalJson(reply));
      seen.ended.answered += 1;
    } else {
      problemIn(got);
      seen.ended.refused += 1;
    }
    return "asked";
  } catch (error) {
    const ending = signal?.aborted === true ? "left" : endingOf(error, seen);
    seen.ended[ending] += 1;
    if (ending === "left") seen.leftSeed = seed;
    return ending === "left" && !seen.isStopping ? "asked" : "gone";
  }
}

/**
 * How a request ended that got no whole reply. `fetch` itself fails where nothing came back;
 * reading what began and does not end, or is no reply in our form, fails otherwise.
 */
function endingOf(error: unknown, { isStopping }: Seen): "unaccepted" | "broken" {
  const isWithoutReply = error instanceof TypeError && error.message === "fetch failed";
  return isStopping && isWithoutReply ? "unaccepted" : "broken";
}

function bodyOf(seed: number): object {
  const { rules: _, ...request } = rankingRequest(seed, { candidateCount: 8 });
  return { ...request, options: { deadlineMs: 1000 } };
}

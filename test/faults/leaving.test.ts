/**
 * Clients that leave, and a server that is told to: what was begun is ended, what was acknowledged
 * is kept, and whoever asks again with the same key finds the truth.
 */
import { spawn } from "node:child_process";
import { once } from "node:events";
import fs from "node:fs";
import os from "node:os";
import path from "node:path";
import { setTimeout as pause } from "node:timers/promises";
import { afterAll, expect, test } from "vitest";
import { canonicalJson } from "#foundation";
import { assemblePipeline } from "../../src/assemble.ts";
import { rankingRequest } from "../generators/ranking-requests.ts";
import { call } from "../http/client.ts";
import { ASKER } from "../pipeline/platform.ts";

const ENTRY = new URL("../../src/cli/main.ts", import.meta.url).pathname;
const CLIENTS = 6;
const TIMEOUT_MS = 240_000;
const folder = fs.mkdtempSync(path.join(os.tmpdir(), "tandem-leaving-"));
afterAll(() => fs.rmSync(folder, { recursive: true, force: true }));

test(
  "SIGTERM under load: what was accepted is answered, exit 0, nothing acknowledged is lost",
  async () => {
    const data = path.join(folder, "data");
    const server = spawn(
      process.execPath,
      [ENTRY, "serve", "--data", data, "--port", "0", "--no-sample", "--json"],
      { stdio: ["ignore", "pipe", "ignore"] },
    );
    const [line] = await once(server.stdout, "data");
    const { url }: { readonly url: string } = JSON.parse(String(line));
    const acknowledged = new Map<string, string>();
    const seen = { left: 0, leftSeed: 0, broken: 0, isStopping: false };
    const clients = Array.from({ length: CLIENTS }, async (_, client) => {
      for (let seed = client * 1000; ; seed += 1) {
        const outcome = await ask(url, seed, acknowledged, seen);
        if (outcome === "gone") return;
      }
    });
    while (acknowledged.size < 3 * CLIENTS || seen.left === 0) await pause(5);
    const ended = once(server, "exit");
    seen.isStopping = true;
    server.kill("SIGTERM");
    const [exitCode] = await ended;
    await Promise.all(clients);
    expect(exitCode).toBe(0);
    expect(seen.broken, "replies cut off in the middle").toBe(0);

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

/** Asks once; one of three clients leaves before its reply can have come. */
async function ask(
  url: string,
  seed: number,
  acknowledged: Map<string, string>,
  seen: { left: number; leftSeed: number; broken: number; readonly isStopping: boolean },
): Promise<"asked" | "gone"> {
  const leaves = seed % 3 === 1;
  const signal = leaves ? AbortSignal.timeout(2) : undefined;
  const headers: Record<string, string> = {};
  if (leaves) headers["idempotency-key"] = `left-${seed}`;
  try {
    const got = await call(url, "POST", "/v1/decisions/ranking", bodyOf(seed), headers, signal);
    const reply: { readonly decisionId: string } = JSON.parse(got.text);
    if (got.status === 200) acknowledged.set(reply.decisionId, canonicalJson(reply));
    return "asked";
  } catch (error) {
    if (signal?.aborted) {
      seen.left += 1;
      seen.leftSeed = seed;
    }
    // A refused connection is an ending, too; a reply that begins and does not end is none.
    else if (error instanceof SyntaxError || !seen.isStopping) seen.broken += 1;
    return signal?.aborted && !seen.isStopping ? "asked" : "gone";
  }
}

function bodyOf(seed: number): object {
  const { rules: _, ...request } = rankingRequest(seed, { candidateCount: 8 });
  return { ...request, options: { deadlineMs: 1000 } };
}

/**
 * Backup and restore: taken from a server at work, restored elsewhere, everything acknowledged is
 * there and replays; whatever is wrong with a file is refused in words, and nothing is restored.
 */
import fs from "node:fs";
import os from "node:os";
import path from "node:path";
import { gunzipSync, gzipSync } from "node:zlib";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { canonicalJson, present, sha256Hex } from "#foundation";
import type { Pipeline } from "#pipeline";
import {
  assembleKeys,
  assemblePipeline,
  assembleServer,
  type ServedPlatform,
} from "../../src/assemble.ts";
import { runHere } from "../cli/run-here.ts";
import { postgresMissing, startPostgres } from "../conformance/postgres-server.ts";
import { rankingRequest } from "../generators/ranking-requests.ts";
import { call } from "../http/client.ts";
import { ASKER } from "../pipeline/platform.ts";

interface Reply {
  readonly decisionId: string;
}

const CLIENTS = 4;
const SILENT = { level: "silent", stream: { write: () => {} } };
const TIMEOUT_MS = 240_000;
const folder = fs.mkdtempSync(path.join(os.tmpdir(), "tandem-backup-"));
const at = (name: string) => path.join(folder, name);
const file = at("tandem.backup");
/** What clients had been told when the backup began, and when it had ended. */
const before = new Map<string, Reply>();
const during = new Map<string, Reply>();
let reported = "";

beforeAll(async () => {
  const server = await assembleServer({
    storage: { kind: "directory", path: at("data") },
    host: "127.0.0.1",
    port: 0,
    log: SILENT,
  });
  await server.ready;
  for (let seed = 0; before.size < 60; seed += 1) await decide(server, seed, before);
  const [decisionId] = [...before.keys()];
  const event = { outcomeId: "seen", decisionId, kind: "impression", at: instantAfter(decisionId) };
  expect((await call(server.url, "POST", "/v1/outcomes", event)).status).toBe(200);
  const isOver = { now: false };
  const clients = Array.from({ length: CLIENTS }, async (_, client) => {
    for (let seed = 1000 * (client + 1); !isOver.now; seed += 1) await decide(server, seed, during);
  });
  while (during.size < CLIENTS) await new Promise((resolve) => setTimeout(resolve, 5));
  const ran = await run("backup", file, "--data", at("data"), "--json");
  isOver.now = true;
  await Promise.all(clients);
  await server.stop();
  reported = ran.out;
  expect(ran).toMatchObject({ code: 0, err: "" });
}, TIMEOUT_MS);
afterAll(() => fs.rmSync(folder, { recursive: true, force: true }));

describe("a backup taken while clients decide", () => {
  test("holds everything that had been acknowledged, and decisions went on", () => {
    const { rows, bytes } = JSON.parse(reported);
    expect(rows.decisions).toBeGreaterThanOrEqual(before.size);
    expect(rows.payloads).toBeGreaterThanOrEqual(rows.decisions);
    expect(rows.idempotency_keys).toBeGreaterThan(0);
    expect(rows).toMatchObject({ outcomes: 1, policies: 2 });
    expect(bytes).toBe(fs.statSync(file).size);
    expect(during.size).toBeGreaterThan(CLIENTS);
    expect(fs.existsSync(`${file}.partial`)).toBe(false);
  });

  test(
    "restored elsewhere, every acknowledged decision is there and replays",
    async () => {
      const ran = await run("restore", file, "--data", at("restored"), "--json");
      expect(ran).toMatchObject({ code: 0, err: "" });
      expect(JSON.parse(ran.out).replayed).toMatchObject([{ verdict: "identical" }]);
      expect((await run("backup", at("again.backup"), "--data", at("restored"))).code).toBe(0);
      await withPipeline(at("restored"), async (pipeline) => {
        for (const [id, reply] of before) {
          const view = await pipeline.decision(ASKER, id);
          expect(canonicalJson(view.reply)).toBe(canonicalJson(reply));
          expect((await pipeline.replay(ASKER, id)).verdict).toBe("identical");
        }
        const again = await pipeline.decide(ASKER, "ranking", bodyOf(4), { idempotencyKey: "4" });
        expect(before.get(again.decisionId)).toEqual(again);
        const [first] = [...before.keys()];
        expect((await pipeline.decision(ASKER, first)).outcomes).toHaveLength(1);
      });
    },
    TIMEOUT_MS,
  );

  test("backed up again, the restored store gives the same rows", () => {
    const [first, again] = [rowsIn(file), rowsIn(at("again.backup"))];
    const known = new Set(first);
    expect(again.filter((row) => !known.has(row))).toEqual([]);
    // Of decisions made while the walk went on, the payloads may have been seen alone.
    const left = first.filter((row) => !again.includes(row));
    expect(left.filter((row) => !/^\["(decision_)?payloads"/.test(row))).toEqual([]);
  });
});

describe("a place that is not empty", () => {
  test(
    "is left alone, unless told to be replaced",
    async () => {
      const data = at("occupied");
      fs.cpSync(at("restored"), data, { recursive: true });
      const { keys, close } = await assembleKeys({ kind: "directory", path: data });
      await keys.create(ASKER, { tenant: "local", name: "before", role: "admin" });
      await close();
      const refused = await run("restore", file, "--data", data, "--json");
      expect(refused.code).toBe(1);
      expect(JSON.parse(refused.out)).toMatchObject({ error: { code: "store-not-empty" } });
      const kept = await assembleKeys({ kind: "directory", path: data });
      expect(kept.keys.list(ASKER)).toHaveLength(1);
      await kept.close();
      expect((await run("restore", file, "--data", data, "--force")).code).toBe(0);
      const replaced = await assembleKeys({ kind: "directory", path: data });
      expect(replaced.keys.list(ASKER)).toEqual([]);
      await replaced.close();
      await withPipeline(data, async (pipeline) => {
        const [first] = [...before.keys()];
        expect((await pipeline.replay(ASKER, first)).verdict).toBe("identical");
      });
    },
    TIMEOUT_MS,
  );
});

describe("a file that is no whole backup of a known version", () => {
  const lines = () => gunzipSync(fs.readFileSync(file)).toString("utf8").trimEnd().split("\n");
  const packed = (of: readonly string[]) => gzipSync(`${of.join("\n")}\n`);
  const changed = (from: RegExp, to: string) => lines().map((line) => line.replace(from, to));
  const files: readonly { remark: string; code: string; bytes: () => Uint8Array }[] = [
    { remark: "empty", code: "backup-damaged", bytes: () => new Uint8Array() },
    { remark: "something else", code: "backup-damaged", bytes: () => Buffer.from("no gzip") },
    { remark: "other gzip", code: "backup-damaged", bytes: () => gzipSync("{}\n") },
    { remark: "cut in the middle", code: "backup-damaged", bytes: () => cut(0.5) },
    { remark: "cut before its last bytes", code: "backup-damaged", bytes: () => cut(0.999) },
    {
      remark: "without its last line",
      code: "backup-damaged",
      bytes: () => packed(lines().slice(0, -1)),
    },
    {
      remark: "without one of its rows",
      code: "backup-damaged",
      bytes: () => packed(lines().filter((_, index) => index !== 5)),
    },
    {
      remark: "with a changed row",
      code: "backup-damaged",
      bytes: () => packed(changed(/"rung":"proved"/, '"rung":"ruled!"')),
    },
    { remark: "with a flipped bit", code: "backup-damaged", bytes: flipped },
    {
      remark: "in a newer form",
      code: "backup-newer",
      bytes: () => packed(changed(/"format":1/, '"format":2')),
    },
    {
      remark: "of a newer schema",
      code: "store-schema-newer",
      bytes: () => packed(changed(/"schema":"[^"]*"/, '"schema":"9999-from-the-future"')),
    },
    {
      remark: "of a schema there never was",
      code: "store-restore-failed",
      bytes: () => packed(changed(/"schema":"[^"]*"/, '"schema":"0001-x"')),
    },
    {
      remark: "of a schema that is no step",
      code: "store-restore-failed",
      bytes: () => packed(changed(/"schema":"[^"]*"/, '"schema":"x"')),
    },
  ];
  test.each(files)("$remark", async ({ code, bytes }) => {
    const [bad, data] = [at("bad.backup"), at("spared")];
    fs.writeFileSync(bad, bytes());
    const refused = await run("restore", bad, "--data", data, "--json");
    expect(JSON.parse(refused.out)).toMatchObject({ error: { code } });
    expect(fs.existsSync(data), "nothing was touched").toBe(false);
  });

  test("is not what an interrupted backup leaves behind", async () => {
    const missing = await run("backup", at("nowhere.backup"), "--data", at("nothing"), "--json");
    expect(JSON.parse(missing.out)).toMatchObject({ error: { code: "data-directory-missing" } });
    const nowhere = at(path.join("no", "folder", "x.backup"));
    const unwritable = await run("backup", nowhere, "--data", at("restored"), "--json");
    expect(JSON.parse(unwritable.out)).toMatchObject({ error: { code: "file-unwritable" } });
  });

  test("takes the place of another file only when told to", async () => {
    const [there, data] = [at("there.backup"), ["--data", at("restored")]];
    fs.writeFileSync(there, "precious");
    const refused = await run("backup", there, ...data, "--json");
    expect(refused.code).toBe(2);
    expect(JSON.parse(refused.out)).toMatchObject({
      error: { code: "file-unwritable", detail: expect.stringContaining("--force") },
    });
    expect(fs.readFileSync(there, "utf8")).toBe("precious");
    expect((await run("backup", there, ...data, "--force")).code).toBe(0);
    expect(rowsIn(there).length).toBeGreaterThan(0);
    expect(fs.existsSync(`${there}.partial`)).toBe(false);
  });

  function cut(share: number): Uint8Array {
    const whole = fs.readFileSync(file);
    return whole.subarray(0, Math.floor(whole.length * share));
  }

  function flipped(): Uint8Array {
    const whole = fs.readFileSync(file);
    whole[whole.length >> 1] ^= 1;
    return whole;
  }
});

test("a file whose sums are right and whose records are not is refused as a whole", async () => {
  const lines = gunzipSync(fs.readFileSync(file)).toString("utf8").trimEnd().split("\n");
  const forged = lines.slice(0, -1).map((line) => line.replace(/"k\\":\d/, '"k\\":9'));
  const { rows } = JSON.parse(present(lines.at(-1), "the last line"));
  const sha256 = sha256Hex(forged.map((line) => `${line}\n`).join(""));
  const whole = [...forged, JSON.stringify({ kind: "end", rows, sha256 })].join("\n");
  fs.writeFileSync(at("forged.backup"), gzipSync(`${whole}\n`));
  const data = at("unforged");
  const refused = await run("restore", at("forged.backup"), "--data", data, "--json");
  expect(JSON.parse(refused.out)).toMatchObject({ error: { code: "store-restore-failed" } });
  expect(fs.readdirSync(data)).toEqual(["lock"]);
});

const missing = postgresMissing();

// Skipped where no server binary is installed for the platform; the title says which.
describe.skipIf(missing !== undefined)(`on a PostgreSQL server (${missing ?? "at hand"})`, () => {
  test(
    "the same file restores, and the same rows come back out",
    async () => {
      const server = await startPostgres();
      try {
        const place = ["--database", server.url()];
        const ran = await run("restore", file, ...place, "--json");
        expect(JSON.parse(ran.out).replayed).toMatchObject([{ verdict: "identical" }]);
        expect((await run("restore", file, ...place)).code, "no longer empty").toBe(1);
        const again = at("server.backup");
        expect((await run("backup", again, ...place)).code).toBe(0);
        expect(rowsIn(again)).toEqual(rowsIn(at("again.backup")));
      } finally {
        await server.stop();
      }
    },
    TIMEOUT_MS,
  );
});

test("a store in memory says that there is nothing to back up", async () => {
  const pipeline = await assemblePipeline({ storage: { kind: "memory" } });
  const bytes = pipeline.backup();
  const reading = bytes[Symbol.asyncIterator]().next();
  await expect(reading).rejects.toMatchObject({ row: { code: "store-in-memory" } });
  await pipeline.close();
});

function bodyOf(seed: number): object {
  return { ...rankingRequest(seed, { dimension: 2 }), options: { deadlineMs: 1000 } };
}

async function decide(server: ServedPlatform, seed: number, told: Map<string, Reply>) {
  const headers: Record<string, string> = {};
  if (seed % 4 === 0) headers["idempotency-key"] = `${seed}`;
  const got = await call(server.url, "POST", "/v1/decisions/ranking", bodyOf(seed), headers);
  if (got.status !== 200) return;
  const reply: Reply = JSON.parse(got.text);
  told.set(reply.decisionId, reply);
}

async function withPipeline(data: string, use: (pipeline: Pipeline) => Promise<void>) {
  const pipeline = await assemblePipeline({ storage: { kind: "directory", path: data } });
  try {
    await use(pipeline);
  } finally {
    await pipeline.close();
  }
}

const run = (...args: string[]) => runHere(args);

/** The rows of a backup, without its first and last line, in an order of their own. */
function rowsIn(backup: string): readonly string[] {
  const lines = gunzipSync(fs.readFileSync(backup)).toString("utf8").trimEnd().split("\n");
  return lines.slice(1, -1).toSorted();
}

/** A UUIDv7 begins with its time. */
function instantAfter(id: string | undefined): string {
  const text = present(id, "a decision");
  return new Date(Number.parseInt(text.slice(0, 8) + text.slice(9, 13), 16) + 1000).toISOString();
}

/**
 * Durability of the embedded store, in small numbers; the scripts beside this file run the large
 * ones.
 */
import { spawn } from "node:child_process";
import { once } from "node:events";
import fs from "node:fs";
import os from "node:os";
import path from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { Fault } from "#foundation";
import type { Store } from "#pipeline";
import { openEmbeddedStore, storeFaults } from "#store";
import { storedDecision } from "../conformance/store-rows.ts";
import { killWriter } from "./kill.ts";
import { losePower } from "./power-loss.ts";

/** Minutes, because other tests may be using the same two processors. */
const TIMEOUT_MS = 240_000;
const NOTHING_LOST = { lost: 0, changed: 0, failedReopenings: 0 };
const folder = fs.mkdtempSync(path.join(os.tmpdir(), "tandem-durability-"));
/** Creating a database takes seconds; the tests that are not about that begin with a copy. */
const template = path.join(folder, "template");
beforeAll(async () => await (await openEmbeddedStore(template)).close());
afterAll(() => fs.rmSync(folder, { recursive: true, force: true }));

describe("a power cut", () => {
  it(
    "loses and changes nothing acknowledged, during creation and under load",
    async () => {
      const report = await losePower({ rounds: 4, seed: 11, flush: "honoured" });
      expect(report).toMatchObject(NOTHING_LOST);
      expect(report.acknowledged).toBeGreaterThan(10);
    },
    TIMEOUT_MS,
  );

  it(
    "is seen to lose records on a disk that only confirms flushes",
    async () => {
      const report = await losePower({ rounds: 2, seed: 12, flush: "ignored", template });
      expect(report.lost + report.changed + report.failedReopenings).toBeGreaterThan(0);
    },
    TIMEOUT_MS,
  );
});

describe("a kill", () => {
  it(
    "loses and changes nothing acknowledged",
    async () => {
      const report = await killWriter({ rounds: 3, seed: 13, template });
      expect(report).toMatchObject(NOTHING_LOST);
      expect(report.acknowledged).toBeGreaterThan(10);
    },
    TIMEOUT_MS,
  );
});

describe("a failing disk", () => {
  const failures = [
    {
      remark: "a flush that fails: nobody knows what the disk holds",
      sign: "refuse-flush",
      row: storeFaults.flushFailed,
    },
    {
      remark: "a full disk under the log: the engine stops itself",
      sign: "refuse-write",
      row: storeFaults.unavailable,
    },
  ];
  it.each(failures)("$remark", async ({ sign, row }) => {
    const directory = copyOfTemplate(sign);
    const thread = new URL("./failing-disk-thread.ts", import.meta.url);
    const store = await openEmbeddedStore(directory, { thread });
    await store.append(decision("before"), []);
    fs.writeFileSync(path.join(directory, sign), "");
    const during = ["during-1", "during-2"].map((id) => faultOf(store.append(decision(id), [])));
    expect(await Promise.all(during)).toEqual([row, row]);
    fs.rmSync(path.join(directory, sign));
    expect(await faultOf(store.append(decision("after"), [])), "the disk is well again").toBe(row);
    expect(await faultOf(store.ready())).toBe(row);
    await store.close();

    const reopened = await openEmbeddedStore(directory);
    await reopened.ready();
    expect(await idsIn(reopened)).toContain("before");
    expect(await idsIn(reopened)).not.toContain("after");
    await reopened.close();
  });
});

describe("the directory's lock", () => {
  it("refuses a second user of any process, names the first, and ends with it", async () => {
    const directory = copyOfTemplate("locked");
    const writer = spawn(
      process.execPath,
      [path.join(import.meta.dirname, "kill-writer.ts"), directory, "1"],
      { stdio: ["ignore", "pipe", "inherit"] },
    );
    await once(writer.stdout, "data");
    const refused = await openEmbeddedStore(directory).catch((error: unknown) => error);
    expect(refused).toMatchObject({ row: storeFaults.directoryHeld });
    expect(String(refused)).toContain(`process ${writer.pid}`);
    writer.kill("SIGKILL");
    await once(writer, "exit");

    const store = await openEmbeddedStore(directory);
    expect(await faultOf(openEmbeddedStore(directory))).toBe(storeFaults.directoryHeld);
    await store.close();
    await (await openEmbeddedStore(directory)).close();
  });
});

describe("the queue before the store", () => {
  it("refuses what it cannot hold and says when to come back", async () => {
    const store = await openEmbeddedStore(copyOfTemplate("crowded"), { pendingMax: 2 });
    const appends = ["a", "b", "c"].map((id) => store.append(decision(id), []));
    const settled = await Promise.allSettled(appends);
    expect(settled.map(({ status }) => status)).toEqual(["fulfilled", "fulfilled", "rejected"]);
    await expect(appends[2]).rejects.toMatchObject({ row: storeFaults.crowded, retryAfterMs: 250 });
    expect(await store.append(decision("c"), [])).toEqual({ kind: "stored" });
    await store.close();
    expect(await faultOf(store.append(decision("d"), []))).toBe(storeFaults.unavailable);
    await store.close();
  });
});

function copyOfTemplate(name: string): string {
  const directory = path.join(folder, name);
  fs.cpSync(template, directory, { recursive: true });
  return directory;
}

function decision(id: string) {
  return storedDecision({ tenant: "local", id });
}

async function idsIn(store: Store): Promise<readonly string[]> {
  const decisions = await store.decisions({ tenant: "local", limit: 100 });
  return decisions.map(({ id }) => id);
}

async function faultOf(call: Promise<unknown>) {
  const error = await call.then(
    () => "no fault",
    (reason: unknown) => reason,
  );
  return error instanceof Fault ? error.row : error;
}

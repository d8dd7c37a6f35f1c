/**
 * Upgrades: a data folder an earlier version wrote opens with this one, and everything its clients
 * were told still holds. One archive per version kept; make-fixture.ts says how they are made.
 */
import { execFileSync } from "node:child_process";
import fs from "node:fs";
import os from "node:os";
import path from "node:path";
import zlib from "node:zlib";
import { Kysely, PGliteDialect, sql } from "kysely";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { canonicalJson, digest, present } from "#foundation";
import type { Pipeline } from "#pipeline";
import { assemblePipeline } from "../../src/assemble.ts";
import { openDatabase } from "../../src/store/embedded/database.ts";
import { QUICK_POLICY, TENANTS, type Told } from "./make-fixture.ts";

const FIXTURES = path.join(import.meta.dirname, "fixtures");
const ARCHIVES = fs.readdirSync(FIXTURES).filter((file) => file.endsWith(".tar.zst"));
const WINDOW_LOG = 27;
const folder = fs.mkdtempSync(path.join(os.tmpdir(), "tandem-upgrade-"));
afterAll(() => fs.rmSync(folder, { recursive: true, force: true }));

test("there is an archive of the first version kept", () => {
  expect(ARCHIVES).toContain("store-7b41cd5.tar.zst");
});

describe.each(ARCHIVES)("a folder of %s", (archive) => {
  const data = path.join(folder, archive);
  let told: readonly Told[] = [];
  let opened: Pipeline | undefined;
  const pipeline = () => present(opened, "the pipeline");
  beforeAll(async () => {
    unpack(archive, data);
    told = JSON.parse(fs.readFileSync(path.join(data, "told.json"), "utf8"));
    opened = await assemblePipeline({ storage: { kind: "directory", path: data } });
  });
  afterAll(async () => await opened?.close());

  test("still has every decision as it was acknowledged, and its outcome", async () => {
    expect(told.length).toBeGreaterThan(10);
    for (const { tenant, reply, outcomeId } of told) {
      const view = await pipeline().decision(principalOf(tenant), reply.decisionId);
      expect(canonicalJson(view.reply)).toBe(canonicalJson(reply));
      const outcomes = outcomeId === undefined ? [] : [outcomeId];
      expect(view.outcomes.map((outcome) => outcome.outcomeId)).toEqual(outcomes);
    }
  });

  test("replays every decision", async () => {
    for (const { tenant, reply } of told) {
      const report = await pipeline().replay(principalOf(tenant), reply.decisionId);
      expect(report).toMatchObject({ verdict: expect.stringMatching(/^(identical|verified)$/) });
    }
  });

  test("gives a repeated key its first reply, while the key is remembered", async () => {
    const keyed = told.filter(({ idempotencyKey }) => idempotencyKey !== undefined);
    expect(keyed.length).toBeGreaterThan(0);
    for (const { tenant, body, idempotencyKey, reply } of keyed) {
      const again = await pipeline().decide(principalOf(tenant), "ranking", body, {
        idempotencyKey,
      });
      // A day later the key is free again, and then the answer is a new one.
      const isRemembered = Date.now() < instantOf(reply.decisionId) + 24 * 3_600_000;
      expect(again.decisionId === reply.decisionId).toBe(isRemembered);
    }
  });

  test("keeps policies and items, and goes on from their versions", async () => {
    for (const tenant of TENANTS) {
      const principal = principalOf(tenant);
      const policies = await pipeline().policies(principal);
      const names = policies.map(({ name }) => name).toSorted();
      expect(names).toEqual(["contact-centre", "homepage", "quick"]);
      expect((await pipeline().addPolicy(principal, QUICK_POLICY)).added).toBe(false);
      expect(await pipeline().items(principal, "shop")).toMatchObject({
        version: 1,
        itemCount: 12,
      });
      const fresh = [{ id: "item-0" }];
      expect(await pipeline().putItems(principal, "shop", "ranking", fresh)).toMatchObject({
        version: 2,
        digest: digest(fresh),
      });
    }
  });
});

test("a folder a newer version has written is refused, naming that version", async () => {
  const data = path.join(folder, "newer");
  unpack("store-7b41cd5.tar.zst", data);
  const pglite = await openDatabase(data, (failure) => {
    throw failure;
  });
  const db = new Kysely<Record<string, never>>({ dialect: new PGliteDialect({ pglite }) });
  await sql`
    insert into kysely_migration values ('9999-from-the-future', '2100-01-01')`.execute(db);
  await db.destroy();
  const opening = assemblePipeline({ storage: { kind: "directory", path: data } });
  await expect(opening).rejects.toMatchObject({
    row: { code: "store-schema-newer" },
    message: expect.stringContaining("9999-from-the-future"),
  });
});

function unpack(archive: string, to: string): void {
  fs.mkdirSync(to, { recursive: true });
  const packed = fs.readFileSync(path.join(FIXTURES, archive));
  const params = { [zlib.constants.ZSTD_d_windowLogMax]: WINDOW_LOG };
  const input = zlib.zstdDecompressSync(packed, { params });
  execFileSync("tar", ["-x", "-C", to], { input });
}

function principalOf(tenant: string) {
  return { tenant, name: "upgrade test", role: "admin" } as const;
}

/** A UUIDv7 begins with its time. */
function instantOf(id: string): number {
  return Number.parseInt(id.slice(0, 8) + id.slice(9, 13), 16);
}

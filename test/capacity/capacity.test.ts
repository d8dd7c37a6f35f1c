/**
 * Capacity in every store: what is reserved, refused, kept, given back and expired, case by case
 * and against a plain model; and that the contention campaign can find what it looks for.
 */
import fs from "node:fs";
import os from "node:os";
import path from "node:path";
import { afterAll, beforeAll, describe, expect, it, test } from "vitest";
import { randomStream } from "#foundation";
import { openEmbeddedStore, openMemoryStore, openPostgresStore, type PlatformStore } from "#store";
import { postgresMissing, startPostgres } from "../conformance/postgres-server.ts";
import { contend } from "./contend.ts";
import { RESOURCES, Stories, TOTAL } from "./deeds.ts";

const AT = 1_700_000_000_000;

interface Contender {
  readonly name: string;
  readonly skip?: string | undefined;
  open(): Promise<{ readonly store: PlatformStore; end(): Promise<void> }>;
}

const CONTENDERS: readonly Contender[] = [
  {
    name: "the memory store",
    open: async () => ({ store: openMemoryStore(), end: async () => {} }),
  },
  {
    name: "the embedded store",
    open: async () => {
      const directory = temporaryDirectory();
      const store = await openEmbeddedStore(directory);
      const end = async () => {
        await store.close();
        fs.rmSync(directory, { recursive: true, force: true });
      };
      return { store, end };
    },
  },
  {
    name: "the store on a PostgreSQL server",
    skip: postgresMissing(),
    open: async () => {
      const server = await startPostgres();
      const store = await openPostgresStore(server.url());
      const end = async () => {
        await store.close();
        await server.stop();
      };
      return { store, end };
    },
  },
];

function temporaryDirectory(): string {
  return fs.mkdtempSync(path.join(os.tmpdir(), "tandem-capacity-"));
}

for (const { name, skip, open } of CONTENDERS) {
  // Skipped where there is no server to start; the reason is the contender's.
  describe.runIf(skip === undefined)(name, () => {
    let store: PlatformStore;
    let end = async () => {};
    beforeAll(async () => {
      ({ store, end } = await open());
    }, 120_000);
    afterAll(() => end(), 60_000);

    const reserve = (tenant: string, id: string, units: number, lifeMs = 1000, atMs = AT) =>
      store.reserveCapacity(
        { tenant, id, draws: [{ resource: "seat", units }], expiresAtUtcMs: atMs + lifeMs },
        atMs,
      );
    const takenOf = async (tenant: string, atMs = AT) =>
      (await store.capacities(tenant, ["seat", "stock", "nothing"], atMs)).map(
        ({ resource, total, taken }) => [resource, total, taken],
      );

    it("knows only what was declared, and declares again", async () => {
      expect(await takenOf("t1")).toEqual([]);
      expect(await reserve("t1", "a", 1)).toEqual({ kind: "short", resources: ["seat"] });
      await store.declareCapacity("t1", []);
      await store.declareCapacity("t1", [
        { resource: "seat", total: 2 },
        { resource: "stock", total: 0 },
      ]);
      await store.declareCapacity("t1", [{ resource: "seat", total: 3 }]);
      expect(await takenOf("t1")).toEqual([
        ["seat", 3, 0],
        ["stock", 0, 0],
      ]);
      expect(await takenOf("t2")).toEqual([]);
    });

    it("reserves up to the total, all or nothing, once per id", async () => {
      await store.declareCapacity("t3", [
        { resource: "seat", total: 3 },
        { resource: "stock", total: 1 },
      ]);
      expect(await reserve("t3", "a", 2)).toEqual({ kind: "reserved" });
      expect(await reserve("t3", "a", 2)).toEqual({ kind: "reserved" });
      expect(await reserve("t3", "b", 2)).toEqual({ kind: "short", resources: ["seat"] });
      const both = {
        tenant: "t3",
        id: "c",
        draws: [
          { resource: "seat", units: 1 },
          { resource: "stock", units: 2 },
        ],
        expiresAtUtcMs: AT + 1,
      };
      expect(await store.reserveCapacity(both, AT)).toEqual({
        kind: "short",
        resources: ["stock"],
      });
      expect(await takenOf("t3")).toEqual([
        ["seat", 3, 2],
        ["stock", 1, 0],
      ]);
    });

    it("expires what is not committed, and what has expired cannot be committed", async () => {
      await store.declareCapacity("t4", [{ resource: "seat", total: 2 }]);
      await reserve("t4", "kept", 1);
      await reserve("t4", "left", 1);
      expect(await store.commitCapacity("t4", "kept", AT)).toBe(true);
      expect(await store.commitCapacity("t4", "kept", AT + 5000)).toBe(true);
      expect(await store.commitCapacity("t4", "left", AT + 1000)).toBe(false);
      expect(await store.commitCapacity("t4", "never", AT)).toBe(false);
      expect(await takenOf("t4", AT + 999)).toEqual([["seat", 2, 2]]);
      expect(await takenOf("t4", AT + 1000)).toEqual([["seat", 2, 1]]);
      expect(await reserve("t4", "next", 1, 1000, AT + 1000)).toEqual({ kind: "reserved" });
      // Its place has been given away: no clock that is behind brings it back.
      expect(await store.commitCapacity("t4", "left", AT)).toBe(false);
      expect(await store.expireCapacity(AT + 2000)).toBeGreaterThanOrEqual(1);
      expect(await takenOf("t4", 0)).toEqual([["seat", 2, 1]]);
    });

    it("releases once, committed or not", async () => {
      await store.declareCapacity("t5", [{ resource: "seat", total: 1 }]);
      await reserve("t5", "a", 1);
      expect(await store.commitCapacity("t5", "a", AT)).toBe(true);
      expect(await store.releaseCapacity("t6", "a")).toBe(false);
      expect(await store.releaseCapacity("t5", "a")).toBe(true);
      expect(await store.releaseCapacity("t5", "a")).toBe(false);
      expect(await reserve("t5", "b", 1)).toEqual({ kind: "reserved" });
    });

    it("gives what many ask for at once to as many as there is", async () => {
      await store.declareCapacity("t7", [{ resource: "seat", total: 7 }]);
      const ids = Array.from({ length: 100 }, (_, index) => `many-${index}`);
      const results = await Promise.all(ids.map((id) => reserve("t7", id, 1)));
      expect(results.filter(({ kind }) => kind === "reserved")).toHaveLength(7);
      expect(await takenOf("t7")).toEqual([["seat", 7, 7]]);
    });

    it("reserves for eight ticks at once what each draws on two thousand agents", async () => {
      const resources = Array.from({ length: 2000 }, (_, index) => `agent/${index}`);
      const totals = resources.map((resource) => ({ resource, total: 7 }));
      await store.declareCapacity("t9", totals);
      const draws = resources.map((resource) => ({ resource, units: 1 }));
      const ticks = Array.from({ length: 8 }, (_, index) => {
        return { tenant: "t9", id: `tick-${index}`, draws, expiresAtUtcMs: AT + 1000 };
      });
      const results = await Promise.all(ticks.map((tick) => store.reserveCapacity(tick, AT)));
      expect(results.filter(({ kind }) => kind === "reserved")).toHaveLength(7);
      expect(results.filter(({ kind }) => kind === "short")).toEqual([
        { kind: "short", resources },
      ]);
      const kept = await store.capacities("t9", resources, AT);
      expect(kept.filter(({ taken }) => taken === 7)).toHaveLength(2000);
    }, 60_000);

    it("does what a plain count does, whatever the order", async () => {
      const random = randomStream(11, "capacity model");
      await store.declareCapacity("t8", [{ resource: "seat", total: 4 }]);
      const held = new Map<string, { readonly units: number; readonly endsAtMs: number }>();
      for (let step = 0; step < 60; step += 1) {
        const nowMs = AT + step * 10;
        const id = `id-${random.below(12)}`;
        for (const [key, { endsAtMs }] of held) if (endsAtMs <= nowMs) held.delete(key);
        const own = held.get(id);
        const wish = random.below(3);
        if (wish === 0) {
          const units = 1 + random.below(2);
          const lifeMs = 10 + random.below(100);
          const taken = [...held.values()].reduce((sum, one) => sum + one.units, 0);
          const fits = own !== undefined || taken + units <= 4;
          const { kind } = await reserve("t8", id, units, lifeMs, nowMs);
          expect(kind).toBe(fits ? "reserved" : "short");
          if (fits && own === undefined) held.set(id, { units, endsAtMs: nowMs + lifeMs });
        } else if (wish === 1) {
          expect(await store.commitCapacity("t8", id, nowMs)).toBe(own !== undefined);
          if (own !== undefined) held.set(id, { ...own, endsAtMs: Number.POSITIVE_INFINITY });
        } else if (own !== undefined) {
          expect(await store.releaseCapacity("t8", id)).toBe(true);
          held.delete(id);
        }
      }
    });
  });
}

describe("contention", () => {
  test("processes that are killed leave nothing oversold, leaked or lost", async () => {
    const place = temporaryDirectory();
    const open = () => openEmbeddedStore(place);
    const sizes = { processes: 1, operations: 600, kills: 1, seed: 5 };
    const findings = await contend({ place, open, ...sizes });
    fs.rmSync(place, { recursive: true, force: true });
    expect(findings).toMatchObject({ kills: 1, oversold: 0, leaked: 0, lost: 0, left: 0 });
    expect(findings.operations).toBeGreaterThanOrEqual(600);
  }, 180_000);

  test("more held than there is, is found", () => {
    const stories = new Stories();
    const draws = [{ resource: RESOURCES[0], units: TOTAL }];
    const tell = (id: string, reservedMs: number, expiresAtUtcMs: number) => {
      stories.hear({ kind: "reserving", id, draws, expiresAtUtcMs, atMs: 0 });
      stories.hear({ kind: "reserved", id, atMs: reservedMs });
    };
    tell("a", 1, 10);
    tell("b", 10, 20);
    expect(stories.oversold()).toBe(0);
    tell("c", 19, 30);
    expect(stories.oversold()).toBe(1);
    stories.hear({ kind: "releasing", id: "b", atMs: 19 });
    expect(stories.oversold()).toBe(0);
    stories.hear({ kind: "committed", id: "a", atMs: 2 });
    expect(stories.oversold()).toBeGreaterThan(0);
  });
});

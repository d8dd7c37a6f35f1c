/**
 * What every store does, whichever it is: one suite over the memory store, the embedded store and a
 * real PostgreSQL server. Each case has a tenant of its own, because one database serves them all.
 */
import fs from "node:fs";
import os from "node:os";
import path from "node:path";
import fc from "fast-check";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { sha256Hex } from "#foundation";
import {
  openEmbeddedStore,
  openMemoryStore,
  openPostgresStore,
  type PlatformStore,
  storeFaults,
} from "#store";
import { type PostgresServer, postgresMissing, startPostgres } from "./postgres-server.ts";
import {
  itemSetContent,
  payloadOf,
  storedApiKey,
  storedDecision,
  storedOutcome,
  storedPolicy,
} from "./store-rows.ts";

interface Contender {
  readonly name: string;
  readonly skip?: string | undefined;
  /** Opens the store and returns with it what ends it and everything below it. */
  open(): Promise<{ readonly store: PlatformStore; end(): Promise<void> }>;
}

const contenders: readonly Contender[] = [
  {
    name: "the memory store",
    open: async () => ({ store: openMemoryStore(), end: async () => {} }),
  },
  {
    name: "the embedded store",
    open: async () => {
      const directory = fs.mkdtempSync(path.join(os.tmpdir(), "tandem-store-"));
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
      const server: PostgresServer = await startPostgres();
      const store = await openPostgresStore(server.url());
      const end = async () => {
        await store.close();
        await server.stop();
      };
      return { store, end };
    },
  },
];

const AT = 1_700_000_000_000;
const LATER = AT + 60_000;
const id = (number: number) => `0190b5e0-0000-7000-8000-${String(number).padStart(12, "0")}`;

describe.each(contenders)("$name", ({ open, skip }) => {
  let store: PlatformStore;
  let end = async () => {};
  let tenants = 0;
  const freshTenant = () => {
    tenants += 1;
    return `tenant-${tenants}`;
  };
  beforeAll(async () => {
    if (skip === undefined) ({ store, end } = await open());
  });
  afterAll(async () => await end());
  const test = (name: string, run: (tenant: string) => Promise<void>) =>
    it(name, async ({ skip: skipTest }) => {
      if (skip !== undefined) skipTest(skip);
      await run(freshTenant());
    });

  describe("a decision", () => {
    test("comes back as it was given, and is absent before", async (tenant) => {
      const decision = storedDecision({ tenant, id: id(1), gap: 0.0125, latencyMs: 12.375 });
      expect(await store.decision(tenant, id(1))).toBeUndefined();
      expect(await store.append(decision, [])).toEqual({ kind: "stored" });
      expect(await store.decision(tenant, id(1))).toEqual(decision);
    });

    const texts = [
      { remark: "nothing", text: "" },
      { remark: "metacharacters of SQL", text: `'; drop table decisions; -- " \\ $1 %s \${x} {},` },
      { remark: "escapes of JSON", text: '{"a":"\\u0000\\n\\"\\ud800"}' },
      {
        remark: "every plane of Unicode",
        text: "Größe ﷽ 漢字 👩‍👩‍👧 \u202e\ufeff\uffff \u{10ffff} e\u0301",
      },
      { remark: "line ends and tabs", text: "\r\n\t\u2028\u2029 \u0001" },
      { remark: "a megabyte", text: "0123456789abcdé ".repeat(65_536) },
    ];
    for (const { remark, text } of texts) {
      test(`keeps every character: ${remark}`, async (tenant) => {
        const decision = storedDecision({ tenant, id: `id ${text.slice(0, 60)}`, record: text });
        await store.append(decision, [payloadOf(text)]);
        expect(await store.decision(tenant, decision.id)).toEqual(decision);
        expect((await store.payload(tenant, sha256Hex(text)))?.text).toBe(text);
      });
    }

    test("keeps any well-formed text and any finite number", async (tenant) => {
      const text = fc.string({ unit: "binary" }).filter((drawn) => !drawn.includes("\0"));
      const finite = fc.double({ noNaN: true, noDefaultInfinity: true }).map((value) => value + 0);
      const rows = fc.record({ id: text, record: text, principal: text, latencyMs: finite });
      await fc.assert(
        fc.asyncProperty(rows, fc.maxSafeNat(), async (row, atUtcMs) => {
          const named = { ...row, id: sha256Hex(JSON.stringify([row, atUtcMs])) };
          const decision = storedDecision({ ...named, tenant, atUtcMs, policy: row.id });
          await store.append(decision, []);
          expect(await store.decision(tenant, named.id)).toEqual(decision);
        }),
        { numRuns: 50 },
      );
    });

    test("with text no database gives back is refused, its neighbours are not", async (tenant) => {
      const bad = ["a\0b", "lone \ud800 surrogate"];
      const results = await Promise.allSettled([
        store.append(storedDecision({ tenant, id: id(1) }), []),
        store.append(storedDecision({ tenant, id: id(2), record: bad[0] ?? "" }), []),
        store.append(storedDecision({ tenant, id: id(3) }), [payloadOf(bad[1] ?? "")]),
        store.append(storedDecision({ tenant, id: id(4) }), []),
      ]);
      expect(results.map(({ status }) => status)).toEqual([
        "fulfilled",
        "rejected",
        "rejected",
        "fulfilled",
      ]);
      expect(results[1]).toMatchObject({ reason: { row: storeFaults.textUnstorable } });
      expect(await idsOf(store, tenant)).toEqual([id(4), id(1)]);
    });

    test("stored again is stored once; with other content it is refused, alone", async (tenant) => {
      const decision = storedDecision({ tenant, id: id(1) });
      const other = storedDecision({ tenant, id: id(1), record: "{}" });
      const settled = await Promise.allSettled([
        store.append(decision, []),
        store.append(decision, []),
        store.append(other, [], { key: "k", requestDigest: "r", expiresAtUtcMs: LATER }),
        store.append(storedDecision({ tenant, id: id(2) }), []),
      ]);
      expect(settled.map(({ status }) => status === "fulfilled")).toEqual([
        true,
        true,
        false,
        true,
      ]);
      expect(settled[2]).toMatchObject({ reason: { row: storeFaults.decisionDiffers } });
      expect(await store.decision(tenant, id(1))).toEqual(decision);
      expect(
        await store.claim(tenant, "k", AT),
        "nothing of a refused append stays",
      ).toBeUndefined();
    });

    test("of five hundred at once is each stored", async (tenant) => {
      const decisions = Array.from({ length: 500 }, (_, n) =>
        storedDecision({ tenant, id: id(n) }),
      );
      const stored = await Promise.all(decisions.map((decision) => store.append(decision, [])));
      expect(stored).toEqual(decisions.map(() => ({ kind: "stored" })));
      expect(await idsOf(store, tenant)).toHaveLength(500);
    });
  });

  describe("an idempotency key", () => {
    const claimOf = (key: string, requestDigest: string) => ({
      key,
      requestDigest,
      expiresAtUtcMs: LATER,
    });

    test("is won once, and the losers leave nothing behind", async (tenant) => {
      const racers = Array.from({ length: 20 }, (_, n) => n);
      const results = await Promise.all(
        racers.map((n) =>
          store.append(
            storedDecision({ tenant, id: id(n) }),
            [payloadOf(`${tenant} ${n}`)],
            claimOf("k", `r${n}`),
          ),
        ),
      );
      const [winner = ""] = await idsOf(store, tenant);
      const won = racers.find((n) => id(n) === winner) ?? -1;
      const taken = { kind: "key-taken", decisionId: winner, requestDigest: `r${won}` };
      expect(results).toEqual(racers.map((n) => (n === won ? { kind: "stored" } : taken)));
      expect(await idsOf(store, tenant)).toEqual([winner]);
      const payloads = racers.map((n) => store.payload(tenant, sha256Hex(`${tenant} ${n}`)));
      const kept = (await Promise.all(payloads)).filter((payload) => payload !== undefined);
      expect(kept.map(({ text }) => text)).toEqual([`${tenant} ${won}`]);
    });

    test("answers until it expires and is free from then on", async (tenant) => {
      await store.append(storedDecision({ tenant, id: id(1) }), [], claimOf("k", "r1"));
      const held = { decisionId: id(1), requestDigest: "r1" };
      expect(await store.claim(tenant, "k", LATER - 1)).toEqual(held);
      expect(await store.claim(tenant, "k", LATER)).toBeUndefined();
      expect(await store.claim(tenant, "unused", AT)).toBeUndefined();
      const before = storedDecision({ tenant, id: id(2), atUtcMs: LATER - 1 });
      expect(await store.append(before, [], claimOf("k", "r2"))).toMatchObject({
        kind: "key-taken",
      });
      const next = storedDecision({ tenant, id: id(3), atUtcMs: LATER });
      const renewed = { key: "k", requestDigest: "r3", expiresAtUtcMs: LATER + 1 };
      expect(await store.append(next, [], renewed)).toEqual({ kind: "stored" });
      expect(await store.claim(tenant, "k", LATER)).toEqual({
        decisionId: id(3),
        requestDigest: "r3",
      });
    });

    test("is still one's own when an append is sent again", async (tenant) => {
      const decision = storedDecision({ tenant, id: id(1) });
      await store.append(decision, [], claimOf("k", "r"));
      expect(await store.append(decision, [], claimOf("k", "r"))).toEqual({ kind: "stored" });
    });
  });

  describe("a list of decisions", () => {
    test("is empty for nobody and for none", async (tenant) => {
      expect(await store.decisions({ tenant, limit: 10 })).toEqual([]);
      await store.append(storedDecision({ tenant, id: id(1) }), []);
      expect(await store.decisions({ tenant, limit: 0 })).toEqual([]);
    });

    test("gives each line without its record, newest first, filtered", async (tenant) => {
      const rows = [
        storedDecision({ tenant, id: id(1), type: "ranking", rung: "safe" }),
        storedDecision({ tenant, id: id(2), type: "routing", rung: "safe", policy: "calls@2" }),
        storedDecision({ tenant, id: id(3), type: "ranking", rung: "proved" }),
      ];
      for (const row of rows) await store.append(row, []);
      const listed = await store.decisions({ tenant, limit: 9 });
      expect(listed).toEqual(rows.toReversed().map((row) => ({ ...row, record: "" })));
      const found = async (filter: object) =>
        (await store.decisions({ tenant, limit: 9, ...filter })).map((row) => row.id);
      expect(await found({ type: "ranking" })).toEqual([id(3), id(1)]);
      expect(await found({ rung: "safe" })).toEqual([id(2), id(1)]);
      expect(await found({ policy: "calls@2" })).toEqual([id(2)]);
      expect(await found({ type: "ranking", rung: "safe", beforeId: id(3) })).toEqual([id(1)]);
      expect(await found({ type: "'; --" })).toEqual([]);
    });

    test("pages through all that was there while more comes in", async (tenant) => {
      const old = Array.from({ length: 25 }, (_, n) => id(n));
      for (const oldId of old) await store.append(storedDecision({ tenant, id: oldId }), []);
      const seen: string[] = [];
      let beforeId: string | undefined;
      for (let page = 0; page < 10; page += 1) {
        const rows = await store.decisions({ tenant, limit: 7, beforeId });
        seen.push(...rows.map((row) => row.id));
        beforeId = rows.at(-1)?.id ?? beforeId;
        await store.append(storedDecision({ tenant, id: id(1_000 + page) }), []);
      }
      expect(seen).toEqual(old.toReversed());
    });
  });

  describe("a payload", () => {
    test("is kept once, erased when personal, and does not come back", async (tenant) => {
      const personal = payloadOf("name and address");
      const plain = payloadOf("catalogue", false);
      const decision = storedDecision({ tenant, id: id(1) });
      await store.append(decision, [personal, plain, plain]);
      expect(await store.payload(tenant, plain.digest)).toEqual(plain);
      expect(await store.erasePayload(tenant, plain.digest), "not personal").toBe(false);
      expect(await store.erasePayload(tenant, "unknown")).toBe(false);
      expect(await store.erasePayload(tenant, personal.digest)).toBe(true);
      expect(await store.erasePayload(tenant, personal.digest), "already erased").toBe(false);
      await store.append(storedDecision({ tenant, id: id(2) }), [personal]);
      expect(await store.payload(tenant, personal.digest)).toBeUndefined();
      expect(await store.payload(tenant, plain.digest)).toEqual(plain);
      expect(await store.decision(tenant, id(1)), "the record is whole").toEqual(decision);
    });
  });

  describe("the registers", () => {
    test("keep a policy's version for good", async (tenant) => {
      const policy = storedPolicy({ tenant, name: "homepage", version: 2 });
      const changed = storedPolicy({ tenant, name: "homepage", version: 2, body: "{}" });
      const first = storedPolicy({ tenant, name: "homepage", version: 1 });
      const offers = await Promise.all([store.addPolicy(policy), store.addPolicy(policy)]);
      expect(offers.toSorted()).toEqual(["added", "exists"]);
      expect(await store.addPolicy(changed)).toBe("conflict");
      expect(await store.addPolicy(first)).toBe("added");
      expect(await store.policy(tenant, "homepage", 2)).toEqual(policy);
      expect(await store.policy(tenant, "homepage", 3)).toBeUndefined();
      expect(await store.policies(tenant)).toEqual([first, policy]);
    });

    test("count an item set's versions up, and not for the same content", async (tenant) => {
      const a = itemSetContent(tenant, "shop", ["a"]);
      const b = itemSetContent(tenant, "shop", ["a", "b"]);
      expect(await store.itemSetVersion(tenant, "shop")).toBeUndefined();
      expect(await store.itemSet(tenant, "shop")).toBeUndefined();
      expect(await store.putItemSet(a)).toEqual({ ...a, version: 1 });
      expect(await store.putItemSet({ ...a, createdAtUtcMs: LATER })).toEqual({ ...a, version: 1 });
      expect(await store.putItemSet(b)).toEqual({ ...b, version: 2 });
      expect(await store.putItemSet(a), "back to older content").toEqual({ ...a, version: 3 });
      expect(await store.itemSet(tenant, "shop")).toEqual({ ...a, version: 3 });
      expect(await store.itemSet(tenant, "shop", 2)).toEqual({ ...b, version: 2 });
      expect(await store.itemSet(tenant, "shop", 4)).toBeUndefined();
      expect(await store.itemSetVersion(tenant, "shop")).toBe(3);
    });

    test("give racing writers of an item set different versions", async (tenant) => {
      const sets = Array.from({ length: 8 }, (_, n) => itemSetContent(tenant, "shop", [`${n}`]));
      const stored = await Promise.all(sets.map((set) => store.putItemSet(set)));
      expect(stored.map(({ version }) => version).toSorted()).toEqual([1, 2, 3, 4, 5, 6, 7, 8]);
    });
  });

  describe("an outcome", () => {
    test("is recorded once; repetition, clash and stranger are told apart", async (tenant) => {
      await store.append(storedDecision({ tenant, id: id(1) }), []);
      const click = storedOutcome({ tenant, outcomeId: "o1", decisionId: id(1) });
      const again = { ...click, receivedAtUtcMs: LATER, late: true };
      const other = { ...click, value: 1 };
      const order = storedOutcome({ tenant, outcomeId: "o2", decisionId: id(1), value: 0.5 });
      const bare = {
        ...order,
        outcomeId: "o3",
        item: null,
        position: null,
        value: null,
        currency: null,
      };
      const stranger = storedOutcome({ tenant, outcomeId: "o4", decisionId: id(2) });
      const moved = { ...click, decisionId: id(2) };
      expect(await store.addOutcomes([])).toEqual([]);
      expect(await store.addOutcomes([click, again, other, order, bare, stranger])).toEqual([
        "recorded",
        "duplicate",
        "conflict",
        "recorded",
        "recorded",
        "unknown-decision",
      ]);
      expect(await store.addOutcomes([other, click, moved])).toEqual([
        "conflict",
        "duplicate",
        "conflict",
      ]);
      expect(await store.outcomes(tenant, id(1))).toEqual([click, order, bare]);
      expect(await store.outcomes(tenant, id(2))).toEqual([]);
    });

    test("reported many at once is recorded once each", async (tenant) => {
      await store.append(storedDecision({ tenant, id: id(1) }), []);
      const all = Array.from({ length: 1_200 }, (_, n) =>
        storedOutcome({ tenant, outcomeId: `o${n}`, decisionId: id(1) }),
      );
      const reports = await Promise.all(
        [all, all.toReversed()].map((one) => store.addOutcomes(one)),
      );
      const recorded = reports.flat().filter((result) => result === "recorded");
      expect(recorded).toHaveLength(all.length);
      expect(reports.flat().filter((result) => result === "duplicate")).toHaveLength(all.length);
    });
  });

  test("tenants see nothing of each other", async (mine) => {
    const theirs = freshTenant();
    const payload = payloadOf("shared content");
    const claim = { key: "k", requestDigest: "r", expiresAtUtcMs: LATER };
    for (const tenant of [mine, theirs]) {
      const decision = storedDecision({ tenant, id: id(1), principal: tenant });
      expect(await store.append(decision, [payload], claim)).toEqual({ kind: "stored" });
    }
    await store.addPolicy(storedPolicy({ tenant: mine, name: "homepage", version: 1 }));
    await store.putItemSet(itemSetContent(mine, "shop", ["a"]));
    await store.addOutcomes([storedOutcome({ tenant: mine, outcomeId: "o", decisionId: id(1) })]);
    await store.erasePayload(mine, payload.digest);
    expect((await store.decision(theirs, id(1)))?.principal).toBe(theirs);
    expect(await store.decisions({ tenant: theirs, limit: 9 })).toHaveLength(1);
    expect(await store.payload(theirs, payload.digest)).toEqual(payload);
    expect(await store.policies(theirs)).toEqual([]);
    expect(await store.itemSetVersion(theirs, "shop")).toBeUndefined();
    expect(await store.outcomes(theirs, id(1))).toEqual([]);
    const stray = storedOutcome({ tenant: freshTenant(), outcomeId: "o", decisionId: id(1) });
    expect(await store.addOutcomes([stray])).toEqual(["unknown-decision"]);
  });

  test("what is past its time goes, with all that hangs on it and nothing else", async (tenant) => {
    await store.expire(6_000, 2_000); // What other cases left behind.
    const shared = payloadOf("shared");
    const own = payloadOf("of the old one only");
    const claim = (key: string, expiresAtUtcMs: number) => ({
      key,
      requestDigest: "r",
      expiresAtUtcMs,
    });
    const old = storedDecision({ tenant, id: id(1), atUtcMs: 1_000 });
    const young = storedDecision({ tenant, id: id(2), atUtcMs: 2_000 });
    await store.append(old, [shared, own], claim("old", LATER));
    await store.append(young, [shared], claim("young", 5_000));
    await store.append(
      storedDecision({ tenant, id: id(3), atUtcMs: 3_000 }),
      [],
      claim("k", 6_000),
    );
    await store.addOutcomes([storedOutcome({ tenant, outcomeId: "o", decisionId: id(1) })]);

    const rows = { decision: 1, itsKey: 1, itsOutcome: 1, itsPayload: 1, expiredKey: 1 };
    expect(await store.expire(6_000, 2_000)).toBe(Object.keys(rows).length);
    expect(await idsOf(store, tenant)).toEqual([id(3), id(2)]);
    expect(await store.claim(tenant, "old", 0)).toBeUndefined();
    expect(await store.claim(tenant, "young", 0)).toBeUndefined();
    expect(await store.claim(tenant, "k", 0)).toMatchObject({ decisionId: id(3) });
    expect(await store.outcomes(tenant, id(1))).toEqual([]);
    expect(await store.payload(tenant, own.digest)).toBeUndefined();
    expect(await store.payload(tenant, shared.digest), "still needed").toEqual(shared);
    expect(await store.expire(6_000, 2_000), "nothing is left to do").toBe(0);
    await store.append(old, [own]);
    expect(await store.payload(tenant, own.digest), "told anew").toEqual(own);
    await store.expire(0, 2_000);
  });

  test("a number no column could hold is refused, its neighbours are not", async (tenant) => {
    const settled = await Promise.allSettled([
      store.append(storedDecision({ tenant, id: id(1), atUtcMs: 1.5 }), []),
      store.append(storedDecision({ tenant, id: id(2) }), []),
      store.append(storedDecision({ tenant, id: id(3), latencyMs: Number.NaN }), []),
    ]);
    expect(settled.map(({ status }) => status)).toEqual(["rejected", "fulfilled", "rejected"]);
    expect(settled[0]).toMatchObject({ reason: { row: storeFaults.valueUnstorable } });
    expect(await idsOf(store, tenant)).toEqual([id(2)]);
  });

  describe("API keys", () => {
    test("come back as they were given, of all tenants at once", async (tenant) => {
      const plain = storedApiKey({ tenant, id: `${tenant}-plain` });
      const full = storedApiKey({
        ...{ tenant: freshTenant(), id: `${tenant}-whole`, name: "Größe \u202e '; --" },
        ...{ role: "reader", decisionTypes: ["ranking", "'"], expiresAtUtcMs: LATER },
      });
      await store.addApiKey(full);
      await store.addApiKey(plain);
      const ids = [plain.id, full.id];
      const kept = (await store.apiKeys()).filter((key) => ids.includes(key.id));
      expect(kept).toEqual([plain, full]);
      await expect(store.addApiKey(plain), "an id is taken once").rejects.toMatchObject({
        row: storeFaults.valueUnstorable,
      });
    });

    test("are revoked once, by their own tenant; their use is noted", async (tenant) => {
      const key = storedApiKey({ tenant, id: `${tenant}-key` });
      const kept = async () => (await store.apiKeys()).find((one) => one.id === key.id);
      await store.addApiKey(key);
      expect(await store.revokeApiKey(freshTenant(), key.id, AT)).toBe(false);
      await store.noteApiKeyUse(freshTenant(), key.id, AT);
      expect(await kept()).toEqual(key);
      await store.noteApiKeyUse(tenant, key.id, AT);
      expect(await store.revokeApiKey(tenant, key.id, LATER)).toBe(true);
      expect(await store.revokeApiKey(tenant, key.id, LATER + 1)).toBe(false);
      expect(await kept()).toEqual({ ...key, lastUsedAtUtcMs: AT, revokedAtUtcMs: LATER });
    });
  });

  test("it answers that it is ready", async () => {
    await expect(store.ready()).resolves.toBeUndefined();
  });
});

async function idsOf(store: PlatformStore, tenant: string): Promise<readonly string[]> {
  const rows = await store.decisions({ tenant, limit: 1_000 });
  return rows.map((row) => row.id);
}

/**
 * The ring over a store in memory and a clock turned by hand: which keys are let in, until when,
 * and who may make which.
 */
import { createHash } from "node:crypto";
import fc from "fast-check";
import { beforeEach, describe, expect, test } from "vitest";
import { type Clock, type KeyWish, LOCAL_PRINCIPAL, type Principal } from "#foundation";
import { openMemoryStore, type PlatformStore } from "#store";
import { type KeyRing, openKeyRing } from "./key-ring.ts";

const START = Date.UTC(2026, 0, 1, 9, 30);
const DAY_MS = 86_400_000;
const FIRST: KeyWish = { name: "first", role: "admin" };

let nowMs = START;
let store: PlatformStore;
let ring: KeyRing;
let bytes = 0;

const clock: Clock = { utcMs: () => nowMs, monotonicMs: () => nowMs, after: () => () => {} };
/** Different every time and the same in every run. */
function counting(count: number): Uint8Array {
  bytes += 1;
  return createHash("sha256").update(`${bytes}`).digest().subarray(0, count);
}
const open = () => openKeyRing(store, clock, counting);

beforeEach(async () => {
  nowMs = START;
  store = openMemoryStore();
  ring = await open();
});

async function first(): Promise<Principal> {
  const { key } = await ring.create(LOCAL_PRINCIPAL, FIRST);
  return known(key);
}

function known(key: string): Principal {
  const identified = ring.identify(key);
  if (identified.kind === "refused") throw new Error(identified.reason);
  return identified.principal;
}

const reasonOf = (key: string, of = ring) => {
  const identified = of.identify(key);
  return identified.kind === "refused" ? identified.reason : undefined;
};

describe("the key ring", () => {
  test("asks for no key until one was made, and then for good", async () => {
    expect([ring.required, ring.stands(LOCAL_PRINCIPAL)]).toEqual([false, true]);
    const { facts } = await ring.create(LOCAL_PRINCIPAL, FIRST);
    expect([ring.required, ring.stands(LOCAL_PRINCIPAL)]).toEqual([true, false]);
    await ring.revoke(LOCAL_PRINCIPAL, facts.id);
    expect([ring.required, (await open()).required]).toEqual([true, true]);
  });

  test("knows a key by its text alone, and keeps nothing it could be made from", async () => {
    const { key, facts } = await ring.create(LOCAL_PRINCIPAL, FIRST);
    expect(known(key)).toEqual({ tenant: "local", name: `key:${facts.id}`, role: "admin" });
    const [stored] = await store.apiKeys();
    const secret = key.slice("tandem_000000000000_".length);
    expect(JSON.stringify([stored, facts])).not.toContain(secret);
    expect(stored.secretDigest).toBe(createHash("sha256").update(secret).digest("hex"));
    expect(reasonOf(key, await open())).toBeUndefined();
  });

  test("knows no other text", async () => {
    const { key } = await ring.create(LOCAL_PRINCIPAL, FIRST);
    const texts = ["", " ", key.slice(0, -1), `${key}A`, key.toUpperCase(), ` ${key}`, `${key}\n`];
    for (const text of [...texts, key.replace("_", "-"), "tandem_constructor_x"]) {
      expect(reasonOf(text), text).toBe("unknown");
    }
    const places = fc.nat(key.length - 1);
    fc.assert(
      fc.property(places, fc.constantFrom(..."abcXYZ019_-"), (place, other) => {
        fc.pre(key[place] !== other);
        expect(reasonOf(key.slice(0, place) + other + key.slice(place + 1))).toBe("unknown");
      }),
    );
  });

  test("lets a key in until the instant it ends", async () => {
    await first();
    const expiresAtUtcMs = START + DAY_MS;
    const wish: KeyWish = { name: "short", role: "reader", expiresAtUtcMs };
    const { key } = await ring.create(LOCAL_PRINCIPAL, wish);
    nowMs = expiresAtUtcMs - 1;
    const principal = known(key);
    expect(ring.stands(principal)).toBe(true);
    nowMs = expiresAtUtcMs;
    expect([reasonOf(key), ring.stands(principal)]).toEqual(["expired", false]);
  });

  test("lets a revoked key in no more, here at once, elsewhere after a look", async () => {
    const admin = await first();
    const { key, facts } = await ring.create(admin, { name: "x", role: "operator" });
    const elsewhere = await open();
    await ring.revoke(admin, facts.id);
    expect([reasonOf(key), reasonOf(key, elsewhere)]).toEqual(["revoked", undefined]);
    await elsewhere.refresh();
    expect(reasonOf(key, elsewhere)).toBe("revoked");
  });

  test("does not unlearn a revocation by rows read before it", async () => {
    const admin = await first();
    const { key, facts } = await ring.create(admin, { name: "x", role: "operator" });
    const old = await store.apiKeys();
    const slow = { ...store, apiKeys: async () => old };
    ring = await openKeyRing(slow, clock, counting);
    await ring.revoke(admin, facts.id);
    await ring.refresh();
    expect(reasonOf(key)).toBe("revoked");
  });

  test("notes the hour of the last use, once", async () => {
    const admin = await first();
    const { key } = await ring.create(admin, { name: "x", role: "reader" });
    const used = () => ring.list(admin).map(({ lastUsedAtUtcMs }) => lastUsedAtUtcMs);
    expect(used()).toContain(null);
    known(key);
    nowMs += 60_000;
    known(key);
    const hour = Date.UTC(2026, 0, 1, 9);
    expect(used()).toEqual([hour, hour]);
    expect((await store.apiKeys()).map((row) => row.lastUsedAtUtcMs)).toEqual([hour, hour]);
  });
});

describe("who may make which", () => {
  const own: Principal = { tenant: "acme", name: "key:0", role: "admin" };

  test.each<[string, Principal, KeyWish, string]>([
    ["a first that is no admin", LOCAL_PRINCIPAL, { ...FIRST, role: "operator" }, "first-key"],
    ["a first of another tenant", LOCAL_PRINCIPAL, { ...FIRST, tenant: "acme" }, "first-key"],
    ["one of another tenant", own, { ...FIRST, tenant: "local" }, "tenant-refused"],
    ["one without a name", LOCAL_PRINCIPAL, { ...FIRST, name: "" }, "invalid-key"],
    ["one named a line", LOCAL_PRINCIPAL, { ...FIRST, name: "a\nb" }, "invalid-key"],
    ["one that has ended", LOCAL_PRINCIPAL, { ...FIRST, expiresAtUtcMs: START }, "invalid-key"],
    ["one that ends never", LOCAL_PRINCIPAL, { ...FIRST, expiresAtUtcMs: NaN }, "invalid-key"],
    ["a tenant in capitals", LOCAL_PRINCIPAL, { ...FIRST, tenant: "ACME" }, "invalid-key"],
    ["for no type", LOCAL_PRINCIPAL, { ...FIRST, decisionTypes: [] }, "invalid-key"],
    ["a limited admin", LOCAL_PRINCIPAL, { ...FIRST, decisionTypes: ["x"] }, "invalid-key"],
  ])("not %s", async (_remark, by, wish, code) => {
    await expect(ring.create(by, wish)).rejects.toMatchObject({
      row: { code: expect.stringContaining(code) },
    });
    expect(await store.apiKeys()).toEqual([]);
  });

  test("faults have the codes the register lists", async () => {
    const codes = ["first-key-not-admin", "unknown-key"];
    const wrong = [
      ring.create(LOCAL_PRINCIPAL, { name: "x", role: "reader" }),
      ring.revoke(LOCAL_PRINCIPAL, "000000000000"),
    ];
    const settled = await Promise.allSettled(wrong);
    expect(settled).toMatchObject(codes.map((code) => ({ reason: { row: { code } } })));
  });

  test("the installation's own admins see to all tenants, others to their own", async () => {
    const admin = await first();
    const theirs = await ring.create(admin, { name: "a", role: "admin", tenant: "acme" });
    const acme = known(theirs.key);
    expect(acme).toMatchObject({ tenant: "acme", role: "admin" });
    expect(ring.list(acme).map(({ name }) => name)).toEqual(["a"]);
    expect(ring.list(admin).map(({ name }) => name)).toEqual(["first"]);
    expect(ring.list(admin, "acme").map(({ name }) => name)).toEqual(["a"]);
    expect(() => ring.list(acme, "local")).toThrow("expected the tenant acme");
    const [{ id }] = ring.list(admin);
    await expect(ring.revoke(acme, id)).rejects.toMatchObject({ row: { code: "unknown-key" } });
    await ring.revoke(admin, theirs.facts.id, "acme");
    expect(reasonOf(theirs.key)).toBe("revoked");
  });
});

/**
 * Prepared statements store what the ordinary way stores, in every size, and go on after a refusal.
 */
import { PGlite } from "@electric-sql/pglite";
import { Kysely, PGliteDialect } from "kysely";
import { afterAll, beforeAll, expect, test, vi } from "vitest";
import { storedDecision } from "../../../test/conformance/store-rows.ts";
import { type Append, insertRows, storeBatch } from "../append.ts";
import { migrate } from "../migrations.ts";
import type { Tables } from "../schema.ts";
import { preparedInsert } from "./prepared-insert.ts";

const pglite = new PGlite();
const db = new Kysely<Tables>({ dialect: new PGliteDialect({ pglite }) });
const insert = preparedInsert(pglite, db);
beforeAll(() => migrate(db));
afterAll(() => db.destroy());

const TEXT = `{"a":"it's \\"so\\" \\\\ {1,2} $1 %s NULL\\u0001","ß":"日本","":""}`;

/** `count` new decisions, each with the payloads named; the same name is the same payload. */
function appends(from: string, count: number, payloads: readonly string[]): Append[] {
  return Array.from({ length: count }, (_, index) => {
    const id = `${from}-${index}`;
    const gap = index % 2 === 0 ? null : 1e-7;
    return {
      decision: storedDecision({ tenant: "prepared", id, record: TEXT, gap, latencyMs: 0.125 }),
      payloads: payloads.map((name, at) => {
        return { digest: name.replace("*", id), text: `${TEXT}${name}`, personal: at === 1 };
      }),
      claim: undefined,
    };
  });
}

async function rowsOf(from: string) {
  const [decisions, links, payloads] = await Promise.all([
    db.selectFrom("decisions").selectAll().where("id", "like", `${from}-%`).orderBy("id").execute(),
    db
      .selectFrom("decision_payloads")
      .selectAll()
      .where("decision_id", "like", `${from}-%`)
      .orderBy("decision_id")
      .orderBy("digest")
      .execute(),
    db.selectFrom("payloads").selectAll().orderBy("digest").execute(),
  ]);
  return JSON.stringify([decisions, links, payloads]).replaceAll(from, "decision");
}

test.each([
  { remark: "one decision, one payload", count: 1, payloads: ["*-request"], prepared: true },
  { remark: "a personal one too", count: 1, payloads: ["*-request", "*-own"], prepared: true },
  { remark: "the most at once", count: 4, payloads: ["*-request", "*-own"], prepared: true },
  { remark: "one more", count: 5, payloads: ["*-request"], prepared: false },
  { remark: "many payloads", count: 1, payloads: ["*-a", "*-b", "*-c"], prepared: false },
  { remark: "a payload two share", count: 2, payloads: ["one"], prepared: false },
])("$remark: the same rows, twice over", async ({ count, payloads, prepared }) => {
  const engine = vi.spyOn(pglite, "execProtocol");
  const stored: string[] = [];
  for (const from of ["quick-1", "quick-2", "plain-3"]) {
    const batch = appends(from, count, payloads);
    const quick = from.startsWith("quick");
    engine.mockClear();
    await storeBatch(db, batch, quick ? insert : (rows) => insertRows(db, rows));
    expect(engine.mock.calls.length > 0, from).toBe(quick && prepared);
    stored.push(await rowsOf(from));
    await db.deleteFrom("payloads").execute();
  }
  expect(new Set(stored).size, stored.join("\n")).toBe(1);
  engine.mockRestore();
});

test("a decision that is there already is told apart from one that differs", async () => {
  const [first] = appends("again", 1, ["*-request"]);
  const other = { ...first, decision: { ...first.decision, record: "{}", recordDigest: "other" } };
  const stored = [{ kind: "stored" }];
  expect(await storeBatch(db, [first], insert)).toEqual(stored);
  expect(await storeBatch(db, [first], insert)).toEqual(stored);
  await expect(storeBatch(db, [other], insert)).rejects.toMatchObject({
    row: { code: "store-decision-differs" },
  });
  expect(await storeBatch(db, appends("after", 1, ["*-request"]), insert)).toEqual(stored);
});

test("waits for a transaction that another has open, and takes no part in it", async () => {
  const batch = appends("beside", 1, ["*-request"]);
  let storing: Promise<unknown> = Promise.resolve();
  const undone = db.transaction().execute(async (transaction) => {
    storing = storeBatch(db, batch, insert);
    await transaction.deleteFrom("decisions").execute();
    throw new Error("undone");
  });
  await expect(undone).rejects.toThrow("undone");
  await storing;
  const kept = await db.selectFrom("decisions").select("id").where("id", "=", "beside-0").execute();
  expect(kept).toHaveLength(1);
});

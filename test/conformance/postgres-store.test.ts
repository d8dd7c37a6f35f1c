/**
 * What only a server shows: several adapters on one database, a database of another version, a
 * server that is gone.
 */
import pg from "pg";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { present } from "#foundation";
import type { Store } from "#pipeline";
import { openPostgresStore, storeFaults } from "#store";
import { type PostgresServer, postgresMissing, startPostgres } from "./postgres-server.ts";
import { itemSetContent, payloadOf, storedDecision } from "./store-rows.ts";

const missing = postgresMissing();
const LATER = 1_700_000_060_000;

describe(`adapters on one server (${missing ?? "installed"})`, {
  skip: missing !== undefined,
}, () => {
  let server: PostgresServer | undefined;
  let stores: readonly Store[] = [];
  beforeAll(async () => {
    server = await startPostgres();
    // Both at once, so that their migrations race.
    const url = server.url();
    stores = await Promise.all([openPostgresStore(url), openPostgresStore(url)]);
  });
  afterAll(async () => {
    await Promise.all(stores.map((store) => store.close()));
    await server?.stop();
  });
  const storeFor = (turn: number) => present(stores[turn % stores.length], "a store");

  it("give an idempotency key to one decision, whichever adapter it came through", async () => {
    const attempts = Array.from({ length: 200 }, (_, n) => ({ n, key: `key-${n % 20}` }));
    const results = await Promise.all(
      attempts.map(({ n, key }) =>
        storeFor(n >> 2).append(storedDecision({ tenant: "keys", id: `id-${n}` }), [], {
          key,
          requestDigest: `${n}`,
          expiresAtUtcMs: LATER,
        }),
      ),
    );
    const winners = attempts.filter(({ n }) => results[n]?.kind === "stored");
    expect(new Set(winners.map(({ key }) => key)).size).toBe(20);
    expect(winners).toHaveLength(20);
    const listed = await storeFor(0).decisions({ tenant: "keys", limit: 500 });
    expect(listed.map(({ id }) => id).toSorted()).toEqual(
      winners.map(({ n }) => `id-${n}`).toSorted(),
    );
  });

  it("do not wait for each other in a circle", async () => {
    const payloads = Array.from({ length: 30 }, (_, n) => payloadOf(`content ${n}`));
    const appends = Array.from({ length: 100 }, (_, n) =>
      storeFor(n).append(
        storedDecision({ tenant: "circle", id: `id-${n}` }),
        n % 2 === 0 ? payloads : payloads.toReversed(),
        { key: `key-${(n * 7) % 50}`, requestDigest: "r", expiresAtUtcMs: LATER },
      ),
    );
    const results = await Promise.all(appends);
    expect(results.filter(({ kind }) => kind === "stored")).toHaveLength(50);
  });

  it("count the versions of an item set up together", async () => {
    const sets = Array.from({ length: 12 }, (_, n) => itemSetContent("sets", "shop", [`${n}`]));
    const stored = await Promise.all(sets.map((set, turn) => storeFor(turn).putItemSet(set)));
    const versions = stored.map(({ version }) => version).toSorted((a, b) => a - b);
    expect(versions).toEqual(sets.map((_, n) => n + 1));
  });

  it("keep a payload that retention and a new decision reach for at once", async () => {
    for (let round = 0; round < 20; round += 1) {
      const payload = payloadOf(`catalogue ${round}`, false);
      const old = { tenant: "retention", id: `old-${round}`, atUtcMs: 1_000 };
      const young = { tenant: "retention", id: `young-${round}`, atUtcMs: LATER };
      await storeFor(0).append(storedDecision(old), [payload]);
      await Promise.all([
        storeFor(0).expire(0, 2_000),
        storeFor(1).append(storedDecision(young), [payload]),
      ]);
      expect(await storeFor(0).decision("retention", old.id)).toBeUndefined();
      expect(await storeFor(0).payload("retention", payload.digest), `round ${round}`).toEqual(
        payload,
      );
    }
  });

  it("refuse a database that a newer version has written", async () => {
    const running = present(server, "the server");
    await running.createDatabase("newer");
    await (await openPostgresStore(running.url("newer"))).close();
    await execute(
      running.url("newer"),
      "insert into kysely_migration values ('9999-from-the-future', '2100-01-01')",
    );
    await expect(openPostgresStore(running.url("newer"))).rejects.toMatchObject({
      row: storeFaults.schemaNewer,
      message: expect.stringContaining("9999-from-the-future"),
    });
  });

  it("say that the store is unavailable when the server has gone", async () => {
    const lost = await startPostgres();
    const store = await openPostgresStore(lost.url());
    await store.append(storedDecision({ tenant: "lost", id: "before" }), []);
    await lost.stop();
    const gone = { row: storeFaults.unavailable };
    await expect(
      store.append(storedDecision({ tenant: "lost", id: "after" }), []),
    ).rejects.toMatchObject(gone);
    await expect(store.ready()).rejects.toMatchObject(gone);
    await store.close();
    await expect(openPostgresStore(lost.url())).rejects.toMatchObject(gone);
  });
});

async function execute(url: string, statement: string): Promise<void> {
  const client = new pg.Client(url);
  await client.connect();
  await client.query(statement);
  await client.end();
}

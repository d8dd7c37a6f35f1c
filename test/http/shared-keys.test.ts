/**
 * Two servers on one database: a key made or revoked at the one counts at the other within moments.
 */
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { keyCreated } from "#wire";
import { assembleServer, type ServedPlatform } from "../../src/assemble.ts";
import {
  type PostgresServer,
  postgresMissing,
  startPostgres,
} from "../conformance/postgres-server.ts";
import { call } from "./client.ts";

const MISSING = postgresMissing();

let database: PostgresServer;
let here: ServedPlatform;
let there: ServedPlatform;

async function serve(): Promise<ServedPlatform> {
  const served = await assembleServer({
    ...{ storage: { kind: "database", url: database.url() }, host: "127.0.0.1", port: 0 },
    log: { level: "silent", stream: { write: () => {} } },
  });
  await served.ready;
  return served;
}

beforeAll(async () => {
  if (MISSING !== undefined) return;
  database = await startPostgres();
  here = await serve();
  there = await serve();
});
afterAll(async () => {
  await Promise.all([here?.stop(), there?.stop()]);
  await database?.stop();
});

/** The status at the other server once it is `status`, or after so many looks. */
async function statusThere(status: number, key?: string): Promise<number> {
  const headers = key === undefined ? undefined : { authorization: `Bearer ${key}` };
  for (let look = 0; ; look += 1) {
    const got = await call(there.url, "GET", "/v1/policies", undefined, headers);
    if (got.status === status || look === 100) return got.status;
    await new Promise((resolve) => setTimeout(resolve, 100));
  }
}

// Skipped where no PostgreSQL server can be started; its name then says why.
describe.skipIf(MISSING !== undefined)(`keys on a shared database ${MISSING ?? ""}`, () => {
  test("are made and revoked for all", async () => {
    expect(await statusThere(200)).toBe(200);
    const wish = { name: "first", role: "admin" };
    const { key, id } = keyCreated.parse((await call(here.url, "POST", "/v1/keys", wish)).json);
    expect(await statusThere(401)).toBe(401);
    expect(await statusThere(200, key)).toBe(200);
    const headers = { authorization: `Bearer ${key}` };
    await call(here.url, "POST", `/v1/keys/${id}/revoke`, undefined, headers);
    expect(await statusThere(401, key)).toBe(401);
  });
});

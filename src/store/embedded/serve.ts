/**
 * The embedded store's own thread: opens the database and answers port calls, one message each. It
 * ends, confirming nothing more, when the database cannot go on.
 */
import type { MessagePort } from "node:worker_threads";
import { Kysely, PGliteDialect, sql } from "kysely";
import { systemClock } from "#foundation";
import type { CommittedBatch } from "#pipeline";
import { databaseStore } from "../database-store.ts";
import { migrate } from "../migrations.ts";
import type { PlatformStore } from "../platform-store.ts";
import type { Tables } from "../schema.ts";
import { openDatabase } from "./database.ts";
import { preparedInsert } from "./prepared-insert.ts";
import { type Method, packed, type Reply, type Request } from "./protocol.ts";

type Handlers = {
  readonly [M in Method]: (
    parameters: Parameters<PlatformStore[M]>,
  ) => ReturnType<PlatformStore[M]>;
};

/** Where requests come from and replies go. */
export type Caller = Pick<MessagePort, "on" | "postMessage">;

/** Opens the store in `directory` and answers the caller's requests until the thread ends. */
export async function serveStore(caller: Caller, directory: string): Promise<void> {
  const post = (reply: Reply) => caller.postMessage(reply);
  const fail = (error: unknown) => {
    post({ kind: "failed", failure: packed(error) });
    process.exit(1); // Ends this thread only.
  };
  try {
    const pglite = await openDatabase(directory, fail);
    const db = new Kysely<Tables>({ dialect: new PGliteDialect({ pglite }) });
    await migrate(db);
    const untold: CommittedBatch[] = [];
    const toldNow = (): readonly CommittedBatch[] => untold.splice(0);
    const onBatch = (batch: CommittedBatch) => untold.push(batch);
    const store = databaseStore(db, systemClock, onBatch, preparedInsert(pglite, db));
    const handlers = handlersOf(vacuuming(store, db));
    caller.on("message", (request: Request) => {
      answer(handlers, request).then(
        (value) => post({ kind: "returned", call: request.call, value, batches: toldNow() }),
        (error: unknown) => post({ kind: "threw", call: request.call, failure: packed(error) }),
      );
    });
    post({ kind: "opened" });
  } catch (error) {
    fail(error);
  }
}

async function answer<M extends Method>(handlers: Handlers, request: Request<M>): Promise<unknown> {
  return await handlers[request.method](request.parameters);
}

/**
 * PGlite runs no autovacuum: without this, space freed by retention and erasure would never be used
 * again.
 */
function vacuuming(store: PlatformStore, db: Kysely<Tables>): PlatformStore {
  return {
    ...store,
    expire: async (...parameters) => {
      const removed = await store.expire(...parameters);
      await sql`vacuum (analyze)`.execute(db);
      return removed;
    },
  };
}

function handlersOf(store: PlatformStore): Handlers {
  return {
    append: (parameters) => store.append(...parameters),
    decision: (parameters) => store.decision(...parameters),
    decisions: (parameters) => store.decisions(...parameters),
    payload: (parameters) => store.payload(...parameters),
    erasePayload: (parameters) => store.erasePayload(...parameters),
    claim: (parameters) => store.claim(...parameters),
    addPolicy: (parameters) => store.addPolicy(...parameters),
    policy: (parameters) => store.policy(...parameters),
    policies: (parameters) => store.policies(...parameters),
    putItemSet: (parameters) => store.putItemSet(...parameters),
    itemSet: (parameters) => store.itemSet(...parameters),
    itemSetVersion: (parameters) => store.itemSetVersion(...parameters),
    addOutcomes: (parameters) => store.addOutcomes(...parameters),
    outcomes: (parameters) => store.outcomes(...parameters),
    apiKeys: (parameters) => store.apiKeys(...parameters),
    addApiKey: (parameters) => store.addApiKey(...parameters),
    revokeApiKey: (parameters) => store.revokeApiKey(...parameters),
    noteApiKeyUse: (parameters) => store.noteApiKeyUse(...parameters),
    expire: (parameters) => store.expire(...parameters),
    declareCapacity: (parameters) => store.declareCapacity(...parameters),
    capacities: (parameters) => store.capacities(...parameters),
    reserveCapacity: (parameters) => store.reserveCapacity(...parameters),
    commitCapacity: (parameters) => store.commitCapacity(...parameters),
    releaseCapacity: (parameters) => store.releaseCapacity(...parameters),
    expireCapacity: (parameters) => store.expireCapacity(...parameters),
    rows: (parameters) => store.rows(...parameters),
    ready: (parameters) => store.ready(...parameters),
    close: (parameters) => store.close(...parameters),
  };
}

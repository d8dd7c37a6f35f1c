/**
 * The embedded store's own thread: opens the database, answers port calls one message each, and never confirms
 * anything again once a flush has failed.
 */
import type { MessagePort } from "node:worker_threads";
import { Kysely, PGliteDialect } from "kysely";
import { Fault } from "#foundation";
import type { Store } from "#pipeline";
import { databaseStore } from "../database-store.ts";
import { storeFaults } from "../faults.ts";
import { migrate } from "../migrations.ts";
import type { Tables } from "../schema.ts";
import { openDatabase } from "./database.ts";
import type { FlushingFiles } from "./flushing-files.ts";
import { type Method, packed, type Reply, type Request } from "./protocol.ts";

type Handlers = {
  readonly [M in Method]: (parameters: Parameters<Store[M]>) => ReturnType<Store[M]>;
};

/** Opens the store in `directory` and answers requests on `port` until the thread ends. */
export async function serveStore(port: MessagePort, directory: string): Promise<void> {
  const post = (reply: Reply) => port.postMessage(reply);
  try {
    const { pglite, files } = await openDatabase(directory);
    const db = new Kysely<Tables>({ dialect: new PGliteDialect({ pglite }) });
    await migrate(db);
    assertFlushed(files);
    const handlers = handlersOf(databaseStore(db));
    port.on("message", (request: Request) => {
      answer(handlers, files, request).then(
        (value) => post({ kind: "returned", call: request.call, value }),
        (error: unknown) => post({ kind: "threw", call: request.call, failure: packed(error) }),
      );
    });
    post({ kind: "opened" });
  } catch (error) {
    post({ kind: "not-opened", failure: packed(error) });
  }
}

async function answer<M extends Method>(
  handlers: Handlers,
  files: FlushingFiles,
  request: Request<M>,
): Promise<unknown> {
  if (files.failure !== undefined && request.method === "close") return;
  assertFlushed(files);
  try {
    return await handlers[request.method](request.parameters);
  } finally {
    // Also when the call seemed to succeed, or failed for a reason that only follows from the flush.
    assertFlushed(files);
  }
}

function assertFlushed(files: FlushingFiles): void {
  if (files.failure === undefined) return;
  const reason = files.failure instanceof Error ? files.failure.message : String(files.failure);
  throw new Fault(storeFaults.flushFailed, { detail: `flush: expected success, got ${reason}` });
}

function handlersOf(store: Store): Handlers {
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
    expire: (parameters) => store.expire(...parameters),
    ready: (parameters) => store.ready(...parameters),
    close: (parameters) => store.close(...parameters),
  };
}

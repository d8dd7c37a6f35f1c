/**
 * New decisions by statements the embedded engine has parsed and planned before. The driver's way
 * asks the engine six times per statement and has it parse and plan each anew, which costs more
 * than the rows of a decision do; here a batch is one message of bind, execute and sync.
 */
import { type PGlite, protocol } from "@electric-sql/pglite";
import type { Kysely } from "kysely";
import { type InsertRows, insertRows, type NewRows } from "../append.ts";
import type { Tables } from "../schema.ts";
import { bindWriter } from "./bind-message.ts";

const { parse, sync } = protocol.serialize;

/** Larger batches share the cost of parsing anyway, and every size is a statement to be kept. */
const DECISIONS_MAX = 4;

const DECISION = [
  ...(["tenant", "id", "type", "policy", "principal", "at_utc_ms", "rung", "status"] as const),
  ...(["latency_ms", "deadline_ms", "gap", "record", "record_digest"] as const),
];
const LINK = ["tenant", "decision_id", "digest"] as const;
const PAYLOAD = ["tenant", "digest", "body", "personal"] as const;

/** A way to insert small batches by prepared statements, and others as `db` does. */
export function preparedInsert(pglite: PGlite, db: Kysely<Tables>): InsertRows {
  const prepared = new Set<string>();
  const bound = bindWriter();
  return async (rows) => {
    const { decisions, links, payloads } = rows;
    // A payload that several decisions share is rare; then there are fewer of them than links.
    const isCommon = decisions.length <= DECISIONS_MAX && links.length === payloads.length;
    if (!isCommon || links.length > 2 * decisions.length) return insertRows(db, rows);
    const name = `append-${decisions.length}-${links.length}`;
    const insert = async () => {
      if (!prepared.has(name)) {
        await send(pglite, Buffer.concat([parse({ name, text: statementText(rows) }), sync()]));
      }
      prepared.add(name); // It outlives what fails from here on.
      await send(pglite, bound(name, valuesOf(rows)));
    };
    // Within the connection's turn, or the statement would join another's open transaction.
    await db.connection().execute(() => pglite.runExclusive(insert));
  };
}

/** Sends messages up to a sync, one implicit transaction, which is flushed when this resolves. */
async function send(pglite: PGlite, messages: Uint8Array): Promise<void> {
  await pglite.execProtocol(messages, { syncToFs: false });
}

function statementText({ decisions, links, payloads }: NewRows): string {
  const linksFrom = decisions.length * DECISION.length;
  const payloadsFrom = linksFrom + links.length * LINK.length;
  return (
    `with decided as (${insertText("decisions", DECISION, decisions.length, 0)}), ` +
    `linked as (${insertText("decision_payloads", LINK, links.length, linksFrom)} ` +
    `on conflict (${LINK.join(", ")}) do nothing) ` +
    `${insertText("payloads", PAYLOAD, payloads.length, payloadsFrom)} ` +
    "on conflict (tenant, digest) do nothing"
  );
}

/** An insertion of `count` rows whose parameters come after the first `from`. */
function insertText(table: string, columns: readonly string[], count: number, from: number) {
  const rows = Array.from({ length: count }, (_, row) => {
    const first = from + row * columns.length + 1;
    return `(${columns.map((_column, index) => `$${first + index}`).join(", ")})`;
  });
  return `insert into ${table} (${columns.join(", ")}) values ${rows.join(", ")}`;
}

/** The parameters in the order of the statement, in the engine's text form. */
function valuesOf({ decisions, links, payloads }: NewRows): (string | null)[] {
  return [
    ...decisions.flatMap((row) => DECISION.map((column) => textOf(row[column]))),
    ...links.flatMap((row) => LINK.map((column) => textOf(row[column]))),
    ...payloads.flatMap((row) => PAYLOAD.map((column) => textOf(row[column]))),
  ];
}

function textOf(value: string | number | boolean | null): string | null {
  return value === null ? null : String(value);
}

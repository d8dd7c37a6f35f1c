/**
 * One page of a walk over every table. The database itself writes the rows as JSON, so that numbers
 * and text come out exactly as they lie there.
 */
import { type Kysely, sql } from "kysely";
import { present } from "#foundation";
import type { RowBatch, RowCursor } from "#pipeline";
import { NEWEST_STEP } from "../migrations.ts";
import type { Tables } from "../schema.ts";
import { ROW_TABLES, type RowTable } from "./row-tables.ts";

/** The page at `from`, or the first one. */
export async function rowPage(
  db: Kysely<Tables>,
  from?: RowCursor,
): Promise<RowBatch & { readonly next: RowCursor | undefined }> {
  const place = Math.max(
    0,
    ROW_TABLES.findIndex(({ table }) => table === from?.table),
  );
  const { table, key, pageRows } = present(ROW_TABLES[place], "a table");
  const keys = sql.join(key.map((column) => sql.ref(column)));
  const after = from !== undefined && from.after.length > 0 ? from.after : undefined;
  const beyond =
    after === undefined
      ? sql`true`
      : sql`(${keys}) > (${sql.join(after.map((part) => sql`${part}`))})`;
  const { rows } = await sql<{ readonly row: string }>`
    select row_to_json(one)::text as row from ${sql.table(table)} as one
    where ${beyond} order by ${keys} limit ${pageRows}`.execute(db);
  const last = rows.at(-1);
  const next =
    last !== undefined && rows.length === pageRows
      ? { table, after: keyIn(last.row, key) }
      : beginningOf(ROW_TABLES[place + 1]);
  return { schema: NEWEST_STEP, table, rows: rows.map(({ row }) => row), next };
}

function beginningOf(following: RowTable | undefined): RowCursor | undefined {
  return following && { table: following.table, after: [] };
}

function keyIn(row: string, key: readonly string[]): readonly (string | number)[] {
  const columns: Readonly<Record<string, string | number>> = JSON.parse(row);
  return key.map((column) => columns[column]);
}

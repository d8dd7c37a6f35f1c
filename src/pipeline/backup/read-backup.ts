/**
 * Reading a backup file: nothing of it counts before its last line has been read and agrees with
 * all the others, which is why whoever restores does so in one transaction.
 */
import { createHash } from "node:crypto";
import { Readable } from "node:stream";
import { createGunzip } from "node:zlib";
import { Fault, type Json } from "#foundation";
import { pipelineFaults } from "../faults.ts";
import type { RowBatch } from "../ports.ts";
import { BACKUP_FORMAT, memberOf } from "./backup-file.ts";

const BATCH_ROWS_MAX = 100;
const BATCH_CHARACTERS_MAX = 4_000_000;

/**
 * The rows of a backup file in batches, each of one table; at least one batch, perhaps an empty
 * one. The last one has come only when the file has proved to be whole.
 *
 * @throws Fault `backup-damaged` or `backup-newer`, also after many batches.
 */
export async function* readBackup(bytes: AsyncIterable<Uint8Array>): AsyncGenerator<RowBatch> {
  const hash = createHash("sha256");
  const counted: Record<string, number> = {};
  let schema: string | undefined;
  let end: Json | undefined;
  let table = "";
  let rows: string[] = [];
  let characters = 0;
  for await (const line of linesOf(bytes)) {
    if (end !== undefined) throw damaged("expected nothing after the last line, got more");
    const parsed = parsedLine(line);
    if (schema === undefined) {
      schema = schemaIn(parsed);
    } else if (Array.isArray(parsed)) {
      const name = String(parsed[0]);
      const isFull = rows.length >= BATCH_ROWS_MAX || characters >= BATCH_CHARACTERS_MAX;
      if (rows.length > 0 && (name !== table || isFull)) {
        yield { schema, table, rows };
        [rows, characters] = [[], 0];
      }
      table = name;
      rows.push(JSON.stringify(parsed[1]));
      characters += line.length;
      counted[name] = (counted[name] ?? 0) + 1;
    } else end = parsed;
    if (end === undefined) hash.update(line).update("\n");
  }
  if (schema === undefined) throw damaged("expected a backup, got an empty file");
  if (memberOf(end, "kind") !== "end") throw damaged("expected a last line, got a file cut short");
  if (memberOf(end, "sha256") !== hash.digest("hex") || !agrees(memberOf(end, "rows"), counted)) {
    throw damaged("expected the rows its last line vouches for, got others");
  }
  yield { schema, table, rows };
}

/** The schema step of the file. */
function schemaIn(head: Json): string {
  const [kind, format, schema] = ["kind", "format", "schema"].map((name) => memberOf(head, name));
  if (kind !== "tandem-backup" || typeof format !== "number" || typeof schema !== "string") {
    throw damaged("expected a backup of this program, got something else");
  }
  if (format > BACKUP_FORMAT) {
    const detail = `expected format ${BACKUP_FORMAT} at most, got ${format}`;
    throw new Fault(pipelineFaults.backupNewer, { detail });
  }
  return schema;
}

function agrees(promised: Json | undefined, counted: Readonly<Record<string, number>>): boolean {
  if (typeof promised !== "object" || promised === null) return false;
  const tables = new Set([...Object.keys(promised), ...Object.keys(counted)]);
  return [...tables].every((name) => (memberOf(promised, name) ?? 0) === (counted[name] ?? 0));
}

async function* linesOf(bytes: AsyncIterable<Uint8Array>): AsyncGenerator<string> {
  const source = Readable.from(bytes);
  const text = createGunzip();
  source.once("error", (error) => text.destroy(error));
  const decoder = new TextDecoder("utf-8", { fatal: true });
  let rest = "";
  try {
    for await (const piece of source.pipe(text)) {
      const lines = (rest + decoder.decode(piece, { stream: true })).split("\n");
      rest = lines.pop() ?? "";
      yield* lines;
    }
    rest += decoder.decode();
  } catch (error) {
    if (error instanceof Fault) throw error;
    const got = error instanceof Error ? error.message : String(error);
    throw new Fault(pipelineFaults.backupDamaged, { detail: `expected gzip, got ${got}` }, error);
  } finally {
    source.destroy();
  }
  if (rest !== "") throw damaged("expected a last line, got a file cut short");
}

function parsedLine(line: string): Json {
  try {
    return JSON.parse(line);
  } catch {
    throw damaged(`expected lines of JSON, got ${JSON.stringify(line.slice(0, 40))}`);
  }
}

function damaged(detail: string): Fault {
  return new Fault(pipelineFaults.backupDamaged, { detail });
}

/**
 * Writing a backup while the platform works: the store's rows a page at a time, so that neither
 * memory nor the decisions being made notice how much there is.
 */
import { createHash } from "node:crypto";
import { pipeline } from "node:stream/promises";
import { createGzip } from "node:zlib";
import { instantText } from "#foundation";
import type { Platform } from "../platform.ts";
import type { RowCursor } from "../ports.ts";
import { BACKUP_FORMAT, type BackupEnd, type BackupHead } from "./backup-file.ts";

/**
 * Everything in the store as the bytes of a backup file. Complete for what was acknowledged before
 * the first byte was asked for, and whole in itself whatever is written meanwhile.
 *
 * @throws Fault of the store, in the middle if need be; what came until then is no backup.
 */
export async function* writeBackup(
  platform: Pick<Platform, "store" | "clock">,
): AsyncGenerator<Uint8Array> {
  const gzip = createGzip({ level: 5 });
  const flowing = pipeline(linesOf(platform), gzip);
  flowing.catch(() => {}); // Whoever reads the other end hears of it.
  for await (const piece of gzip) yield piece;
}

async function* linesOf({
  store,
  clock,
}: Pick<Platform, "store" | "clock">): AsyncGenerator<string> {
  const at = instantText(clock.utcMs());
  const rows: Record<string, number> = {};
  const hash = createHash("sha256");
  const hashed = (text: string) => {
    hash.update(text);
    return text;
  };
  let from: RowCursor | undefined;
  let isFirst = true;
  do {
    const page = await store.rows(from);
    const { schema, table, rows: found } = page;
    const head: BackupHead = { kind: "tandem-backup", format: BACKUP_FORMAT, schema, at };
    if (isFirst) yield hashed(`${JSON.stringify(head)}\n`);
    isFirst = false;
    rows[table] = (rows[table] ?? 0) + found.length;
    if (found.length > 0) yield hashed(found.map((row) => `["${table}",${row}]\n`).join(""));
    from = page.next;
  } while (from !== undefined);
  const end: BackupEnd = { kind: "end", rows, sha256: hash.digest("hex") };
  yield `${JSON.stringify(end)}\n`;
}

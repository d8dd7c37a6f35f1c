/**
 * The text of a log, chunk by chunk, gzipped or not. Where it breaks off everything before that
 * comes out first, where it is damaged everything before that piece: what was read is worth a
 * report.
 */
import { createReadStream } from "node:fs";
import { StringDecoder } from "node:string_decoder";
import { createGunzip } from "node:zlib";
import { Fault } from "#foundation";
import { SHADOW_FAULTS } from "./faults.ts";

/**
 * Unpacked at once, and lost at once where a byte of them is damaged. Gzip makes at most 1032 of
 * one byte: below 5 MB.
 */
const PIECE_BYTES = 4096;

/**
 * The text of the file at `path`.
 *
 * @throws Fault `shadow-file-unreadable`, once all before is out.
 */
export async function* textOf(path: string): AsyncGenerator<string> {
  const raw = createReadStream(path, { highWaterMark: PIECE_BYTES });
  const decoder = new StringDecoder("utf8");
  try {
    const bytes: AsyncIterable<Buffer> = path.endsWith(".gz") ? unpacked(raw) : raw;
    for await (const chunk of bytes) yield decoder.write(chunk);
    yield decoder.end();
  } catch (error) {
    throw unreadable(path, error);
  } finally {
    raw.destroy();
  }
}

/**
 * Piece for piece, each whole before the next: a stream that fails drops what it has not handed
 * over yet.
 */
async function* unpacked(packed: AsyncIterable<Buffer>): AsyncGenerator<Buffer> {
  const gunzip = createGunzip();
  let ready: Buffer[] = [];
  gunzip.on("data", (chunk: Buffer) => ready.push(chunk));
  const failed = new Promise<Error>((resolve) => gunzip.once("error", resolve));
  const ended = new Promise<undefined>((resolve) => gunzip.once("end", resolve));
  async function* handedOver(done: Promise<Error | undefined>): AsyncGenerator<Buffer> {
    const error = await Promise.race([done, failed]);
    const chunks = ready;
    ready = [];
    yield* chunks;
    if (error !== undefined) throw error;
  }
  try {
    for await (const chunk of packed) {
      yield* handedOver(new Promise((resolve) => gunzip.write(chunk, () => resolve(undefined))));
    }
    gunzip.end();
    yield* handedOver(ended);
  } finally {
    gunzip.destroy();
  }
}

/** What is said of a file that cannot be read. */
export function unreadable(path: string, error: unknown): Fault {
  const got = error instanceof Error ? error.message : "an error";
  const detail = `${path}: expected a readable file, got ${got}`;
  return new Fault(SHADOW_FAULTS.fileUnreadable, { detail }, error);
}

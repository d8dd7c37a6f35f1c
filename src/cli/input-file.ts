/**
 * Files that commands take whole: read up to a size that memory has room for, so that a device
 * that never ends is refused as any other file that cannot be read.
 */
import fs from "node:fs";
import { Fault } from "#foundation";
import { cliFaults } from "./faults.ts";
import type { Terminal } from "./terminal.ts";

/** As text it stays below what an engine takes as one string. */
const BYTES_MAX = 2 ** 28;
const CHUNK_BYTES = 2 ** 20;

/** All of `file`, or of standard input for `-`. @throws Fault `file-unreadable` */
export async function inputBytes(terminal: Terminal, file: string): Promise<Uint8Array> {
  return file === "-" ? terminal.input() : fileBytes(file);
}

/** The same as text. @throws Fault `file-unreadable` */
export async function inputText(terminal: Terminal, file: string): Promise<string> {
  return new TextDecoder().decode(await inputBytes(terminal, file));
}

/** The same as JSON. @throws Fault `file-unreadable`, and `file-not-json` */
export async function inputJson(terminal: Terminal, file: string): Promise<unknown> {
  return parsedJson(await inputText(terminal, file), file === "-" ? "standard input" : file);
}

/** All of `file`. @throws Fault `file-unreadable` */
export function fileBytes(file: string): Uint8Array<ArrayBuffer> {
  try {
    return wholeFile(file);
  } catch (error) {
    throw unreadableFile(file, error);
  }
}

/** `text` as JSON; `name` is what the message calls it. @throws Fault `file-not-json` */
function parsedJson(text: string, name: string): unknown {
  try {
    return JSON.parse(text);
  } catch (error) {
    const detail = `${name}: expected JSON, got ${reasonOf(error)}`;
    throw new Fault(cliFaults.fileNotJson, { detail }, error);
  }
}

/** All that `stream` brings. @throws Fault `file-unreadable` */
export async function wholeStream(stream: AsyncIterable<Uint8Array>): Promise<Uint8Array> {
  const chunks: Uint8Array[] = [];
  let size = 0;
  for await (const chunk of stream) {
    chunks.push(chunk);
    size += chunk.length;
    if (size > BYTES_MAX) throw unreadableFile("standard input", new Error(tooLong()));
  }
  return Buffer.concat(chunks);
}

/** What is said of a file that cannot be read, and why. */
export function unreadableFile(file: string, error: unknown): Fault {
  const detail = `${file}: expected a readable file, got ${reasonOf(error)}`;
  return new Fault(cliFaults.fileUnreadable, { detail }, error);
}

function wholeFile(file: string): Uint8Array<ArrayBuffer> {
  const handle = fs.openSync(file, "r");
  try {
    const chunks: Uint8Array[] = [];
    for (let size = 0; ; ) {
      const chunk = new Uint8Array(CHUNK_BYTES);
      const length = fs.readSync(handle, chunk);
      if (length === 0) return new Uint8Array(Buffer.concat(chunks));
      chunks.push(chunk.subarray(0, length));
      size += length;
      if (size > BYTES_MAX) throw new Error(tooLong());
    }
  } finally {
    fs.closeSync(handle);
  }
}

function tooLong(): string {
  return `more than ${BYTES_MAX / 2 ** 20} MiB`;
}

function reasonOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}

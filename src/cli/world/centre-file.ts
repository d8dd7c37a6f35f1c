/**
 * Contact centres from files: the description as JSON, and beside it the counts of calls it names.
 */
import path from "node:path";
import { gunzipSync } from "node:zlib";
import { Fault } from "#foundation";
import { type Centre, callsCurve, readCentre, WORLD_FAULTS } from "#worlds";
import { cliFaults } from "../faults.ts";
import { fileBytes, inputBytes } from "../input-file.ts";
import type { Terminal } from "../terminal.ts";

/** What a compressed file of calls may hold: five-minute counts of some twenty years. */
const CALLS_BYTES_MAX = 64 * 1024 ** 2;

/**
 * The centre that `file` describes, or standard input for `-`. Files it names are looked for beside
 * it, and may be compressed by gzip.
 *
 * @throws Fault for what cannot be read, and with every flaw of what can.
 */
export async function centreFile(terminal: Terminal, file: string): Promise<Centre> {
  const bytes = await inputBytes(terminal, file);
  const folder = file === "-" ? "." : path.dirname(file);
  return readCentre(parsed(new TextDecoder().decode(bytes), file), (name) =>
    callsCurve(new TextDecoder().decode(unpacked(path.resolve(folder, name)))),
  );
}

function parsed(text: string, file: string): unknown {
  try {
    return JSON.parse(text);
  } catch (error) {
    const got = error instanceof Error ? error.message : "an error";
    const detail = `${file}: expected JSON, got ${got}`;
    throw new Fault(WORLD_FAULTS.centreInvalid, { detail }, error);
  }
}

function unpacked(file: string): Uint8Array {
  const bytes = fileBytes(file);
  if (bytes[0] !== 0x1f || bytes[1] !== 0x8b) return bytes;
  try {
    return gunzipSync(bytes, { maxOutputLength: CALLS_BYTES_MAX });
  } catch (error) {
    const got = error instanceof Error ? error.message : "an error";
    const most = `${CALLS_BYTES_MAX / 1024 ** 2} MiB`;
    const detail = `${file}: expected whole gzip of at most ${most} of calls, got ${got}`;
    throw new Fault(cliFaults.fileUnreadable, { detail }, error);
  }
}

/**
 * Writing a problem: as pieces, or to a file, compressed where its name ends in `.gz`. Pieces are
 * made as they are written, so that a file may be larger than memory.
 */
import { createWriteStream } from "node:fs";
import { Readable } from "node:stream";
import { pipeline } from "node:stream/promises";
import { createGzip } from "node:zlib";
import { Fault } from "#foundation";
import { formatFaults } from "./faults.ts";
import type { FileProblem } from "./format.ts";
import { formatByName, formatNamed } from "./guess-format.ts";

const PIECE_CHARS = 2 ** 16;

/**
 * The file that states `file.problem` in the format called `format`.
 *
 * @throws Fault `problem-not-writable` if the format cannot express it, `problem-format-unknown`.
 */
export function* writeProblem(file: FileProblem, format: string): Generator<Uint8Array> {
  let text = "";
  for (const piece of formatNamed(format).write(file)) {
    if (typeof piece === "string") text += piece;
    if (typeof piece === "string" && text.length < PIECE_CHARS) continue;
    if (text !== "") yield Buffer.from(text);
    text = "";
    if (typeof piece !== "string") yield piece;
  }
  if (text !== "") yield Buffer.from(text);
}

/**
 * Writes a problem to the file at `path`, in `format` or the format its name says. Faults as
 * {@link writeProblem}.
 */
export async function writeProblemFile(
  path: string,
  file: FileProblem,
  format = formatByName(path)?.name,
): Promise<void> {
  if (format === undefined) {
    const detail = `format: expected a name or a telling file name, got ${path}`;
    throw new Fault(formatFaults.formatUnknown, { detail });
  }
  const pieces = Readable.from(writeProblem(file, format));
  const target = createWriteStream(path);
  await (path.endsWith(".gz") ? pipeline(pieces, createGzip(), target) : pipeline(pieces, target));
}

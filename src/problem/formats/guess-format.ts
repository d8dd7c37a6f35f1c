/**
 * Which format a file has: by what its first bytes can only be, then by its name, then by what its
 * first bytes look like.
 */
import { Fault } from "#foundation";
import { formatFaults } from "./faults.ts";
import { foreignTitle } from "./foreign-formats.ts";
import type { ProblemFormat } from "./format.ts";
import { FORMATS } from "./formats.ts";

/** How many bytes a guess may look at. */
export const HEAD_BYTES = 4096;

/** The format called `name`. @throws Fault `problem-format-unknown`, listing those there are. */
export function formatNamed(name: string): ProblemFormat {
  const format = FORMATS.find((one) => one.name === name);
  if (format !== undefined) return format;
  throw unknown(`format: expected one of ${names()}, got "${name}"`);
}

/**
 * Guesses the format of the file called `fileName` (any folder, any `.gz` left out of account) that
 * begins with `head`, after decompression. @throws Fault `problem-format-unknown`.
 */
export function guessFormat(fileName: string, head: Uint8Array): ProblemFormat {
  const text = Buffer.from(head.subarray(0, HEAD_BYTES)).toString("latin1");
  const name = baseName(fileName);
  const foreign = foreignTitle(text);
  if (foreign !== undefined) {
    throw unknown(`format of ${name || "the file"}: expected one of ${names()}, got ${foreign}`);
  }
  const format =
    FORMATS.find(({ isSurely }) => isSurely?.(text)) ??
    formatByName(name) ??
    FORMATS.find(({ isMaybe }) => isMaybe?.(text));
  if (format !== undefined) return format;
  throw unknown(
    `format of ${name || "the file"}: expected one of ${names()}, could not tell which`,
  );
}

/** The format a file of this name is written in; `undefined` where the name says nothing. */
export function formatByName(fileName: string): ProblemFormat | undefined {
  const name = baseName(fileName);
  return (
    FORMATS.find(({ extensions }) => extensions.some((one) => name.toLowerCase().endsWith(one))) ??
    FORMATS.find((format) => format.fileName?.test(name))
  );
}

function baseName(fileName: string): string {
  return fileName.replace(/^.*[\\/]/, "").replace(/\.gz$/i, "");
}

function names(): string {
  return FORMATS.map(({ name }) => name).join(", ");
}

function unknown(detail: string): Fault {
  return new Fault(formatFaults.formatUnknown, { detail });
}

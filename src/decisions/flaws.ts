/**
 * Flaws: turning what is wrong with an input into places and sentences. A caller gets every flaw at
 * once, up to a limit, because finding them one request at a time is the slowest way to learn a
 * schema.
 */
import type { z } from "zod";
import { Fault, type FaultRow, type Flaw } from "#foundation";

/** How many flaws one fault lists; the sentence says how many there were. */
const FLAWS_LISTED_MAX = 100;

/** How many flaws are counted at most; a hostile body shall not cost more words than that. */
export const FLAWS_COUNTED_MAX = 10_000;

/** Throws {@link flawedInput} if there are flaws. */
export function refuseFlawed(row: FaultRow, what: string, flaws: readonly Flaw[]): void {
  if (flaws.length > 0) throw flawedInput(row, what, flaws);
}

/** A fault of `row` that lists the flaws; `what` names them, e.g. `flaws in a ranking request`. */
export function flawedInput(row: FaultRow, what: string, flaws: readonly Flaw[]): Fault {
  const count = Math.min(flaws.length, FLAWS_COUNTED_MAX);
  const got = `${count}${flaws.length >= FLAWS_COUNTED_MAX ? " or more" : ""}`;
  const rest =
    count > FLAWS_LISTED_MAX
      ? `; the first ${FLAWS_LISTED_MAX} are listed, ${count - FLAWS_LISTED_MAX} more are not`
      : "";
  return new Fault(row, {
    detail: `${what}: expected none, got ${got}${rest}`,
    flaws: flaws.slice(0, FLAWS_LISTED_MAX),
  });
}

/** The flaws of a zod error, one per place; unknown members each get their own. */
export function flawsOf(error: z.ZodError, prefix = ""): Flaw[] {
  return error.issues.flatMap((issue): Flaw[] => {
    const place = prefix + pointer(issue.path);
    if (issue.code === "unrecognized_keys") {
      return issue.keys.slice(0, FLAWS_COUNTED_MAX).map((key) => ({
        pointer: `${place}${pointer([key])}`,
        message: `expected no member of this name, got ${quoted(key)}`,
      }));
    }
    if (issue.code === "invalid_key") {
      const reasons = issue.issues.map((inner) => inner.message).join("; ");
      return [{ pointer: place, message: `expected another name: ${reasons}` }];
    }
    return [{ pointer: place, message: issue.message }];
  });
}

/** A JSON Pointer (RFC 6901) from the names and indices on the way. */
export function pointer(path: readonly PropertyKey[]): string {
  return path
    .map((step) => `/${String(step).replaceAll("~", "~0").replaceAll("/", "~1")}`)
    .join("")
    .toWellFormed();
}

/**
 * A text from outside as it may appear in a message: quoted, well-formed, at most 40 characters.
 */
export function quoted(text: string): string {
  const short = text.length > 40 ? `${text.slice(0, 40)}...` : text;
  return JSON.stringify(short.toWellFormed());
}

/** Whether `value` is an object such as JSON makes: neither an array nor of a class. */
export function isRecord(value: unknown): value is Record<string, unknown> {
  if (typeof value !== "object" || value === null) return false;
  const prototype: unknown = Object.getPrototypeOf(value);
  return prototype === Object.prototype || prototype === null;
}

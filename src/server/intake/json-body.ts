/**
 * Reads a JSON body, strictly: what two readers might understand differently is refused rather than
 * silently settled (I-JSON, RFC 7493). Duplicate member names, names that reach for the prototype,
 * bytes that are not UTF-8 and nesting that could exhaust a recursive reader's stack all end here,
 * so that no later reader has to think of them.
 */
import { Fault, type Flaw, rememberSource } from "#foundation";
import { serverFaults } from "../faults.ts";

/** Deeper than any request of the catalogue, far from any stack's end. */
export const JSON_DEPTH_MAX = 64;

const utf8 = new TextDecoder("utf-8", { fatal: true });

/**
 * The value of a JSON text in UTF-8; `undefined` for an empty body.
 *
 * @throws Fault `json-malformed` naming the place.
 */
export function parseJsonBody(bytes: Uint8Array): unknown {
  if (bytes.length === 0) return undefined;
  const text = decode(bytes);
  const value = parse(text);
  const sum: Census = { members: 0, isHostile: false };
  if (typeof value === "object" && value !== null) count(value, 0, sum);
  // A text has a colon per member, so a duplicate name leaves more colons than members. Colons
  // inside strings do so too; only then is the text searched.
  if (sum.isHostile || sum.members !== colonCount(text)) {
    const flaws = memberFlaws(text);
    if (flaws.length > 0) throw malformed("expected unique, harmless member names", flaws);
  }
  if (typeof value === "object" && value !== null) rememberSource(text, value);
  return value;
}

function decode(bytes: Uint8Array): string {
  try {
    return utf8.decode(bytes);
  } catch (error) {
    throw malformed("expected UTF-8, got other bytes", [], error);
  }
}

function parse(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch (error) {
    throw malformed(error instanceof Error ? error.message : "not JSON", [], error);
  }
}

interface Census {
  /** Members of all objects. */
  members: number;
  /** Whether a member's name is `__proto__`. */
  isHostile: boolean;
}

/**
 * Counts what is in `value`, itself at `level`, into `sum`. @throws Fault if it is nested too deep.
 */
function count(value: object, level: number, sum: Census): void {
  if (level >= JSON_DEPTH_MAX)
    throw malformed(`expected at most ${JSON_DEPTH_MAX} levels of nesting`);
  let parts: readonly unknown[];
  if (Array.isArray(value)) {
    parts = value;
  } else {
    parts = Object.values(value);
    sum.members += parts.length;
    sum.isHostile ||= Object.hasOwn(value, "__proto__");
  }
  for (let index = 0; index < parts.length; index += 1) {
    const part = parts[index];
    if (typeof part === "object" && part !== null) count(part, level + 1, sum);
  }
}

function colonCount(text: string): number {
  let colons = 0;
  for (let at = text.indexOf(":"); at >= 0; at = text.indexOf(":", at + 1)) colons += 1;
  return colons;
}

/**
 * The members of a text that is known to be JSON whose names are duplicate or reach for the
 * prototype.
 */
function memberFlaws(text: string): Flaw[] {
  const flaws: Flaw[] = [];
  const open: { readonly names: Set<string> | undefined; index: number; name: string }[] = [];
  for (let index = 0; index < text.length; index += 1) {
    const top = open.at(-1);
    const character = text[index];
    if (character === "{") open.push({ names: new Set(), index: 0, name: "" });
    else if (character === "[") open.push({ names: undefined, index: 0, name: "0" });
    else if (character === "}" || character === "]") open.pop();
    else if (character === "," && top !== undefined && top.names === undefined) {
      top.index += 1;
      top.name = String(top.index);
    } else if (character === '"') {
      const end = stringEnd(text, index);
      if (top?.names !== undefined && isNameEnd(text, end)) {
        top.name = String(JSON.parse(text.slice(index, end)));
        const message = flawOf(top.name, top.names);
        const pointer = () => open.map(({ name }) => `/${escapePointer(name)}`).join("");
        if (message !== undefined) flaws.push({ pointer: pointer(), message });
        top.names.add(top.name);
      }
      index = end - 1;
    }
  }
  return flaws;
}

function flawOf(name: string, before: ReadonlySet<string>): string | undefined {
  if (name === "__proto__") return "expected any other name";
  return before.has(name) ? "expected each name once, got it again" : undefined;
}

/** Whether a string that ends before `end` is a member's name: a colon follows. */
function isNameEnd(text: string, end: number): boolean {
  let index = end;
  while (" \t\n\r".includes(text[index] ?? ":")) index += 1;
  return text[index] === ":";
}

/** The index after the closing quote of the string that opens at `start`. */
function stringEnd(text: string, start: number): number {
  let index = start + 1;
  while (text[index] !== '"') index += text[index] === "\\" ? 2 : 1;
  return index + 1;
}

function escapePointer(name: string): string {
  return name.replaceAll("~", "~0").replaceAll("/", "~1");
}

function malformed(detail: string, flaws: readonly Flaw[] = [], cause?: unknown): Fault {
  return new Fault(serverFaults.jsonMalformed, { detail, flaws }, cause);
}

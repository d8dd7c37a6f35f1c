/**
 * From a body to a request, or to one fault that lists every flaw: of the schema, and of what no
 * schema of single fields can see.
 */
import type { Flaw } from "#foundation";
import { decisionFaults } from "../../faults.ts";
import { FLAWS_COUNTED_MAX, flawedInput, flawsOf, isRecord, pointer } from "../../flaws.ts";
import { limits, type RoutingRequest, requestSchema } from "../schema.ts";

/** @throws Fault (invalid) listing every flaw of `body`. */
export function parseRouting(body: unknown): RoutingRequest {
  const parsed = requestSchema.safeParse(clipped(body));
  const flaws = crossFlaws(body);
  if (parsed.success && flaws.length === 0) return parsed.data;
  const shapeFlaws = parsed.success ? [] : flawsOf(parsed.error);
  throw flawedInput(decisionFaults.requestInvalid, "flaws in a routing request", [
    ...shapeFlaws,
    ...flaws,
  ]);
}

/**
 * Cuts lists to one entry more than they may have: a refusal shall not cost much more than the
 * longest good request, however much is wrong.
 */
function clipped(body: unknown): unknown {
  if (!isRecord(body)) return body;
  return {
    ...body,
    contacts: cut(body.contacts, limits.contacts),
    agents: cut(body.agents, limits.agents),
  };
}

function cut(value: unknown, lengthMax: number): unknown {
  return Array.isArray(value) && value.length > lengthMax ? value.slice(0, lengthMax + 1) : value;
}

function crossFlaws(body: unknown): Flaw[] {
  if (!isRecord(body)) return [];
  const contacts = listOf(body.contacts, limits.contacts);
  const agents = listOf(body.agents, limits.agents);
  const flaws: Flaw[] = [];
  let textsLength = 0;
  repeats(contacts, "id", ["contacts"], flaws);
  repeats(agents, "id", ["agents"], flaws);
  for (const [index, contact] of contacts.entries()) {
    const needs = isRecord(contact) ? listOf(contact.needs, limits.needs) : [];
    repeats(needs, "skill", ["contacts", index, "needs"], flaws);
    if (!isRecord(contact) || typeof contact.text !== "string") continue;
    textsLength += contact.text.length;
    if (contact.needs === undefined) continue;
    const message = "expected either needs or a text, got both";
    flaws.push({ pointer: pointer(["contacts", index, "text"]), message });
  }
  if (textsLength > limits.textsLength) {
    const most = `at most ${limits.textsLength} characters of text in all`;
    const message = `expected ${most}, got ${textsLength}`;
    flaws.push({ pointer: "/contacts", message });
  }
  const pairs = contacts.length * agents.length;
  if (pairs > limits.pairs) {
    const message = `expected at most ${limits.pairs} pairs of contact and agent, got ${pairs}`;
    flaws.push({ pointer: "/agents", message });
  }
  return flaws.slice(0, FLAWS_COUNTED_MAX);
}

/** Entries whose `member` an entry before them has. */
function repeats(
  entries: readonly unknown[],
  member: string,
  path: readonly PropertyKey[],
  flaws: Flaw[],
): void {
  const firstOf = new Map<string, number>();
  for (const [index, entry] of entries.entries()) {
    const value = isRecord(entry) ? entry[member] : undefined;
    if (typeof value !== "string") continue;
    const first = firstOf.get(value);
    if (first === undefined) {
      firstOf.set(value, index);
      continue;
    }
    const message = `expected a new ${member}, got that of entry ${first}`;
    flaws.push({ pointer: pointer([...path, index, member]), message });
  }
}

function listOf(value: unknown, lengthMax: number): readonly unknown[] {
  return Array.isArray(value) ? value.slice(0, lengthMax) : [];
}

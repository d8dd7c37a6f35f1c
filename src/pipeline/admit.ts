/**
 * Station 1: who asks, what exactly, and what of it is personal. The body is parsed and judged
 * once; personal members are split off here, and from here on travel apart.
 */

import type { DecisionType, ParsedRequest } from "#decisions";
import { digest, Fault, type Principal } from "#foundation";
import { pipelineFaults } from "./faults.ts";
import type { DecideOptions } from "./pipeline.ts";
import type { Platform } from "./platform.ts";

/** A request that may be decided. */
export interface AdmittedRequest {
  readonly principal: Principal;
  readonly type: DecisionType;
  readonly parsed: ParsedRequest;
  /** The body without its personal members. */
  readonly content: Readonly<Record<string, unknown>>;
  /** The personal members alone; absent when there were none. */
  readonly personal: Readonly<Record<string, unknown>> | undefined;
  readonly atUtcMs: number;
  readonly receivedAtMs: number;
  readonly idempotency: Idempotency | undefined;
  readonly signal: AbortSignal | undefined;
}

/** The key of a request that may come again, and how to know it when it does. */
interface Idempotency {
  readonly key: string;
  readonly requestDigest: string;
  /** The digest by which stores of version 0.1.0 know the request: over all of its body. */
  formerDigest(): string;
}

/**
 * Admits a request.
 *
 * @throws Fault `unknown-decision-type`, or the type's own fault listing every flaw of the body.
 */
export function admit(
  platform: Platform,
  principal: Principal,
  typeId: string,
  body: unknown,
  options: DecideOptions,
): AdmittedRequest {
  const type = typeNamed(platform, typeId);
  const parsed = type.parse(body);
  const { content, personal } = splitPersonal(body, type.personalMembers);
  const key = options.idempotencyKey;
  return Object.freeze({
    principal,
    type,
    parsed,
    content,
    personal,
    atUtcMs: platform.clock.utcMs(),
    receivedAtMs: options.receivedAtMs ?? platform.clock.monotonicMs(),
    idempotency: key === undefined ? undefined : idempotencyOf(key, typeId, body),
    signal: options.signal,
  });
}

function idempotencyOf(key: string, type: string, body: unknown): Idempotency {
  const requestDigest = digest({ type, body: withoutDeadline(body) });
  return { key, requestDigest, formerDigest: () => digest({ type, body }) };
}

/** @throws Fault `unknown-decision-type`. */
export function typeNamed(platform: Pick<Platform, "catalogue">, id: string): DecisionType {
  const type = platform.catalogue.find((candidate) => candidate.id === id);
  if (type !== undefined) return type;
  const known = platform.catalogue.map((candidate) => candidate.id).join(", ");
  throw new Fault(pipelineFaults.unknownType, { detail: `expected one of ${known}, got "${id}"` });
}

/**
 * What is asked, whatever the time allowed: a client that tries again under the same key has less
 * of it left, and still means the same request.
 */
function withoutDeadline(body: unknown): unknown {
  const { options, ...question } = Object(body);
  if (typeof options !== "object" || options === null) return body;
  const { deadlineMs: _, ...others } = options;
  return { ...question, options: others };
}

/**
 * Splits a body into what is personal and what is not; `undefined` where nothing is personal. What
 * stood in the entries of a list goes under the JSON Pointer of its place.
 */
function splitPersonal(body: unknown, personalMembers: readonly string[]) {
  const content: Record<string, unknown> = {};
  const personal: Record<string, unknown> = {};
  for (const [name, member] of Object.entries(Object(body))) {
    (personalMembers.includes(name) ? personal : content)[name] = member;
  }
  for (const path of personalMembers) {
    const [list, member] = path.split("[].");
    const entries = content[list];
    if (member === undefined || !Array.isArray(entries)) continue;
    content[list] = entries.map((entry: unknown, index) => {
      if (Object(entry)[member] === undefined) return entry;
      const { [member]: own, ...others } = Object(entry);
      personal[`/${list}/${index}/${member}`] = own;
      return others;
    });
  }
  return { content, personal: Object.keys(personal).length === 0 ? undefined : personal };
}

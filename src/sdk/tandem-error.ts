/**
 * How a call fails: one class, whether the platform refused, could not be reached, or answered
 * something else. Programs branch on `code`; people read `message`.
 */
import type { Problem } from "#wire";

/** Codes the client itself gives; every other code is the platform's (`/problems/{code}`). */
export type ClientCode =
  /** No connection, or one that broke before the reply was complete. */
  | "unreachable"
  /** The reply did not come within the client's own time limit. */
  | "timeout"
  /** What answered does not speak this API. */
  | "unexpected-reply"
  /** An argument that cannot be meant: a time that is negative or no number. */
  | "invalid-request";

/** A call that was not answered as hoped. */
export class TandemError extends Error {
  override readonly name = "TandemError";
  /** Stable, meant for programs: a {@link ClientCode} or a code of the platform. */
  readonly code: string;
  /** HTTP status; 0 where there was no reply. */
  readonly status: number;
  /** Every place of the request that is wrong: a JSON Pointer (RFC 6901) and a sentence. */
  readonly flaws: Problem["flaws"];
  /** With `contradiction`: names of the rules that cannot hold together. */
  readonly rules: readonly string[];
  /** Whether sending the same request again can help. */
  readonly retry: boolean;
  /** When that makes sense, in milliseconds from the reply; absent if nobody said. */
  readonly retryAfterMs: number | undefined;
  /** The id under which the server's log has the request, as `urn:uuid:…`; empty if unknown. */
  readonly instance: string;

  constructor(facts: ErrorFacts, cause?: unknown) {
    super(facts.message, cause === undefined ? undefined : { cause });
    this.code = facts.code;
    this.status = facts.status;
    this.flaws = facts.flaws ?? [];
    this.rules = facts.rules ?? [];
    this.retry = facts.retry;
    this.retryAfterMs = facts.retryAfterMs;
    this.instance = facts.instance ?? "";
  }
}

/** What an error is made from. */
export interface ErrorFacts {
  readonly code: string;
  readonly status: number;
  readonly message: string;
  readonly retry: boolean;
  readonly flaws?: Problem["flaws"];
  readonly rules?: readonly string[];
  readonly retryAfterMs?: number | undefined;
  readonly instance?: string;
}

/** The error a client-side failure is. */
export function clientError(code: ClientCode, message: string, cause?: unknown): TandemError {
  const retry = code === "unreachable" || code === "timeout";
  return new TandemError({ code, status: 0, message, retry }, cause);
}

/**
 * The error in a reply that is no success. `retryAfter` is its Retry-After header (RFC 9110,
 * 10.2.3) in whole seconds, which problem details say more exactly.
 */
export function errorOf(status: number, text: string, retryAfter: string | null): TandemError {
  const told = problemIn(text);
  const isWhole = /^\d+$/.test(retryAfter ?? "");
  const headerMs = isWhole ? millisecondsIn(Number(retryAfter) * 1000) : undefined;
  if (told === undefined) {
    const message = `expected problem details, got status ${status} with something else`;
    const facts = { code: "unexpected-reply", status, message, retryAfterMs: headerMs };
    return new TandemError({ ...facts, retry: headerMs !== undefined });
  }
  const { code, title, detail, retry, flaws, rules, instance } = told;
  return new TandemError({
    ...{ code, status, message: `${title} ${detail}`, retry, instance },
    ...(Array.isArray(flaws) && { flaws }),
    ...(Array.isArray(rules) && { rules }),
    retryAfterMs: millisecondsIn(told.retryAfterMs) ?? headerMs,
  });
}

/** A finite number from 0, or nothing for whatever else stands in its place. */
function millisecondsIn(value: unknown): number | undefined {
  return typeof value === "number" && Number.isFinite(value) && value >= 0 ? value : undefined;
}

function problemIn(text: string): Problem | undefined {
  try {
    const value: Problem | null = JSON.parse(text);
    return typeof value === "object" && typeof value?.code === "string" ? value : undefined;
  } catch {
    return undefined;
  }
}

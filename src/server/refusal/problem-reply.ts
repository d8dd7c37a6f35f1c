/**
 * Turns whatever was thrown into problem details (RFC 9457). Faults say what they say; anything
 * else is this program's own failure, of which the caller learns nothing but the id under which the
 * log has it.
 */
import { Fault } from "#foundation";
import type { Problem } from "#wire";
import { serverFaults } from "../faults.ts";
import { statusOf } from "./fault-status.ts";

/** The most flaws one reply lists. */
const FLAWS_MAX = 100;

/** The problem details of `fault`; `requestId` is a UUID. */
export function problemOf(fault: Fault, requestId: string): Problem {
  const shown = fault.flaws.slice(0, FLAWS_MAX);
  const more = fault.flaws.length - shown.length;
  return {
    type: `/problems/${fault.row.code}`,
    title: fault.row.title,
    status: statusOf(fault.row),
    detail: more > 0 ? `${fault.message} (${more} more flaws are not listed)` : fault.message,
    instance: `urn:uuid:${requestId}`,
    code: fault.row.code,
    retry: fault.row.retry,
    flaws: shown,
    ...(fault.rules.length > 0 && { rules: fault.rules }),
    ...(fault.retryAfterMs !== undefined && { retryAfterMs: Math.ceil(fault.retryAfterMs) }),
  };
}

/**
 * The value of Retry-After (RFC 9110, 10.2.3), in whole seconds; absent if the fault names no time.
 */
export function retryAfterOf(fault: Fault): string | undefined {
  if (fault.retryAfterMs === undefined) return undefined;
  return String(Math.max(1, Math.ceil(fault.retryAfterMs / 1000)));
}

/**
 * What was thrown, as a fault. Errors of the HTTP framework are the client's if they carry a 4xx
 * status.
 */
export function faultOf(error: unknown, bodyBytesMax: number | undefined): Fault {
  if (error instanceof Fault) return error;
  switch (framework4xx(error)) {
    case undefined: {
      const detail = "unexpected failure; see the log";
      return new Fault(serverFaults.internal, { detail }, error);
    }
    case 413: {
      const detail = `body: expected at most ${bodyBytesMax ?? 0} bytes, got more`;
      return new Fault(serverFaults.bodyTooLarge, { detail }, error);
    }
    case 415: {
      const detail = "content-type: expected application/json, got something else";
      return new Fault(serverFaults.mediaTypeUnsupported, { detail }, error);
    }
    default:
      return new Fault(serverFaults.requestMalformed, { detail: messageOf(error) }, error);
  }
}

/** Whether a fault hides a failure of this program that belongs into the log with its stack. */
export function isInternal(fault: Fault): boolean {
  return fault.row.code === serverFaults.internal.code;
}

function framework4xx(error: unknown): number | undefined {
  if (!(error instanceof Error) || !("statusCode" in error)) return undefined;
  const { statusCode } = error;
  return typeof statusCode === "number" && statusCode >= 400 && statusCode < 500
    ? statusCode
    : undefined;
}

function messageOf(error: unknown): string {
  return error instanceof Error ? error.message : "the request could not be read";
}

/**
 * Which fault is which HTTP status: the one place where the two vocabularies meet.
 */
import { type FaultCategory, type FaultRow, unreachable } from "#foundation";
import { serverFaults } from "../faults.ts";

/** Faults of HTTP itself have a status of their own, more exact than their category's. */
const STATUS_BY_CODE: ReadonlyMap<string, number> = new Map([
  [serverFaults.keyMissing.code, 401],
  [serverFaults.keyRefused.code, 401],
  [serverFaults.methodNotAllowed.code, 405],
  [serverFaults.requestTooSlow.code, 408],
  [serverFaults.bodyTooLarge.code, 413],
  [serverFaults.mediaTypeUnsupported.code, 415],
  [serverFaults.rateLimited.code, 429],
  [serverFaults.headersTooLarge.code, 431],
  [serverFaults.internal.code, 500],
]);

/** The HTTP status of a fault. */
export function statusOf(row: FaultRow): number {
  return STATUS_BY_CODE.get(row.code) ?? statusOfCategory(row.category);
}

function statusOfCategory(category: FaultCategory): number {
  switch (category) {
    case "invalid":
      return 400;
    case "contradiction":
      return 422;
    case "refused":
      return 403;
    case "missing":
      return 404;
    case "conflict":
      return 409;
    // These limits are the server's, not a caller's: 429 would say "you sent too much" (RFC 6585).
    case "exhausted":
      return 503;
    // Time ran out on a request that may have an answer. 504 is what `DEADLINE_EXCEEDED` maps to
    // elsewhere (google.rpc.Code); 503 would have clients and proxies resend what will run out of
    // time again, and 422 would claim a contradiction nobody proved.
    case "undecided":
      return 504;
    case "unavailable":
      return 503;
    default:
      return unreachable(category);
  }
}

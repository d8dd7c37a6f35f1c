/**
 * What can go wrong in a store that a caller can act on.
 */
import { Fault, faultRows } from "#foundation";

/** The store's rows of the fault register. */
export const storeFaults = faultRows({
  unavailable: {
    code: "store-unavailable",
    category: "unavailable",
    retry: true,
    title: "The store does not answer.",
    remedy: "Check that the database runs and is reachable; the same request may be sent again.",
  },
  flushFailed: {
    code: "store-flush-failed",
    category: "unavailable",
    retry: false,
    title: "The disk refused to flush, so the store no longer accepts or confirms anything.",
    remedy: "Check the disk's health and free space, then restart; confirmed records are kept.",
  },
  diskFull: {
    code: "store-disk-full",
    category: "unavailable",
    retry: true,
    title: "The disk is nearly full, so nothing more is written to it.",
    remedy: "Free some space; writing goes on by itself as soon as there is room.",
  },
  crowded: {
    code: "store-crowded",
    category: "exhausted",
    retry: true,
    title: "More records wait to be written than the store holds back.",
    remedy: "Send the request again after the time given, or send fewer at once.",
  },
  directoryHeld: {
    code: "store-directory-held",
    category: "conflict",
    retry: false,
    title: "Another process has this data directory open.",
    remedy: "Stop the process named, or give this one its own directory.",
  },
  schemaNewer: {
    code: "store-schema-newer",
    category: "conflict",
    retry: false,
    title: "The data was written by a newer version of this program.",
    remedy: "Start the newer version; there is no way back to an older one.",
  },
  nothingKept: {
    code: "store-in-memory",
    category: "conflict",
    retry: false,
    title: "This store keeps nothing beyond its process, so there is nothing to back up.",
    remedy: "Start the server with a data directory or a database.",
  },
  notEmpty: {
    code: "store-not-empty",
    category: "conflict",
    retry: false,
    title: "There is data where the backup is to be restored.",
    remedy: "Name an empty place, or add --force to replace everything there.",
  },
  restoreFailed: {
    code: "store-restore-failed",
    category: "invalid",
    retry: false,
    title: "The rows of the backup do not agree with each other; nothing was restored.",
    remedy: "Take another backup; this one was altered after it was made.",
  },
  decisionDiffers: {
    code: "store-decision-differs",
    category: "conflict",
    retry: false,
    title: "A decision with this id is stored with other content.",
    remedy: "Give every decision its own id; a stored record is never overwritten.",
  },
  textUnstorable: {
    code: "store-text-unstorable",
    category: "invalid",
    retry: false,
    title: "A text has no faithful form in the database.",
    remedy: "Send well-formed Unicode without the character U+0000.",
  },
  valueUnstorable: {
    code: "store-value-unstorable",
    category: "invalid",
    retry: false,
    title: "A value is outside what its column can hold.",
    remedy: "Correct the value named in the detail and send the request again.",
  },
});

/** The fault of a store whose database is gone; `what` says how this was noticed. */
export function unavailable(what: string, cause?: unknown): Fault {
  return new Fault(storeFaults.unavailable, { detail: what, retryAfterMs: 1_000 }, cause);
}

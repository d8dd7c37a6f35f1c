/**
 * What can go wrong with a log that is to be replayed in shadow.
 */
import { faultRows } from "#foundation";

/** The rows of `tandem shadow`. */
export const SHADOW_FAULTS = faultRows({
  logUnusable: {
    code: "shadow-log-unusable",
    category: "invalid",
    retry: false,
    title: "The log cannot be read as requests with what was shown.",
    remedy: "Send CSV with the columns of docs/shadow.md, or JSON lines with request and shown.",
  },
  fileUnreadable: {
    code: "shadow-file-unreadable",
    category: "missing",
    retry: false,
    title: "A file of the replay cannot be read.",
    remedy: "Check its path, that you may read it, and that it is whole.",
  },
  logEmpty: {
    code: "shadow-log-empty",
    category: "invalid",
    retry: false,
    title: "The log holds no request.",
    remedy: "Give it a row per candidate below the header, or a request per line.",
  },
  policyUnusable: {
    code: "shadow-policy-unusable",
    category: "invalid",
    retry: false,
    title: "The file of --policy holds no policy for this log.",
    remedy: "Give it what POST /v1/policies takes; every flaw is listed.",
  },
  nothingCompared: {
    code: "shadow-nothing-compared",
    category: "invalid",
    retry: false,
    title: "No request of the log could be compared.",
    remedy: "Correct the rows that are named, or let it run for longer.",
  },
});

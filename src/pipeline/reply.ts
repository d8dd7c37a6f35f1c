/**
 * The reply, a pure function of the record: a repeated request and a later look-up give exactly
 * what the first caller got, to the byte.
 */
import type { DecisionRecord } from "#provenance";
import type { DecisionReply } from "./pipeline.ts";

/**
 * The reply a record stands for. A record just made is in the form of its text, so that one read
 * back gives the same to the order of members and the sign of 0.
 */
export function replyOf(record: DecisionRecord): DecisionReply {
  const { answer, quality, reasons } = record.decided;
  const { deadlineMs, solveMs, totalMs } = record.timing;
  return {
    decisionId: record.decisionId,
    answer,
    quality,
    reasons,
    policy: record.policy.reference,
    timing: { receivedAt: record.at, deadlineMs, solveMs, totalMs },
  };
}

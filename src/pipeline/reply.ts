/**
 * The reply, a pure function of the record: a repeated request and a later look-up give exactly
 * what the first caller got, to the byte.
 */
import { canonicalForm } from "#foundation";
import type { DecisionRecord } from "#provenance";
import type { DecisionReply } from "./pipeline.ts";

/**
 * The reply a record stands for. A record just made and the same record read back may differ in
 * what its text does not say, the order of members and the sign of 0; so both are taken in the form
 * of the text.
 */
export function replyOf(record: DecisionRecord): DecisionReply {
  const { answer, quality, reasons } = record.decided;
  const told = canonicalForm({ answer, quality, reasons });
  const { deadlineMs, solveMs, totalMs } = record.timing;
  return {
    decisionId: record.decisionId,
    answer: told.answer,
    quality: told.quality,
    reasons: told.reasons,
    policy: record.policy.reference,
    timing: { receivedAt: record.at, deadlineMs, solveMs, totalMs },
  };
}

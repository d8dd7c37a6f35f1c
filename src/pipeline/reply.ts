/**
 * The reply, a pure function of the record: a repeated request and a later look-up give exactly
 * what the first caller got, to the byte.
 */
import { canonicalJson } from "#foundation";
import type { Decided, DecisionRecord } from "#provenance";
import type { DecisionReply } from "./pipeline.ts";

/**
 * The reply a record stands for. A record just made and the same record read back differ in what
 * its text does not say, the order of members and the sign of 0; so both are taken by their text.
 */
export function replyOf(record: DecisionRecord): DecisionReply {
  const { answer, quality, reasons } = record.decided;
  const told: Pick<Decided, "answer" | "quality" | "reasons"> = JSON.parse(
    canonicalJson({ answer, quality, reasons }),
  );
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

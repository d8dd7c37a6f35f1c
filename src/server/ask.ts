/**
 * Asking for a decision, by whichever protocol it comes: through admission, into the pipeline,
 * counted, told to those who watch, and never late.
 */
import { Fault, type Principal } from "#foundation";
import type { DecisionReply } from "#pipeline";
import { serverFaults } from "./faults.ts";
import type { FrontDesk, ListedType } from "./front-desk.ts";
import { openDeadlineBook } from "./start-by.ts";
import { summaryOf } from "./translate.ts";

/** What writing a reply out takes at most, short of a machine that stands still. */
const WRITE_OUT_MS = 0.5;

/** What asking needs of the desk. */
export type DecisionCounter = Pick<
  FrontDesk,
  "types" | "pipeline" | "admission" | "feed" | "metrics" | "clock"
>;

/** One question, as its protocol has read it. */
export interface Question {
  readonly principal: Principal;
  readonly body: unknown;
  readonly idempotencyKey: string | undefined;
  readonly signal: AbortSignal;
  readonly receivedAtMs: number;
  /** The size of its body: tells admission how long it may take. */
  readonly bodyBytes?: number;
}

/** Asks for one decision of a type. @throws Fault for what the caller can act on. */
export type Ask = (type: ListedType, question: Question) => Promise<DecisionReply>;

/** Opens the way in; what it learns of deadlines it remembers. */
export function openAsking(desk: DecisionCounter): Ask {
  const { admission, feed, metrics, clock } = desk;
  const book = openDeadlineBook();
  return async (type, { principal, body, bodyBytes, idempotencyKey, signal, receivedAtMs }) => {
    const { tenant } = principal;
    const reply = await admission.run(
      book.startByMs(tenant, type, body, receivedAtMs),
      () =>
        desk.pipeline.decide(principal, type.id, body, { idempotencyKey, signal, receivedAtMs }),
      bodyBytes,
    );
    book.learn(tenant, body, reply);
    metrics.decided(type.id, reply.quality);
    if (!reply.unrecorded) feed.publish(tenant, summaryOf(type.id, reply));
    refuseLate(reply, clock.monotonicMs() - receivedAtMs);
    return reply;
  };
}

/** A machine that stood still may wake up with an answer nobody waits for: never a late answer. */
function refuseLate({ decisionId, timing }: DecisionReply, tookMs: number): void {
  if (tookMs <= timing.deadlineMs - WRITE_OUT_MS) return;
  throw new Fault(serverFaults.deadlineMissed, {
    detail:
      `decision ${decisionId}: expected a reply within ${timing.deadlineMs} ms, ` +
      `got it after ${tookMs.toFixed(0)} ms`,
  });
}

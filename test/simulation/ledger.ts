/**
 * What the clients of a schedule saw: every request with how it ended, and everything they were
 * promised. The checks of promises.ts read it.
 */
import type { Json } from "#foundation";
import type { DecisionReply, OutcomeResult, ReplayReport } from "#pipeline";
import type { Asking } from "./schedule.ts";

/** How one sending of a request ended, for its client. */
export type Ending =
  | { readonly kind: "answered"; readonly reply: DecisionReply; readonly atMs: number }
  | {
      readonly kind: "refused";
      readonly code: string;
      readonly mayRetry: boolean;
      readonly retryAfterMs: number | undefined;
    }
  /** The process died, or was not there. */
  | { readonly kind: "lost" }
  | { readonly kind: "left" }
  /** Something no caller is meant to see. */
  | { readonly kind: "crashed"; readonly what: string };

/** One sending of a request. */
export interface Sending {
  readonly asking: Asking;
  readonly body: Json;
  readonly sentAtMs: number;
  readonly endedAtMs: number;
  /** For how long the event loop stood still meanwhile. */
  readonly stalledMs: number;
  readonly ending: Ending;
}

/** An outcome a client was told is recorded. */
export interface Reported {
  readonly tenant: string;
  readonly decisionId: string;
  readonly outcomeId: string;
  readonly result: OutcomeResult;
}

/** Everything seen in one schedule. */
export class Ledger {
  readonly sendings: Sending[] = [];
  readonly reported: Reported[] = [];
  readonly replays: ReplayReport[] = [];
  /** Promises seen broken, in words. */
  readonly broken: string[] = [];
  restarts = 0;

  /** Replies whose record was acknowledged, with their sending. */
  recorded(): readonly (Sending & { readonly reply: DecisionReply })[] {
    return this.sendings.flatMap((sending) => {
      const { ending } = sending;
      if (ending.kind !== "answered" || ending.reply.unrecorded) return [];
      return [{ ...sending, reply: ending.reply }];
    });
  }
}

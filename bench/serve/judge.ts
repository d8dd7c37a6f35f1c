/**
 * What a reply is: an answer of the right shape, a refusal of a registered kind, or something that
 * should not be.
 */
import type { Reply } from "./connection.ts";
import { type Asked, POSITIONS } from "./workload.ts";

/** How one request ended; `code` is the refusal's, or what is wrong. */
export type Ending =
  | { readonly kind: "answered"; readonly rung: string; readonly deadlineMs: number }
  | { readonly kind: "refused"; readonly code: string }
  | { readonly kind: "unclassified"; readonly code: string };

/** Says what became of `asked`. */
export type Judge = (asked: Asked, reply: Reply | undefined, reason: string) => Ending;

/** The judge of decisions. */
export const decisionJudge: Judge = (asked, reply, reason) => {
  if (reply === undefined) return unclassified(reason);
  if (reply.mediaType.startsWith("application/problem+json")) return refusalIn(reply);
  if (reply.status !== 200) return unclassified(`status ${reply.status}`);
  const { answer, quality, timing }: DecisionReply = JSON.parse(reply.body);
  const ids = answer.items.map(({ id }) => id);
  const known = ids.every((id) => asked.ids.has(id)) && new Set(ids).size === POSITIONS;
  const inOrder = answer.items.every(({ position }, index) => position === index + 1);
  if (!known || !inOrder) return unclassified("an answer that is none");
  return { kind: "answered", rung: quality.rung, deadlineMs: timing.deadlineMs };
};

/** The judge of echoes: the same bytes came back. */
export const echoJudge: Judge = (asked, reply, reason) => {
  if (reply?.status !== 200) return unclassified(reply === undefined ? reason : "no echo");
  if (reply.body.length !== asked.body.length) return unclassified("another body");
  return { kind: "answered", rung: "echo", deadlineMs: Number.MAX_VALUE };
};

interface DecisionReply {
  readonly answer: {
    readonly items: readonly { readonly id: string; readonly position: number }[];
  };
  readonly quality: { readonly rung: string };
  readonly timing: { readonly deadlineMs: number };
}

/** A refusal for want of time says when to come back. */
function refusalIn({ status, body, retryAfter }: Reply): Ending {
  const { code }: { readonly code?: string } = JSON.parse(body);
  if (code === undefined || code === "internal") return unclassified(`problem ${status}`);
  if (code === "overloaded" && retryAfter === undefined) return unclassified("no retry-after");
  return { kind: "refused", code };
}

function unclassified(code: string): Ending {
  return { kind: "unclassified", code };
}

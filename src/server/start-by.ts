/**
 * When a decision must start at the latest, read off the request before anything is paid for
 * checking it.
 */
import type { ListedType } from "./front-desk.ts";

/** Deadlines that policies promise where a request names a policy and no deadline. */
export interface DeadlineBook {
  /** The latest start, on the clock of `receivedAtMs`, that still leaves the policy's reserve. */
  startByMs(type: ListedType, body: unknown, receivedAtMs: number): number;
  /** Remembers what a policy promised, as a reply to `body` shows. */
  learn(body: unknown, reply: { readonly timing: { readonly deadlineMs: number } }): void;
}

/**
 * Opens an empty book. Policy versions never change, so what is learnt stays true; until a policy
 * has answered once, its type's default deadline is assumed. Only the gate uses it: the deadline
 * itself is the pipeline's to keep.
 */
export function openDeadlineBook(policiesMax = 10_000): DeadlineBook {
  const promisedMs = new Map<string, number>();
  return {
    startByMs: (type, body, receivedAtMs) => {
      const { deadlineMs, deadlineMsMax, reserveMs } = type.defaultPolicy.contract;
      const options = member(body, "options");
      const policy = member(options, "policy");
      const asked = member(options, "deadlineMs");
      const promised = typeof policy === "string" ? promisedMs.get(policy) : undefined;
      const allowed =
        typeof asked === "number" && asked > 0
          ? Math.min(asked, Math.max(deadlineMsMax, promised ?? 0))
          : (promised ?? deadlineMs);
      return receivedAtMs + Math.max(0, allowed - reserveMs);
    },
    learn: (body, reply) => {
      const options = member(body, "options");
      const policy = member(options, "policy");
      if (typeof policy !== "string" || member(options, "deadlineMs") !== undefined) return;
      if (promisedMs.size < policiesMax) promisedMs.set(policy, reply.timing.deadlineMs);
    },
  };
}

function member(value: unknown, name: string): unknown {
  if (typeof value !== "object" || value === null) return undefined;
  return Object.getOwnPropertyDescriptor(value, name)?.value;
}

/**
 * When a decision must start at the latest, read off the request before anything is paid for
 * checking it.
 */
import { reserveWithin, type TenantId } from "#foundation";
import type { ListedType } from "./front-desk.ts";

/** Deadlines that policies promise where a request names a policy and no deadline. */
export interface DeadlineBook {
  /** The latest start, on the clock of `receivedAtMs`, that still leaves the policy's reserve. */
  startByMs(tenant: TenantId, type: ListedType, body: unknown, receivedAtMs: number): number;
  /** Remembers what a policy promised, as a reply to `body` shows. */
  learn(
    tenant: TenantId,
    body: unknown,
    reply: { readonly timing: { readonly deadlineMs: number } },
  ): void;
}

/** More policies than this are not remembered; their types' defaults are assumed. */
const POLICIES_MAX = 10_000;

/**
 * Opens an empty book. Policy versions never change, so what is learnt stays true; until a policy
 * has answered once, its type's default deadline is assumed. Only the gate uses it: the deadline
 * itself is the pipeline's to keep.
 */
export function openDeadlineBook(): DeadlineBook {
  const promisedMs = new Map<string, number>();
  return {
    startByMs: (tenant, type, body, receivedAtMs) => {
      const { deadlineMs, deadlineMsMax, reserveMs } = type.defaultPolicy.contract;
      const { asked, policy } = wishes(body);
      const promised =
        typeof policy === "string" ? promisedMs.get(keyOf(tenant, policy)) : undefined;
      const allowed =
        typeof asked === "number" && asked > 0
          ? Math.min(asked, Math.max(deadlineMsMax, promised ?? 0))
          : (promised ?? deadlineMs);
      return receivedAtMs + allowed - reserveWithin(allowed, reserveMs);
    },
    learn: (tenant, body, reply) => {
      const { asked, policy } = wishes(body);
      if (typeof policy !== "string" || asked !== undefined) return;
      if (promisedMs.size >= POLICIES_MAX) return;
      promisedMs.set(keyOf(tenant, policy), reply.timing.deadlineMs);
    },
  };
}

/** What an unchecked body says about time. */
function wishes(body: unknown): { readonly asked: unknown; readonly policy: unknown } {
  const options = member(body, "options");
  return { asked: member(options, "deadlineMs"), policy: member(options, "policy") };
}

function keyOf(tenant: TenantId, policy: string): string {
  return JSON.stringify([tenant, policy]);
}

function member(value: unknown, name: string): unknown {
  if (typeof value !== "object" || value === null) return undefined;
  return Object.getOwnPropertyDescriptor(value, name)?.value;
}

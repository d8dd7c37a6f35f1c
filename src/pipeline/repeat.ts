/**
 * Repeated requests. A key names one request for a day: a repeat gets the first reply again,
 * another request under the same key is a conflict, and a repeat that arrives while the first is
 * still being decided is asked to wait.
 */
import { Fault, type TenantId } from "#foundation";
import { openRecord } from "#provenance";
import type { AdmittedRequest } from "./admit.ts";
import { pipelineFaults } from "./faults.ts";
import type { DecisionReply } from "./pipeline.ts";
import type { Platform } from "./platform.ts";
import { replyOf } from "./reply.ts";

const RETRY_AFTER_MS = 100;

/** Waits for `work` until the request's deadline, then throws; what is late goes on unheard. */
export type Waiting = <Result>(work: Promise<Result>) => Promise<Result>;

/** Keeps keyed requests apart. */
export interface RepeatGuard {
  /**
   * Decides a request unless its key already has a reply; requests without a key are always
   * decided.
   *
   * @throws Fault `idempotency-key-reused` or `idempotency-key-in-flight`.
   */
  once(
    admitted: AdmittedRequest,
    wait: Waiting,
    decide: () => Promise<DecisionReply>,
  ): Promise<DecisionReply>;
}

/** Opens the guard of a platform. */
export function openRepeatGuard(platform: Pick<Platform, "store" | "clock">): RepeatGuard {
  const inFlight = new Set<string>();
  return {
    once: async (admitted, wait, decide) => {
      if (admitted.idempotency === undefined) return decide();
      const { key } = admitted.idempotency;
      const { tenant } = admitted.principal;
      const name = JSON.stringify([tenant, key]);
      if (inFlight.has(name)) throw stillInFlight(key);
      inFlight.add(name);
      try {
        const claim = await wait(platform.store.claim(tenant, key, platform.clock.utcMs()));
        if (claim === undefined) return await decide();
        return await wait(earlierReply(platform, admitted, claim));
      } finally {
        inFlight.delete(name);
      }
    },
  };
}

/**
 * The reply the key already has.
 *
 * @throws Fault `idempotency-key-reused` when the key belongs to a different request.
 */
export async function earlierReply(
  platform: Pick<Platform, "store">,
  { idempotency, principal }: AdmittedRequest,
  claim: { readonly decisionId: string; readonly requestDigest: string },
): Promise<DecisionReply> {
  const { requestDigest } = claim;
  const isSame =
    idempotency?.requestDigest === requestDigest || idempotency?.formerDigest() === requestDigest;
  if (!isSame) {
    const detail = `expected the request first sent with key "${idempotency?.key}", got another`;
    throw new Fault(pipelineFaults.keyReused, { detail });
  }
  return fetchReply(platform, principal.tenant, claim.decisionId);
}

async function fetchReply(
  platform: Pick<Platform, "store">,
  tenant: TenantId,
  id: string,
): Promise<DecisionReply> {
  const stored = await platform.store.decision(tenant, id);
  if (stored === undefined) {
    const detail = `the decision ${id} the key stands for is past its retention`;
    throw new Fault(pipelineFaults.unknownDecision, { detail });
  }
  return replyOf(openRecord({ text: stored.record, digest: stored.recordDigest }));
}

function stillInFlight(key: string): Fault {
  const detail = `the first request with key "${key}" has not been answered yet`;
  return new Fault(pipelineFaults.keyInFlight, { detail, retryAfterMs: RETRY_AFTER_MS });
}

/**
 * Station 7: the reply waits for the flush of its own record, but never past the deadline; then the
 * policy says whether an answer may leave unrecorded. This is the only alarm an answer has: one
 * that came when the time was up already ends here too, `unrecorded` and never `out-of-time`.
 */

import type { Policy } from "#decisions";
import { type DecisionBudget, Fault } from "#foundation";
import type { AdmittedRequest } from "./admit.ts";
import { pipelineFaults } from "./faults.ts";
import type { Platform } from "./platform.ts";
import type { Appended, IdempotencyClaim } from "./ports.ts";
import { type KeptDecision, storedDecision } from "./record.ts";

/** How long an idempotency key is remembered. */
const KEY_LIFETIME_MS = 24 * 3_600_000;

/** What is left of the deadline for writing the reply out, at most this share of all of it. */
const REPLY_MS = 3;
const REPLY_SHARE_MAX = 0.1;

/** What became of a decision's record. */
export type Keeping =
  | { readonly kind: "recorded" }
  | { readonly kind: "unrecorded" }
  | { readonly kind: "key-taken"; readonly decisionId: string; readonly requestDigest: string };

/**
 * Stores a sealed decision with its payloads and idempotency key, all or nothing.
 *
 * @throws Fault `unrecorded` when it is not durable by the deadline and the policy refuses to
 * answer without.
 */
export async function keep(
  platform: Pick<Platform, "store" | "clock">,
  admitted: AdmittedRequest,
  kept: KeptDecision,
  contract: Policy["contract"],
  budget: DecisionBudget,
): Promise<Keeping> {
  const claim = claimOf(admitted);
  const { clock, store } = platform;
  const late = Promise.withResolvers<string>();
  const { deadlineAtMs, openedAtMs } = budget;
  const replyMs = Math.min(REPLY_MS, REPLY_SHARE_MAX * (deadlineAtMs - openedAtMs));
  const msLeft = deadlineAtMs - replyMs - clock.monotonicMs();
  const cancel = clock.after(msLeft, () => late.resolve("the store did not answer in time"));
  const appending = store.append(storedDecision(kept), kept.payloads, claim).catch(reasonOf);
  const ended = await Promise.race([appending, late.promise]);
  cancel();
  return typeof ended === "string" ? unrecorded(contract, ended) : keepingOf(ended);
}

function unrecorded(contract: Policy["contract"], reason: string): Keeping {
  if (contract.ifUnrecorded === "mark") return { kind: "unrecorded" };
  const detail = `expected a durable record before the deadline; ${reason}`;
  throw new Fault(pipelineFaults.unrecorded, { detail });
}

function keepingOf(appended: Appended): Keeping {
  return appended.kind === "stored" ? { kind: "recorded" } : appended;
}

function claimOf({ idempotency, atUtcMs }: AdmittedRequest): IdempotencyClaim | undefined {
  if (idempotency === undefined) return undefined;
  const { key, requestDigest } = idempotency;
  return { key, requestDigest, expiresAtUtcMs: atUtcMs + KEY_LIFETIME_MS };
}

function reasonOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}

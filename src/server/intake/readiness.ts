/**
 * Whether the server takes work: one question, whoever asks it and in whichever protocol.
 */
import { Fault } from "#foundation";
import { pipelineFaults } from "#pipeline";
import { serverFaults } from "../faults.ts";
import type { FrontDesk } from "../front-desk.ts";

/** How soon a client should come back to a server that is starting or about to be replaced. */
const RETRY_SOON_MS = 2000;

/** @throws Fault `closing` or `not-ready`, if there is a reason to take no work. */
export function requireTaking(notTaking: ReturnType<FrontDesk["notTaking"]>): void {
  if (notTaking === undefined) return;
  const row = notTaking === "draining" ? pipelineFaults.closing : serverFaults.notReady;
  throw new Fault(row, { detail: `the server is ${notTaking}`, retryAfterMs: RETRY_SOON_MS });
}

/** @throws Fault as {@link requireTaking}, or what keeps the pipeline from deciding. */
export async function requireReady(desk: Pick<FrontDesk, "notTaking" | "pipeline">): Promise<void> {
  requireTaking(desk.notTaking());
  await desk.pipeline.ready();
}

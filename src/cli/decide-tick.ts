/**
 * A tick of a simulated centre, decided by the platform the command has reached.
 */
import type { RoutingRequest } from "#decisions";
import { Fault } from "#foundation";
import { type TickDecision, tickDecision, unhurried } from "#studies";
import { cliFaults } from "./faults.ts";
import type { Reached } from "./reach-platform.ts";

/** Decides in virtual time. @throws Fault `server-unexpected-reply` for any other reply. */
export async function decideTick(
  platform: Reached,
  request: RoutingRequest,
): Promise<TickDecision> {
  const body = new TextEncoder().encode(JSON.stringify(unhurried(request)));
  const decision = tickDecision(await platform.decide("routing", body));
  if (decision !== undefined) return decision;
  const detail = "expected the reply to a routing decision, got something else";
  throw new Fault(cliFaults.notOurServer, { detail });
}

/**
 * What is shared, for callers outside a decision: how much there is and is free, reservations of
 * their own, and what becomes of those that decisions made under their ids.
 */
import type { Capacity, CapacityStore, CapacityTotal, Draw } from "#capacity";
import { Fault, type Principal } from "#foundation";
import { pipelineFaults } from "../faults.ts";
import type { Platform } from "../platform.ts";

/** Draws to be reserved, all or none, for so long. */
export interface ReservationWish {
  /** Chosen by the caller; the same id again is the same reservation. */
  readonly id: string;
  /** Each resource once. */
  readonly draws: readonly Draw[];
  readonly seconds: number;
}

type Means = Pick<Platform, "capacity" | "clock">;

/** The store of capacity. @throws Fault `capacity-not-kept`. */
export function keptBy({ capacity }: Pick<Platform, "capacity">): CapacityStore {
  if (capacity !== undefined) return capacity;
  const detail = "expected a platform that keeps capacity, got one without";
  throw new Fault(pipelineFaults.capacityMissing, { detail });
}

/** The resources named that there are, by name. */
export async function capacitiesNow(
  platform: Means,
  { tenant }: Principal,
  resources: readonly string[],
): Promise<readonly Capacity[]> {
  return keptBy(platform).capacities(tenant, resources, platform.clock.utcMs());
}

/** Sets totals; what is taken already stays taken. Answers how things stand then. */
export async function declareCapacity(
  platform: Means,
  principal: Principal,
  totals: readonly CapacityTotal[],
): Promise<readonly Capacity[]> {
  await keptBy(platform).declareCapacity(principal.tenant, totals);
  const resources = totals.map(({ resource }) => resource);
  return capacitiesNow(platform, principal, resources);
}

/** @throws Fault `capacity-short` naming what there is too little of; then nothing is reserved. */
export async function reserveFor(
  platform: Means,
  { tenant }: Principal,
  { id, draws, seconds }: ReservationWish,
): Promise<void> {
  const nowUtcMs = platform.clock.utcMs();
  const expiresAtUtcMs = Math.ceil(nowUtcMs + seconds * 1000);
  const reservation = { tenant, id, draws, expiresAtUtcMs };
  const reserved = await keptBy(platform).reserveCapacity(reservation, nowUtcMs);
  if (reserved.kind === "reserved") return;
  const { resources } = reserved;
  const detail = `expected enough of ${draws.length} resources, ${resources.length} are short`;
  throw new Fault(pipelineFaults.capacityShort, { detail, rules: resources });
}

/** Keeps a reservation until it is released. @throws Fault `unknown-reservation`. */
export async function commitReservation(
  platform: Means,
  { tenant }: Principal,
  id: string,
): Promise<void> {
  const nowUtcMs = platform.clock.utcMs();
  if (!(await keptBy(platform).commitCapacity(tenant, id, nowUtcMs))) throw unknown(id);
}

/** Gives a reservation back, committed or not. @throws Fault `unknown-reservation`. */
export async function releaseReservation(
  platform: Means,
  { tenant }: Principal,
  id: string,
): Promise<void> {
  if (!(await keptBy(platform).releaseCapacity(tenant, id))) throw unknown(id);
}

function unknown(id: string): Fault {
  const detail = `expected a reservation in force, got ${JSON.stringify(id)}`;
  return new Fault(pipelineFaults.unknownReservation, { detail });
}

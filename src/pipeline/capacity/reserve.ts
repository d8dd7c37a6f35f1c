/**
 * The stations of what is shared: what is free when the problem is posed, and the reservation of
 * what the answer uses, under the decision's own id. Between the two others may have been faster;
 * then nothing is reserved, and the question is asked again.
 */
import type { PosedDecision } from "#decisions";
import type { Json } from "#foundation";
import type { AdmittedRequest } from "../admit.ts";
import type { Platform } from "../platform.ts";
import { keptBy } from "./shared-capacity.ts";

/** What a decision has reserved, if its request asked for it. */
export interface Reservation {
  readonly decisionId: string;
  /** What was free when the problem was posed; `undefined` where nothing was asked for. */
  readonly free: ReadonlyMap<string, number> | undefined;
}

/**
 * What is free of what the request wants reserved; `undefined` where it wants nothing.
 *
 * @throws Fault `capacity-not-kept`.
 */
export async function freeNow(
  platform: Pick<Platform, "capacity" | "clock">,
  { parsed, principal }: AdmittedRequest,
): Promise<ReadonlyMap<string, number> | undefined> {
  const { reserve } = parsed;
  if (reserve === undefined) return undefined;
  const capacity = keptBy(platform);
  const { tenant } = principal;
  const resources = reserve.totals.map(({ resource }) => resource);
  const known = await capacity.capacities(tenant, resources, platform.clock.utcMs());
  const knownOf = new Map(known.map((one) => [one.resource, one]));
  // Most ticks say what the one before said: what is known already need not be written again.
  const news = reserve.totals.filter(({ resource, total }) => {
    return knownOf.get(resource)?.total !== total;
  });
  if (news.length > 0) await capacity.declareCapacity(tenant, news);
  return new Map(
    reserve.totals.map(({ resource, total }) => {
      return [resource, Math.max(0, total - (knownOf.get(resource)?.taken ?? 0))];
    }),
  );
}

/** Reserves what `answer` uses; `undefined` when others were faster. */
export async function reserve(
  platform: Pick<Platform, "capacity" | "clock" | "newId">,
  { parsed, principal }: AdmittedRequest,
  free: ReadonlyMap<string, number> | undefined,
  { posed, answer }: { readonly posed: PosedDecision; readonly answer: Json },
): Promise<Reservation | undefined> {
  const decisionId = platform.newId();
  const draws = parsed.reserve === undefined ? [] : posed.draws(answer);
  if (parsed.reserve === undefined || draws.length === 0) return { decisionId, free };
  const nowUtcMs = platform.clock.utcMs();
  const expiresAtUtcMs = Math.ceil(nowUtcMs + parsed.reserve.seconds * 1000);
  const reservation = { tenant: principal.tenant, id: decisionId, draws, expiresAtUtcMs };
  const { kind } = await keptBy(platform).reserveCapacity(reservation, nowUtcMs);
  return kind === "reserved" ? { decisionId, free } : undefined;
}

/** Gives back what a decision reserved that came to nothing; if that fails, it expires. */
export async function giveBack(
  { capacity }: Pick<Platform, "capacity">,
  { parsed, principal }: AdmittedRequest,
  { decisionId }: Reservation,
): Promise<void> {
  if (parsed.reserve === undefined) return;
  await capacity?.releaseCapacity(principal.tenant, decisionId).catch(() => {});
}

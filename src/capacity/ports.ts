/**
 * What the capacity room asks of a store: totals of shared resources, and reservations of them that
 * are atomic, also between processes. A promise that resolves means the change is durable.
 */
import type { TenantId } from "#foundation";

/** Some units of one resource. */
export interface Draw {
  readonly resource: string;
  /** A whole number above 0. */
  readonly units: number;
}

/** How much of a resource there is. */
export interface CapacityTotal {
  readonly resource: string;
  /** A whole number from 0; what is taken already stays taken where it is more. */
  readonly total: number;
}

/** A resource at one moment. */
export interface Capacity extends CapacityTotal {
  /** Reserved and not expired, or committed. */
  readonly taken: number;
}

/** Several draws, all or none of which are reserved. */
export interface Reservation {
  readonly tenant: TenantId;
  /** Chosen by the caller; the same id again is the same reservation. */
  readonly id: string;
  /** Each resource once. */
  readonly draws: readonly Draw[];
  /** From here on it no longer counts, unless it has been committed. */
  readonly expiresAtUtcMs: number;
}

/** What became of an attempt to reserve. */
export type Reserved =
  | { readonly kind: "reserved" }
  /** Nothing was reserved; these resources are unknown or have too little left. */
  | { readonly kind: "short"; readonly resources: readonly string[] };

/** The capacities' part of a store. */
export interface CapacityStore {
  /** Sets totals; resources not named keep theirs. */
  declareCapacity(tenant: TenantId, totals: readonly CapacityTotal[]): Promise<void>;
  /** The resources named that there are, by name. */
  capacities(
    tenant: TenantId,
    resources: readonly string[],
    nowUtcMs: number,
  ): Promise<readonly Capacity[]>;
  reserveCapacity(reservation: Reservation, nowUtcMs: number): Promise<Reserved>;
  /** Keeps a reservation until it is released; false when it has expired or never was. */
  commitCapacity(tenant: TenantId, id: string, nowUtcMs: number): Promise<boolean>;
  /** Gives a reservation back, committed or not; false when there is none. */
  releaseCapacity(tenant: TenantId, id: string): Promise<boolean>;
  /** Removes what has expired, of every tenant; answers how many reservations. */
  expireCapacity(nowUtcMs: number): Promise<number>;
}

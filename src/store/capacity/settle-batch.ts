/**
 * What becomes of a batch of reservations, commits and releases, one after another: the part of
 * capacity that all stores share. It is told what is there and says what has to be written; who
 * holds the locks meanwhile is the store's affair.
 */

import type { Draw, Reservation, Reserved } from "#capacity";
import { unreachable } from "#foundation";

/** One operation of a batch. */
export type CapacityAct =
  | { readonly kind: "reserve"; readonly reservation: Reservation; readonly nowUtcMs: number }
  | {
      readonly kind: "commit";
      readonly tenant: string;
      readonly id: string;
      readonly nowUtcMs: number;
    }
  | { readonly kind: "release"; readonly tenant: string; readonly id: string };

/** What became of one. */
export type CapacityResult = Reserved | { readonly kind: "done"; readonly isDone: boolean };

/** A reservation that is there; it expires never once committed. */
export interface Held {
  readonly tenant: string;
  readonly id: string;
  readonly draws: readonly Draw[];
  readonly expiresAtUtcMs: number | null;
}

/** What is there before a batch, by {@link keyOf}; whatever had expired is gone already. */
export interface Ledger {
  readonly totals: ReadonlyMap<string, number>;
  readonly taken: ReadonlyMap<string, number>;
  readonly held: ReadonlyMap<string, Held>;
}

/** What a batch comes to. */
export interface Settlement {
  readonly results: readonly CapacityResult[];
  /** Every reservation the batch touched, as it is afterwards; `undefined` where it is gone. */
  readonly after: ReadonlyMap<string, Held | undefined>;
}

/** The key of a tenant's resource or reservation. */
export function keyOf(tenant: string, name: string): string {
  return JSON.stringify([tenant, name]);
}

/** Settles `batch` in its order. */
export function settleBatch(batch: readonly CapacityAct[], ledger: Ledger): Settlement {
  const after = new Map<string, Held | undefined>();
  const taken = new Map(ledger.taken);
  const find = (key: string) => (after.has(key) ? after.get(key) : ledger.held.get(key));
  const take = ({ tenant, draws }: Held | Reservation, sign: number) => {
    for (const { resource, units } of draws) {
      const key = keyOf(tenant, resource);
      taken.set(key, (taken.get(key) ?? 0) + sign * units);
    }
  };
  const settle = (act: CapacityAct): CapacityResult => {
    switch (act.kind) {
      case "reserve": {
        const { tenant, id, draws } = act.reservation;
        if (find(keyOf(tenant, id)) !== undefined) return { kind: "reserved" };
        const short = draws.filter(({ resource, units }) => {
          const key = keyOf(tenant, resource);
          return (ledger.totals.get(key) ?? 0) - (taken.get(key) ?? 0) < units;
        });
        if (short.length > 0) {
          return { kind: "short", resources: short.map(({ resource }) => resource) };
        }
        take(act.reservation, 1);
        after.set(keyOf(tenant, id), act.reservation);
        return { kind: "reserved" };
      }
      case "commit": {
        const key = keyOf(act.tenant, act.id);
        const held = find(key);
        const isLive =
          held !== undefined &&
          (held.expiresAtUtcMs === null || held.expiresAtUtcMs > act.nowUtcMs);
        if (isLive) after.set(key, { ...held, expiresAtUtcMs: null });
        return { kind: "done", isDone: isLive };
      }
      case "release": {
        const key = keyOf(act.tenant, act.id);
        const held = find(key);
        if (held === undefined) return { kind: "done", isDone: false };
        take(held, -1);
        after.set(key, undefined);
        return { kind: "done", isDone: true };
      }
      default:
        return unreachable(act);
    }
  };
  return { results: batch.map(settle), after };
}

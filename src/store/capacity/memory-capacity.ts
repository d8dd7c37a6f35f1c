/**
 * Capacity in memory: the same, without tables or locks.
 */
import type { CapacityStore } from "#capacity";
import { assert } from "#foundation";
import { type CapacityAct, type Held, keyOf, settleBatch } from "./settle-batch.ts";

/** An empty capacities part of a store. */
export function memoryCapacity(): CapacityStore {
  const totals = new Map<string, number>();
  const held = new Map<string, Held>();

  const takenAt = (nowUtcMs: number): Map<string, number> => {
    const taken = new Map<string, number>();
    for (const { tenant, draws, expiresAtUtcMs } of held.values()) {
      if (expiresAtUtcMs !== null && expiresAtUtcMs <= nowUtcMs) continue;
      for (const { resource, units } of draws) {
        const key = keyOf(tenant, resource);
        taken.set(key, (taken.get(key) ?? 0) + units);
      }
    }
    return taken;
  };
  const expire = (nowUtcMs: number): number => {
    const before = held.size;
    for (const [key, { expiresAtUtcMs }] of held) {
      if (expiresAtUtcMs !== null && expiresAtUtcMs <= nowUtcMs) held.delete(key);
    }
    return before - held.size;
  };
  const settle = (act: CapacityAct) => {
    if (act.kind === "reserve") expire(act.nowUtcMs);
    const taken = act.kind === "reserve" ? takenAt(act.nowUtcMs) : new Map<string, number>();
    const { results, after } = settleBatch([act], { totals, taken, held });
    for (const [key, one] of after) {
      if (one === undefined) held.delete(key);
      else held.set(key, one);
    }
    return results[0];
  };
  const isDone = (act: CapacityAct): boolean => {
    const result = settle(act);
    return result.kind === "done" && result.isDone;
  };
  return {
    declareCapacity: async (tenant, named) => {
      for (const { resource, total } of named) totals.set(keyOf(tenant, resource), total);
    },
    capacities: async (tenant, resources, nowUtcMs) => {
      const taken = takenAt(nowUtcMs);
      return [...new Set(resources)].sort().flatMap((resource) => {
        const key = keyOf(tenant, resource);
        const total = totals.get(key);
        return total === undefined ? [] : [{ resource, total, taken: taken.get(key) ?? 0 }];
      });
    },
    reserveCapacity: async (reservation, nowUtcMs) => {
      const result = settle({ kind: "reserve", reservation, nowUtcMs });
      assert(result.kind !== "done", "a reservation ends reserved or short");
      return result;
    },
    commitCapacity: async (tenant, id, nowUtcMs) =>
      isDone({ kind: "commit", tenant, id, nowUtcMs }),
    releaseCapacity: async (tenant, id) => isDone({ kind: "release", tenant, id }),
    expireCapacity: async (nowUtcMs) => expire(nowUtcMs),
  };
}

/** Removing what is past its time, for as long as a process serves. */
import type { CapacityStore } from "#capacity";
import type { Clock } from "#foundation";
import type { Store } from "../ports.ts";

const HOUR_MS = 3_600_000;
const DAY_MS = 24 * HOUR_MS;

/**
 * Every hour, removes decisions older than `retentionDays`, if given, and what has expired; returns
 * what ends this.
 */
export function keepHouse(
  store: Pick<Store, "expire"> & Pick<CapacityStore, "expireCapacity">,
  clock: Clock,
  retentionDays = Number.POSITIVE_INFINITY,
): () => void {
  const retentionMs = retentionDays * DAY_MS;
  const tidyUp = () => {
    const nowMs = clock.utcMs();
    // A store that fails here fails everywhere, and readiness says so.
    store.expire(nowMs, Math.max(0, nowMs - retentionMs)).catch(() => {});
    store.expireCapacity(nowMs).catch(() => {});
    cancel = clock.after(HOUR_MS, tidyUp);
  };
  let cancel = clock.after(HOUR_MS, tidyUp);
  return () => cancel();
}

/**
 * Places for watchers: each holds a connection, so there is an end to them, and nobody may take
 * those of all the others.
 */
import { Fault, LOCAL_PRINCIPAL, type Principal } from "#foundation";
import { serverFaults } from "../faults.ts";

/** Watchers at once. */
const PLACES = 64;

/** Places that only the installation's own tenant can have: somebody has to see what goes on. */
const KEPT_FOR_OWNER = 16;

/** Places of one tenant; the installation's own has no such limit. */
const OF_TENANT_MAX = 16;

/** Places of one key. */
const OF_KEY_MAX = 8;

const RETRY_AFTER_MS = 10_000;

/** Who watches, as far as room is concerned. */
export interface WatcherPlaces {
  /** Takes a place; the result gives it back. @throws Fault `overloaded` if there is none. */
  take(principal: Principal): () => void;
}

/** Opens the places, all of them free. */
export function openWatcherPlaces(): WatcherPlaces {
  const taken = new Set<{ readonly tenant: string; readonly key: string }>();

  function requireRoom(whose: string, held: number, max: number): void {
    if (held < max) return;
    const detail = `expected at most ${max} watchers ${whose}, got one more`;
    throw new Fault(serverFaults.overloaded, { detail, retryAfterMs: RETRY_AFTER_MS });
  }

  return {
    take: ({ tenant, name: key }) => {
      const held = [...taken];
      const own = held.filter((one) => one.tenant === tenant);
      // Without API keys everybody is the same one, who is the owner.
      if (key !== LOCAL_PRINCIPAL.name) {
        requireRoom("of one key", own.filter((one) => one.key === key).length, OF_KEY_MAX);
      }
      if (tenant !== LOCAL_PRINCIPAL.tenant) {
        requireRoom("of one tenant", own.length, OF_TENANT_MAX);
        const guests = held.filter((one) => one.tenant !== LOCAL_PRINCIPAL.tenant).length;
        requireRoom("of all tenants but the owner's", guests, PLACES - KEPT_FOR_OWNER);
      }
      requireRoom("in all", held.length, PLACES);
      const place = { tenant, key };
      taken.add(place);
      return () => void taken.delete(place);
    },
  };
}

/** Keeping up with the keys that other processes make and revoke on the same database. */
import type { Clock } from "#foundation";
import type { KeyRing } from "./key-ring.ts";

/** How soon such a key counts here. */
const LOOK_EVERY_MS = 500;

/** Looks again and again; returns what ends this. */
export function keepLooking(keys: Pick<KeyRing, "refresh">, clock: Clock): () => void {
  const look = () => {
    // While the database cannot be reached the keys known are the keys in force.
    const looked = keys.refresh().catch(() => {});
    void looked.then(() => {
      if (!ended) cancel = clock.after(LOOK_EVERY_MS, look);
    });
  };
  let ended = false;
  let cancel = clock.after(LOOK_EVERY_MS, look);
  return () => {
    ended = true;
    cancel();
  };
}

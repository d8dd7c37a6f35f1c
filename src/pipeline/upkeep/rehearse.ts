/** Rehearsal: the code of a decision is run before anybody waits for it. */
import { LOCAL_PRINCIPAL, slowedClock } from "#foundation";
import { createPipeline } from "../create-pipeline.ts";
import type { Platform } from "../platform.ts";

const REHEARSALS = 20;
const REHEARSAL_SLOWNESS = 100;

/**
 * Decides each type's example a few times on a `store` that nobody reads: code that has never run
 * is too slow for a realtime deadline, and a newcomer's first request should not be the one to find
 * out. The rehearsal's clock runs slow, so that nothing is cut short.
 */
export async function rehearse(platform: Platform): Promise<void> {
  await platform.pool.ready();
  const clock = slowedClock(platform.clock, REHEARSAL_SLOWNESS);
  const stage = createPipeline({ ...platform, clock });
  for (let round = 0; round < REHEARSALS; round += 1) {
    for (const { id, example } of platform.catalogue) {
      await stage.decide(LOCAL_PRINCIPAL, id, example);
    }
  }
}

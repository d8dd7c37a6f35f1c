/**
 * A platform for tests of the pipeline: the real catalogue, solvers and threads, a store in memory
 * unless told otherwise.
 */

import { catalogue } from "#decisions";
import { identifierSource, LOCAL_PRINCIPAL, randomStream, systemClock } from "#foundation";
import { createPipeline, type Pipeline, type Platform, type Store } from "#pipeline";
import { profileHere } from "#provenance";
import { openSolverPool, type PoolOptions } from "#runtime";
import { openMemoryStore } from "#store";

/** What a test may choose. */
export interface PlatformChoice {
  readonly store?: Store;
  readonly pool?: PoolOptions;
  readonly threadCount?: number;
  readonly seed?: number;
}

/** Who asks in tests. */
export const ASKER = LOCAL_PRINCIPAL;

/** A platform whose identifiers, salts and seeds come from one seed. */
export function testPlatform(choice: PlatformChoice = {}): Platform {
  const random = randomStream(choice.seed ?? 1, "test platform");
  return {
    catalogue,
    store: choice.store ?? openMemoryStore(),
    pool: openSolverPool(choice.threadCount ?? 2, choice.pool),
    clock: systemClock,
    newId: identifierSource(systemClock, random.fork("ids")),
    newSalt: () => random.uint32().toString(16),
    newSeed: () => random.uint32(),
    profile: profileHere("test", new URL("../../src", import.meta.url).pathname),
  };
}

/** Opens a pipeline, waits until it can decide, and closes it after `use`. */
export async function withPipeline<Result>(
  choice: PlatformChoice,
  use: (pipeline: Pipeline, platform: Platform) => Promise<Result>,
): Promise<Result> {
  const platform = testPlatform(choice);
  const pipeline = createPipeline(platform);
  try {
    await pipeline.ready();
    return await use(pipeline, platform);
  } finally {
    await pipeline.close();
  }
}

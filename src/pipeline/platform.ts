/**
 * What the pipeline is built from. `assemble.ts` fills this in once; tests and simulations fill it
 * with a clock they turn by hand, seeded identifiers and a store of their own.
 */

import type { CapacityStore } from "#capacity";
import type { DecisionType, FoundIntent } from "#decisions";
import type { Clock, IdentifierSource } from "#foundation";
import type { Profile } from "#provenance";
import type { SolverPool } from "#runtime";
import type { Store } from "./ports.ts";

/** Tells what texts are about; the same of the same text. */
export interface IntentFinder {
  /** SHA-256 of the model it tells by, hexadecimal. */
  readonly model: string;
  find(text: string): FoundIntent;
}

/** The pipeline's surroundings. */
export interface Platform {
  readonly catalogue: readonly DecisionType[];
  readonly store: Store;
  /** Absent where nothing is shared: requests that ask for a reservation are refused then. */
  readonly capacity?: CapacityStore | undefined;
  /** Absent where nobody can tell: types that need it refuse texts then. */
  readonly intents?: IntentFinder | undefined;
  readonly pool: SolverPool;
  readonly clock: Clock;
  readonly newId: IdentifierSource;
  /** Unpredictable text, fresh on each call; salts the commitments of a record. */
  readonly newSalt: () => string;
  /** A safe integer, fresh on each call; seeds decisions whose request names none. */
  readonly newSeed: () => number;
  readonly profile: Profile;
}

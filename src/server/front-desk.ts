/**
 * What the routes work with: the pipeline and the server's own instruments.
 */
import type { Clock, FaultRow } from "#foundation";
import type { Pipeline } from "#pipeline";
import type { KeyDesk } from "./access/key-desk.ts";
import type { RateLimiter } from "./access/rate-limit.ts";
import type { Admission } from "./admission.ts";
import type { Doors } from "./intake/gate.ts";
import type { DecisionFeed } from "./live/decision-feed.ts";
import type { Metrics } from "./metrics.ts";
import type { StaticPage } from "./static-page.ts";

/** A decision type, as the pipeline lists it. */
export type ListedType = Pipeline["types"][number];

/** Everything a route may reach. */
export interface FrontDesk {
  /**
   * The catalogue: known before the pipeline is up, so that routes and document are complete from
   * the start.
   */
  readonly types: readonly ListedType[];
  /** There once the server takes work. */
  readonly pipeline: Pipeline;
  /** There once the server takes work; nobody knows before who needs one. */
  readonly keys: KeyDesk;
  readonly rates: RateLimiter;
  /** Who else is let in. */
  readonly doors: Doors;
  readonly admission: Admission;
  readonly metrics: Metrics;
  /** Decisions as they are made, for those who watch. */
  readonly feed: DecisionFeed;
  /** A file of the console by its path; `undefined` if there is none. */
  page(path: string): StaticPage | undefined;
  readonly clock: Clock;
  /** Version of the program, for the document and the front page. */
  readonly version: string;
  /** Every fault a caller can meet, for the pages that explain them. */
  readonly faults: readonly FaultRow[];
  /** Why the server takes no work now; `undefined` when it does. */
  notTaking(): "starting" | "draining" | undefined;
}

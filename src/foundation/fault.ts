/**
 * Faults: operating failures a caller can understand and act on. Every fault comes from a closed
 * register, one row per code; rooms declare their rows beside the code that raises them and the
 * table says what a caller may do.
 */

/** What kind of failure it is; the HTTP status follows from it in the server room alone. */
export type FaultCategory =
  | "invalid" // the request is malformed or breaks its schema
  | "contradiction" // the rules of the request cannot hold together
  | "refused" // not permitted for this caller
  | "missing" // names something that does not exist
  | "conflict" // clashes with something already recorded
  | "exhausted" // over a limit now; the same request may pass later
  | "undecided" // no answer found in time, and none refuted
  | "unavailable"; // a part this needs is down

/** One row of the register. */
export interface FaultRow {
  readonly code: string;
  readonly category: FaultCategory;
  /** Whether sending the same request again can help. */
  readonly retry: boolean;
  /** One sentence: what is wrong, what was expected. */
  readonly title: string;
  /** One sentence: what the reader can do. */
  readonly remedy: string;
}

/** One place in the input that is wrong: a JSON Pointer (RFC 6901) and a sentence. */
export interface Flaw {
  readonly pointer: string;
  readonly message: string;
}

/** What a fault says about its particular occurrence. */
export interface FaultDetail {
  /** What happened this time: what, expected, got. */
  readonly detail: string;
  readonly flaws?: readonly Flaw[];
  /** Names of the rules that clash, for contradictions. */
  readonly rules?: readonly string[];
  /** When trying again makes sense, in milliseconds from now. */
  readonly retryAfterMs?: number;
}

/** An operating failure that travels as an exception and is translated at the edge. */
export class Fault extends Error {
  override readonly name = "Fault";
  readonly row: FaultRow;
  readonly flaws: readonly Flaw[];
  readonly rules: readonly string[];
  readonly retryAfterMs: number | undefined;

  constructor(row: FaultRow, detail: FaultDetail, cause?: unknown) {
    super(detail.detail, cause === undefined ? undefined : { cause });
    this.row = row;
    this.flaws = detail.flaws ?? [];
    this.rules = detail.rules ?? [];
    this.retryAfterMs = detail.retryAfterMs;
  }
}

/** Freezes a room's rows, keyed by a name the room's code uses. */
export function faultRows<const Rows extends Record<string, FaultRow>>(rows: Rows): Readonly<Rows> {
  return Object.freeze(rows);
}

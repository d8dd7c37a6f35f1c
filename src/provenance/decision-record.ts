/**
 * The decision record: everything needed to explain, verify and replay one decision. It holds
 * commitments to what is personal or large, never the content, so that content can be erased and
 * the record stays whole.
 *
 * The part called `decided` is what a replay must reproduce byte for byte; times are kept beside
 * it.
 */

import type { FoundIntent, Reason } from "#decisions";
import type { Json } from "#foundation";
import type { SolveStatus } from "#problem";
import type { AttemptEnd, Rung } from "#runtime";

/** Raised when the shape of records changes; older ones are upgraded when read. */
export const RECORD_SCHEMA_VERSION = 1;

/** How good the answer is, computed, never claimed. */
export interface Quality {
  readonly rung: Rung;
  readonly status: "optimal" | "feasible";
  readonly objective: number;
  readonly bound: number | null;
  /** |bound - objective| / max(|bound|, |objective|, 1e-9); null without a bound. */
  readonly gap: number | null;
  /** What the decision type's own rule would have reached; null when it found nothing feasible. */
  readonly ruleObjective: number | null;
  readonly solver: string;
}

/**
 * An attempt as it is kept; samples are plain arrays, times are in {@link DecisionRecord.timing}.
 */
export interface RecordedAttempt {
  readonly lane: number;
  readonly leg: number;
  readonly solver: string;
  readonly solverVersion: number;
  readonly seed: number;
  readonly workLimit: number;
  readonly end: AttemptEnd;
  readonly ticks: number;
  readonly work: number;
  readonly status: SolveStatus;
  readonly best: { readonly values: readonly number[]; readonly objective: number } | null;
  readonly bound: number | null;
  readonly conflict: readonly string[];
  readonly exchanges: readonly {
    readonly tick: number;
    readonly fromLane: number;
    readonly values: readonly number[];
  }[];
  readonly improvements: readonly {
    readonly tick: number;
    readonly objective: number;
    readonly length: number;
  }[];
  readonly fault: string | null;
}

/** What was decided and how; a replay within the recorded profile gives the same bytes. */
export interface Decided {
  readonly problemDigest: string;
  readonly answer: Json;
  readonly quality: Quality;
  readonly reasons: readonly Reason[];
  readonly attempts: readonly RecordedAttempt[];
}

/** Within which code and engine a replay promises identical bytes. */
export interface Profile {
  readonly tandem: string;
  /** SHA-256 over the files of the rooms that decide. */
  readonly code: string;
  readonly node: string;
  readonly v8: string;
  readonly arch: string;
  /** The build of the numeric kernels, or `none` where no compiled kernel takes part. */
  readonly kernels: string;
}

/** A commitment to content kept elsewhere: SHA-256 of its text, which begins with a salt. */
export interface Commitment {
  readonly digest: string;
}

/** One decision, sealed. */
export interface DecisionRecord {
  readonly schemaVersion: typeof RECORD_SCHEMA_VERSION;
  readonly decisionId: string;
  readonly tenant: string;
  readonly principal: string;
  readonly type: { readonly id: string; readonly version: number };
  /** RFC 3339 instant the decision was made for; ages are counted to here. */
  readonly at: string;
  readonly profile: Profile;
  readonly request: Commitment;
  /** Subject and context, when the request had them. */
  readonly personal: Commitment | null;
  readonly items: {
    readonly name: string;
    readonly version: number;
    readonly digest: string;
  } | null;
  /** What was free of each resource, where the request asked for a reservation. */
  readonly free?: { readonly [resource: string]: number } | undefined;
  /** What the request's texts were found to be about, where it had any. */
  readonly intents?:
    | {
        /** SHA-256 of the model that told, hexadecimal. */
        readonly model: string;
        /** By the id of what carried the text. */
        readonly found: { readonly [id: string]: FoundIntent };
      }
    | undefined;
  readonly policy: { readonly reference: string; readonly digest: string };
  /** How the policy was chosen, with the probability of that choice. */
  readonly assignment: { readonly arm: string; readonly propensity: number };
  readonly seed: number;
  readonly decided: Decided;
  /** What left the machine for this decision. */
  readonly egress: readonly Json[];
  readonly timing: {
    readonly deadlineMs: number;
    readonly solveMs: number;
    /** From the last byte of the request to this seal; flush and network come on top. */
    readonly totalMs: number;
    /**
     * Start and end of each attempt in milliseconds since the race began, in the order of
     * `decided.attempts`.
     */
    readonly attempts: readonly (readonly [number, number])[];
  };
}

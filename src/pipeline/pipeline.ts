/**
 * The pipeline's door for servers and command lines: one method per sentence of the platform.
 * `assemble.ts` builds it; everything here is plain data in and out.
 */

import type { Capacity, CapacityTotal } from "#capacity";
import type { DecisionType, Reason } from "#decisions";
import type { Json, Principal } from "#foundation";
import type { Quality } from "#provenance";
import type { ReservationWish } from "./capacity/shared-capacity.ts";
import type { DecisionQuery, OutcomeResult, StoredOutcome, StoredPolicy } from "./ports.ts";

/** Where the time went, in milliseconds. */
export interface Timing {
  readonly receivedAt: string;
  readonly deadlineMs: number;
  readonly solveMs: number;
  /**
   * From the last byte of the request until the record was sealed; flush and network come on top.
   */
  readonly totalMs: number;
}

/** The reply to a decision request. */
export interface DecisionReply {
  readonly decisionId: string;
  readonly answer: Json;
  readonly quality: Quality;
  readonly reasons: readonly Reason[];
  readonly policy: string;
  readonly timing: Timing;
  /**
   * Present and true when the record could not be made durable and the policy allows answering
   * anyway.
   */
  readonly unrecorded?: true;
}

/** The line of a decision in a list. */
export interface DecisionSummary {
  readonly decisionId: string;
  readonly type: string;
  readonly policy: string;
  readonly at: string;
  readonly rung: string;
  readonly status: string;
  readonly latencyMs: number;
  /** Null for decisions stored before it was kept apart. */
  readonly deadlineMs: number | null;
  readonly gap: number | null;
}

/** A decision with everything kept about it. */
export interface DecisionView {
  readonly reply: DecisionReply;
  /** What was asked, personal members left out; null once it has been erased. */
  readonly request: unknown;
  /** The sealed record, parsed. */
  readonly record: Json;
  readonly recordDigest: string;
  readonly outcomes: readonly StoredOutcome[];
}

/** The verdict of a replay. */
export interface ReplayReport {
  readonly decisionId: string;
  /**
   * `identical`: byte for byte; `verified`: other profile, same problem, feasible, same objective;
   * else `different`.
   */
  readonly verdict: "identical" | "verified" | "different";
  readonly recordedDigest: string;
  readonly replayedDigest: string;
  /** What differs, in words; empty when identical. */
  readonly differences: readonly string[];
  /**
   * Attempts whose recorded samples were used because they cannot be run again, with the reason.
   */
  readonly taken: readonly string[];
  readonly replayMs: number;
}

/** One page of a list; `next` is the cursor of the page after, absent on the last. */
export interface Page<Item> {
  readonly items: readonly Item[];
  readonly next?: string;
}

/** What comes along with a decision request, outside its body. */
export interface DecideOptions {
  readonly idempotencyKey?: string | undefined;
  /** Aborted when the client is gone; the search stops at its next tick. */
  readonly signal?: AbortSignal | undefined;
  /** When the last byte of the request arrived, monotonic; deadlines count from here. */
  readonly receivedAtMs?: number | undefined;
}

/** The sentences of the platform. Every method throws `Fault` for what the caller can act on. */
export interface Pipeline {
  readonly types: readonly DecisionType[];
  decide(
    principal: Principal,
    type: string,
    body: unknown,
    options?: DecideOptions,
  ): Promise<DecisionReply>;
  decision(principal: Principal, id: string): Promise<DecisionView>;
  decisions(
    principal: Principal,
    query: Omit<DecisionQuery, "tenant">,
  ): Promise<Page<DecisionSummary>>;
  /** Stops when `signal` is aborted; takes some multiple of the decision's own time at most. */
  replay(principal: Principal, id: string, signal?: AbortSignal): Promise<ReplayReport>;
  recordOutcomes(
    principal: Principal,
    outcomes: readonly ReportedOutcome[],
  ): Promise<readonly OutcomeReceipt[]>;
  policies(principal: Principal): Promise<readonly StoredPolicy[]>;
  /**
   * Adds an immutable version; the same content again is fine, other content under the same version
   * is a conflict.
   */
  addPolicy(
    principal: Principal,
    body: unknown,
  ): Promise<{ readonly added: boolean; readonly policy: StoredPolicy }>;
  /** Registers the next version of an item set; the same content again keeps its version. */
  putItems(
    principal: Principal,
    name: string,
    type: string,
    items: readonly Json[],
  ): Promise<ItemSetFacts>;
  items(principal: Principal, name: string): Promise<ItemSetFacts>;
  /** Registered items by id, of the newest version or the one asked for. */
  itemEntries(
    principal: Principal,
    name: string,
    ids: readonly string[],
    version?: number,
  ): Promise<ItemEntries>;
  /** The shared resources named that there are. */
  capacities(principal: Principal, resources: readonly string[]): Promise<readonly Capacity[]>;
  /** Sets totals of shared resources; answers how they stand then. */
  declareCapacity(
    principal: Principal,
    totals: readonly CapacityTotal[],
  ): Promise<readonly Capacity[]>;
  /** Reserves all or nothing; the same id again is the same reservation. */
  reserveCapacity(principal: Principal, wish: ReservationWish): Promise<void>;
  /** Keeps a reservation, a decision's too, until it is released. */
  commitReservation(principal: Principal, id: string): Promise<void>;
  /** Gives a reservation back, a decision's too. */
  releaseReservation(principal: Principal, id: string): Promise<void>;
  /** Everything kept, of every tenant, as the bytes of a backup file. */
  backup(): AsyncIterable<Uint8Array>;
  /** Resolves when decisions can be taken; rejects with what is missing. */
  ready(): Promise<void>;
  /** Lets decisions in flight end, refuses new ones, closes the store. */
  close(): Promise<void>;
}

/** A registered item set without its items. */
export interface ItemSetFacts {
  readonly name: string;
  readonly version: number;
  /** The decision type whose items these are. */
  readonly type: string;
  readonly digest: string;
  readonly itemCount: number;
}

/** Some items of a set, as they were registered: those there are, in the order asked for. */
export interface ItemEntries {
  readonly name: string;
  readonly version: number;
  readonly items: readonly Json[];
}

/** What became of one reported outcome. */
export interface OutcomeReceipt {
  readonly outcomeId: string;
  readonly result: OutcomeResult;
  /** Reported for a time beyond the attribution window; kept all the same. */
  readonly late: boolean;
}

/** An outcome as its reporter sends it. */
export interface ReportedOutcome {
  readonly outcomeId: string;
  readonly decisionId: string;
  readonly item?: string | undefined;
  readonly position?: number | undefined;
  readonly kind: string;
  readonly value?: number | { readonly minor: number; readonly currency: string } | undefined;
  /** RFC 3339 instant. */
  readonly at: string;
}

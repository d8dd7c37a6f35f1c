/**
 * What the pipeline asks of a store. Every method names a tenant and takes and returns plain
 * JSON-like values, so a store may live in another thread or on another machine. A promise that
 * resolves means the change is durable.
 */
import type { TenantId } from "#foundation";

/** Content kept apart from the sealed record: content-addressed, erasable when personal. */
export interface Payload {
  /** Salted commitment or plain digest by which the record names it. */
  readonly digest: string;
  readonly text: string;
  /**
   * Personal payloads are erased on request and by retention; erasing one leaves the record whole.
   */
  readonly personal: boolean;
}

/** A decision as it is kept: the sealed record as canonical text, with columns to find it by. */
export interface StoredDecision {
  readonly tenant: TenantId;
  readonly id: string;
  readonly type: string;
  readonly policy: string;
  readonly principal: string;
  readonly atUtcMs: number;
  readonly rung: string;
  readonly status: string;
  readonly latencyMs: number;
  /** The deadline it was decided under; null for decisions stored before that was kept. */
  readonly deadlineMs: number | null;
  readonly gap: number | null;
  /** Canonical JSON of the decision record; stored and returned unchanged, byte for byte. */
  readonly record: string;
  /** SHA-256 of `record`, hexadecimal. */
  readonly recordDigest: string;
}

/** A caller's promise that a repeated request is the same request. */
export interface IdempotencyClaim {
  readonly key: string;
  /** Digest of the request; a repeat with another digest is a conflict. */
  readonly requestDigest: string;
  readonly expiresAtUtcMs: number;
}

/** The outcome of appending a decision. */
export type Appended =
  | { readonly kind: "stored" }
  /** Another decision holds the idempotency key; nothing was stored. */
  | { readonly kind: "key-taken"; readonly decisionId: string; readonly requestDigest: string };

/** Appends made durable together; for who watches a store. */
export interface CommittedBatch {
  readonly count: number;
  /** For writing and the flush they share. */
  readonly tookMs: number;
}

/** A later event joined to a decision. */
export interface StoredOutcome {
  readonly tenant: TenantId;
  /** Chosen by the caller; unique per tenant. */
  readonly outcomeId: string;
  readonly decisionId: string;
  readonly item: string | null;
  readonly position: number | null;
  readonly kind: string;
  /**
   * Money in minor units with currency, or a plain number with currency `null`; both null if the
   * kind has no value.
   */
  readonly value: number | null;
  readonly currency: string | null;
  readonly atUtcMs: number;
  readonly receivedAtUtcMs: number;
  /** Arrived after the decision type's attribution window. */
  readonly late: boolean;
}

/** What became of one reported outcome. A `conflict` is the same outcome id with other content. */
export type OutcomeResult = "recorded" | "duplicate" | "conflict" | "unknown-decision";

/** A policy version as kept; `body` is canonical JSON. */
export interface StoredPolicy {
  readonly tenant: TenantId;
  readonly name: string;
  readonly version: number;
  readonly type: string;
  readonly body: string;
  readonly digest: string;
  readonly createdAtUtcMs: number;
  readonly principal: string;
}

/** A version of a registered item set; `body` is canonical JSON of its items. */
export interface StoredItemSet {
  readonly tenant: TenantId;
  readonly name: string;
  readonly version: number;
  readonly type: string;
  readonly body: string;
  readonly digest: string;
  readonly itemCount: number;
  readonly createdAtUtcMs: number;
}

/** Which decisions to list: newest first, a page at a time. */
export interface DecisionQuery {
  readonly tenant: TenantId;
  readonly type?: string | undefined;
  readonly policy?: string | undefined;
  readonly rung?: string | undefined;
  /** Exclusive upper end: the last id of the page before. */
  readonly beforeId?: string | undefined;
  readonly limit: number;
}

/** How far a walk over everything kept has come; plain data. */
export interface RowCursor {
  readonly table: string;
  readonly after: readonly (string | number)[];
}

/** Rows of one table as they lie there, each a JSON object of its columns. */
export interface RowBatch {
  /** The schema step the columns are of. */
  readonly schema: string;
  readonly table: string;
  readonly rows: readonly string[];
}

/** Everything the pipeline keeps. Each write is atomic and durable when its promise resolves. */
export interface Store {
  /** Stores a decision, its payloads and its key, all or nothing. */
  append(
    decision: StoredDecision,
    payloads: readonly Payload[],
    claim?: IdempotencyClaim,
  ): Promise<Appended>;
  decision(tenant: TenantId, id: string): Promise<StoredDecision | undefined>;
  /** Summaries without the record text are enough for lists; `record` is `""` here. */
  decisions(query: DecisionQuery): Promise<readonly StoredDecision[]>;
  payload(tenant: TenantId, digest: string): Promise<Payload | undefined>;
  /** Erases a personal payload; false when there is none. */
  erasePayload(tenant: TenantId, digest: string): Promise<boolean>;
  claim(
    tenant: TenantId,
    key: string,
    nowUtcMs: number,
  ): Promise<{ readonly decisionId: string; readonly requestDigest: string } | undefined>;

  /** `exists` when the same version with the same digest is there, `conflict` when with another. */
  addPolicy(policy: StoredPolicy): Promise<"added" | "exists" | "conflict">;
  policy(tenant: TenantId, name: string, version: number): Promise<StoredPolicy | undefined>;
  policies(tenant: TenantId): Promise<readonly StoredPolicy[]>;

  /**
   * Adds the next version of a set and returns it; the same content again returns the version it
   * has.
   */
  putItemSet(set: Omit<StoredItemSet, "version">): Promise<StoredItemSet>;
  /** The newest version, or the one asked for. */
  itemSet(tenant: TenantId, name: string, version?: number): Promise<StoredItemSet | undefined>;

  /** The newest version's number, without its content. */
  itemSetVersion(tenant: TenantId, name: string): Promise<number | undefined>;

  /** One result per outcome, in order. */
  addOutcomes(outcomes: readonly StoredOutcome[]): Promise<readonly OutcomeResult[]>;
  outcomes(tenant: TenantId, decisionId: string): Promise<readonly StoredOutcome[]>;

  /**
   * Removes expired idempotency keys, and decisions and payloads older than the instant; returns
   * how many rows.
   */
  expire(keysBeforeUtcMs: number, decisionsBeforeUtcMs: number): Promise<number>;
  /**
   * One page of a walk over everything kept, of every tenant, for a backup; `next` is where the
   * page after begins, absent on the last. The walk finds all that was acknowledged before it
   * began, and whatever it finds has also what it refers to.
   */
  rows(from?: RowCursor): Promise<RowBatch & { readonly next?: RowCursor | undefined }>;
  /** Resolves when the store answers; rejects when it does not. */
  ready(): Promise<void>;
  close(): Promise<void>;
}

/**
 * The tables as Kysely sees them. Instants are epoch milliseconds in `bigint` columns: the one form
 * that is exact in the port, in a message between threads and in both drivers, has no time zone to
 * get wrong, and pages by integer comparison; SQL readers write `to_timestamp(at_utc_ms / 1000.0)`.
 * Identifiers compare by byte (`collate "C"`), so that the order of UUIDv7 text is the order of
 * time on every server.
 */
import type { Role } from "#foundation";

interface DecisionTable {
  readonly tenant: string;
  readonly id: string;
  readonly type: string;
  readonly policy: string;
  readonly principal: string;
  readonly at_utc_ms: number;
  readonly rung: string;
  readonly status: string;
  readonly latency_ms: number;
  readonly deadline_ms: number | null;
  readonly gap: number | null;
  readonly record: string;
  readonly record_digest: string;
}

interface IdempotencyKeyTable {
  readonly tenant: string;
  readonly key: string;
  readonly decision_id: string;
  readonly request_digest: string;
  readonly at_utc_ms: number;
  readonly expires_at_utc_ms: number;
}

interface PayloadTable {
  readonly tenant: string;
  readonly digest: string;
  /**
   * Null once erased: the row stays, so that the record's reference is known to have been honoured.
   */
  readonly body: string | null;
  readonly personal: boolean;
}

/** Which decisions still need a payload; the last one to expire takes the payload with it. */
interface DecisionPayloadTable {
  readonly tenant: string;
  readonly decision_id: string;
  readonly digest: string;
}

interface OutcomeTable {
  readonly tenant: string;
  readonly outcome_id: string;
  readonly decision_id: string;
  readonly item: string | null;
  readonly position: number | null;
  readonly kind: string;
  readonly value: number | null;
  readonly currency: string | null;
  readonly at_utc_ms: number;
  readonly received_at_utc_ms: number;
  readonly late: boolean;
}

interface PolicyTable {
  readonly tenant: string;
  readonly name: string;
  readonly version: number;
  readonly type: string;
  readonly body: string;
  readonly digest: string;
  readonly created_at_utc_ms: number;
  readonly principal: string;
}

interface ItemSetTable {
  readonly tenant: string;
  readonly name: string;
  readonly version: number;
  readonly type: string;
  readonly body: string;
  readonly digest: string;
  readonly item_count: number;
  readonly created_at_utc_ms: number;
}

/** An API key; see the port for what its members mean. */
export interface ApiKeyTable {
  readonly tenant: string;
  readonly id: string;
  readonly name: string;
  readonly role: Role;
  /** A JSON list; null for all types. */
  readonly decision_types: string | null;
  readonly secret_digest: string;
  readonly created_at_utc_ms: number;
  readonly created_by: string;
  readonly expires_at_utc_ms: number | null;
  readonly revoked_at_utc_ms: number | null;
  readonly last_used_at_utc_ms: number | null;
}

interface CapacityTable {
  readonly tenant: string;
  readonly resource: string;
  readonly total: number;
}

/** One draw of a reservation per row. */
interface ReservationTable {
  readonly tenant: string;
  readonly id: string;
  readonly resource: string;
  readonly units: number;
  /** Null once committed. */
  readonly expires_at_utc_ms: number | null;
}

/** Every table of the store. */
export interface Tables {
  readonly decisions: DecisionTable;
  readonly idempotency_keys: IdempotencyKeyTable;
  readonly payloads: PayloadTable;
  readonly decision_payloads: DecisionPayloadTable;
  readonly outcomes: OutcomeTable;
  readonly policies: PolicyTable;
  readonly item_sets: ItemSetTable;
  readonly api_keys: ApiKeyTable;
  readonly capacities: CapacityTable;
  readonly reservations: ReservationTable;
}

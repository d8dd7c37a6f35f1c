/**
 * The tables as a backup walks over them, and the order it does so in. What refers to a decision is
 * read before the decisions, what a decision needs after them: both were written in one
 * transaction, so whatever was seen to refer is followed by what it refers to, without a snapshot
 * that would hold up the decisions being made.
 */
import type { Tables } from "../schema.ts";

/** One table of a walk. */
export interface RowTable {
  readonly table: keyof Tables;
  /** The primary key: a walk goes in its order. */
  readonly key: readonly string[];
  /** Rows per page; the larger the rows, the fewer. */
  readonly pageRows: number;
}

/** Every table, in the order of the walk. */
export const ROW_TABLES: readonly RowTable[] = Object.freeze([
  { table: "idempotency_keys", key: ["tenant", "key"], pageRows: 500 },
  { table: "outcomes", key: ["tenant", "outcome_id"], pageRows: 500 },
  { table: "decisions", key: ["tenant", "id"], pageRows: 50 },
  { table: "decision_payloads", key: ["tenant", "decision_id", "digest"], pageRows: 500 },
  { table: "payloads", key: ["tenant", "digest"], pageRows: 50 },
  { table: "policies", key: ["tenant", "name", "version"], pageRows: 100 },
  { table: "item_sets", key: ["tenant", "name", "version"], pageRows: 4 },
  { table: "api_keys", key: ["id"], pageRows: 500 },
  { table: "capacities", key: ["tenant", "resource"], pageRows: 500 },
  { table: "reservations", key: ["tenant", "id", "resource"], pageRows: 500 },
]);

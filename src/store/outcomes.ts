/**
 * Outcomes: later events joined to decisions. Reporting one twice is harmless; the same id with
 * other content is told apart from a mere repetition.
 */
import type { Kysely, Transaction } from "kysely";
import type { OutcomeResult, Store, StoredOutcome } from "#pipeline";
import type { Tables } from "./schema.ts";
import { inTransaction } from "./transaction.ts";

const ROWS_PER_STATEMENT_MAX = 1_000;

/** The outcomes part of a store over `db`. */
export function outcomeAccess(db: Kysely<Tables>): Pick<Store, "addOutcomes" | "outcomes"> {
  return {
    addOutcomes: async (outcomes) =>
      await inTransaction(db, async (transaction) => {
        const results: OutcomeResult[] = [];
        for (let start = 0; start < outcomes.length; start += ROWS_PER_STATEMENT_MAX) {
          const part = outcomes.slice(start, start + ROWS_PER_STATEMENT_MAX);
          results.push(...(await addOutcomes(transaction, part)));
        }
        return results;
      }),
    outcomes: async (tenant, decisionId) => {
      const rows = await db
        .selectFrom("outcomes")
        .selectAll()
        .where("tenant", "=", tenant)
        .where("decision_id", "=", decisionId)
        .orderBy("at_utc_ms")
        .orderBy("outcome_id")
        .execute();
      return rows.map(storedOutcome);
    },
  };
}

async function addOutcomes(
  transaction: Transaction<Tables>,
  outcomes: readonly StoredOutcome[],
): Promise<readonly OutcomeResult[]> {
  const known = await knownDecisions(transaction, outcomes);
  const joined = outcomes.filter((outcome) => known.has(decisionOf(outcome)));
  const fresh = await insertFresh(transaction, joined);
  const stored = await storedById(transaction, outcomes);
  return outcomes.map((outcome) => {
    const there = stored.get(identity(outcome));
    // Not even the id is known; a known id that now names another decision is a conflict instead.
    if (there === undefined) return "unknown-decision";
    if (known.has(decisionOf(outcome)) && fresh.delete(identity(outcome))) return "recorded";
    return sameEvent(there, outcome) ? "duplicate" : "conflict";
  });
}

/** Decisions that exist, locked against retention until their outcomes are in. */
async function knownDecisions(
  transaction: Transaction<Tables>,
  outcomes: readonly StoredOutcome[],
): Promise<ReadonlySet<string>> {
  const known = new Set<string>();
  for (const [tenant, group] of byTenant(outcomes)) {
    const ids = [...new Set(group.map((outcome) => outcome.decisionId))];
    const rows = await transaction
      .selectFrom("decisions")
      .select("id")
      .where("tenant", "=", tenant)
      .where("id", "in", ids)
      .orderBy("id")
      .forKeyShare()
      .execute();
    for (const row of rows) known.add(JSON.stringify([tenant, row.id]));
  }
  return known;
}

async function insertFresh(
  transaction: Transaction<Tables>,
  outcomes: readonly StoredOutcome[],
): Promise<Set<string>> {
  const first = new Map<string, StoredOutcome>();
  for (const outcome of outcomes) {
    if (!first.has(identity(outcome))) first.set(identity(outcome), outcome);
  }
  if (first.size === 0) return new Set();
  // Sorted, so that two reporters of the same outcomes wait for each other but never in a circle.
  const rows = [...first].sort(([a], [b]) => (a < b ? -1 : 1)).map(([, row]) => outcomeRow(row));
  const inserted = await transaction
    .insertInto("outcomes")
    .values(rows)
    .onConflict((conflict) => conflict.columns(["tenant", "outcome_id"]).doNothing())
    .returning(["tenant", "outcome_id"])
    .execute();
  return new Set(inserted.map((row) => JSON.stringify([row.tenant, row.outcome_id])));
}

async function storedById(
  transaction: Transaction<Tables>,
  outcomes: readonly StoredOutcome[],
): Promise<ReadonlyMap<string, StoredOutcome>> {
  const stored = new Map<string, StoredOutcome>();
  for (const [tenant, group] of byTenant(outcomes)) {
    const rows = await transaction
      .selectFrom("outcomes")
      .selectAll()
      .where("tenant", "=", tenant)
      .where("outcome_id", "in", [...new Set(group.map((outcome) => outcome.outcomeId))])
      .execute();
    for (const row of rows) stored.set(identity(storedOutcome(row)), storedOutcome(row));
  }
  return stored;
}

function byTenant(
  outcomes: readonly StoredOutcome[],
): ReadonlyMap<string, readonly StoredOutcome[]> {
  return Map.groupBy(outcomes, (outcome) => outcome.tenant);
}

function identity(outcome: StoredOutcome): string {
  return JSON.stringify([outcome.tenant, outcome.outcomeId]);
}

function decisionOf(outcome: StoredOutcome): string {
  return JSON.stringify([outcome.tenant, outcome.decisionId]);
}

/** Whether both tell of one event; when it was received, and so whether late, may differ. */
export function sameEvent(a: StoredOutcome, b: StoredOutcome): boolean {
  return (
    a.decisionId === b.decisionId &&
    a.item === b.item &&
    a.position === b.position &&
    a.kind === b.kind &&
    a.value === b.value &&
    a.currency === b.currency &&
    a.atUtcMs === b.atUtcMs
  );
}

function outcomeRow(outcome: StoredOutcome): Tables["outcomes"] {
  return {
    tenant: outcome.tenant,
    outcome_id: outcome.outcomeId,
    decision_id: outcome.decisionId,
    item: outcome.item,
    position: outcome.position,
    kind: outcome.kind,
    value: outcome.value,
    currency: outcome.currency,
    at_utc_ms: outcome.atUtcMs,
    received_at_utc_ms: outcome.receivedAtUtcMs,
    late: outcome.late,
  };
}

function storedOutcome(row: Tables["outcomes"]): StoredOutcome {
  return {
    tenant: row.tenant,
    outcomeId: row.outcome_id,
    decisionId: row.decision_id,
    item: row.item,
    position: row.position,
    kind: row.kind,
    value: row.value,
    currency: row.currency,
    atUtcMs: row.at_utc_ms,
    receivedAtUtcMs: row.received_at_utc_ms,
    late: row.late,
  };
}

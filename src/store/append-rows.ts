/**
 * The rows a batch of appends becomes, each once and sorted by key, so that two adapters on one
 * server never wait for each other in a circle.
 */
import type { Payload, StoredDecision } from "#pipeline";
import type { Tables } from "./schema.ts";

/** A decision with its payloads. */
export interface DecisionRows {
  readonly decision: StoredDecision;
  readonly payloads: readonly Payload[];
}

/** The payloads of a batch, and which decision links to which. */
export function payloadRows(appends: readonly DecisionRows[]) {
  const links = new Map<string, Tables["decision_payloads"]>();
  const payloads = new Map<string, Tables["payloads"]>();
  for (const { decision, payloads: own } of appends) {
    for (const { digest, text, personal } of own) {
      const { tenant, id } = decision;
      links.set(JSON.stringify([tenant, id, digest]), { tenant, decision_id: id, digest });
      payloads.set(pair(tenant, digest), { tenant, digest, body: text, personal });
    }
  }
  const sorted = [...payloads.values()].sort(
    by(
      (row) => row.tenant,
      (row) => row.digest,
    ),
  );
  return { links: [...links.values()], payloads: sorted };
}

/** The decisions of a batch. */
export function decisionRows(appends: readonly DecisionRows[]): Tables["decisions"][] {
  return appends
    .map(({ decision }) => decisionRow(decision))
    .sort(
      by(
        (row) => row.tenant,
        (row) => row.id,
      ),
    );
}

function decisionRow(decision: StoredDecision): Tables["decisions"] {
  return {
    tenant: decision.tenant,
    id: decision.id,
    type: decision.type,
    policy: decision.policy,
    principal: decision.principal,
    at_utc_ms: decision.atUtcMs,
    rung: decision.rung,
    status: decision.status,
    latency_ms: decision.latencyMs,
    deadline_ms: decision.deadlineMs,
    gap: decision.gap,
    record: decision.record,
    record_digest: decision.recordDigest,
  };
}

/** One key of a tenant's name and its own. */
export function pair(tenant: string, name: string): string {
  return JSON.stringify([tenant, name]);
}

/**
 * A comparison by the given members in turn, by UTF-16 code unit: the same order in every process.
 */
export function by<Row>(...members: readonly ((row: Row) => string)[]): (a: Row, b: Row) => number {
  return (a, b) => {
    for (const member of members) {
      if (member(a) !== member(b)) return member(a) < member(b) ? -1 : 1;
    }
    return 0;
  };
}

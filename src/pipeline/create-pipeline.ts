/** The pipeline put together: one method per sentence of the platform, over one desk. */
import { Fault, instantText, type Principal } from "#foundation";
import { openPayload, openRecord } from "#provenance";
import { writeBackup } from "./backup/write-backup.ts";
import {
  capacitiesNow,
  commitReservation,
  declareCapacity,
  releaseReservation,
  reserveFor,
} from "./capacity/shared-capacity.ts";
import { type DecisionDesk, decide } from "./decide.ts";
import { pipelineFaults } from "./faults.ts";
import { openItemShelf } from "./item-shelf.ts";
import { recordOutcomes } from "./outcomes.ts";
import type { DecisionSummary, DecisionView, Page, Pipeline } from "./pipeline.ts";
import type { Platform } from "./platform.ts";
import { openPolicyShelf } from "./policy-shelf.ts";
import type { DecisionQuery, StoredDecision } from "./ports.ts";
import { openRepeatGuard } from "./repeat.ts";
import { replayDecision, storedDecisionOf } from "./replay/replay.ts";
import { replyOf } from "./reply.ts";

/** Builds a pipeline; it owns the platform's store and pool from here on and closes them. */
export function createPipeline(platform: Platform): Pipeline {
  const desk: DecisionDesk = {
    platform,
    policies: openPolicyShelf(platform),
    items: openItemShelf(platform),
    repeats: openRepeatGuard(platform),
  };
  const inFlight = new Set<Promise<unknown>>();
  let closing: Promise<void> | undefined;

  /** Runs a sentence unless the pipeline is closing; closing waits for it. */
  function run<Result>(sentence: () => Promise<Result>): Promise<Result> {
    if (closing !== undefined) {
      const detail = "expected a running process, got one that is shutting down";
      return Promise.reject(new Fault(pipelineFaults.closing, { detail }));
    }
    const running = sentence();
    inFlight.add(running);
    const forget = () => inFlight.delete(running);
    running.then(forget, forget);
    return running;
  }

  async function shutDown(): Promise<void> {
    await Promise.allSettled(inFlight);
    await Promise.all([platform.pool.close(), platform.store.close()]);
  }

  return Object.freeze({
    types: platform.catalogue,
    decide: (principal, type, body, options = {}) =>
      run(async () => decide(desk, principal, type, body, options)),
    decision: (principal, id) => run(() => viewDecision(desk, principal, id)),
    decisions: (principal, query) => run(() => listDecisions(desk, principal, query)),
    replay: (principal, id, signal) => run(() => replayDecision(desk, principal, id, signal)),
    recordOutcomes: (principal, outcomes) =>
      run(() => recordOutcomes(platform, principal, outcomes)),
    policies: (principal) => run(() => desk.policies.list(principal)),
    addPolicy: (principal, body) => run(() => desk.policies.add(principal, body)),
    putItems: (principal, name, type, items) =>
      run(() => desk.items.put(principal, name, type, items)),
    items: (principal, name) => run(() => desk.items.facts(principal, name)),
    itemEntries: (principal, name, ids, version) =>
      run(() => desk.items.entries(principal, name, ids, version)),
    capacities: (principal, resources) => run(() => capacitiesNow(platform, principal, resources)),
    declareCapacity: (principal, totals) => run(() => declareCapacity(platform, principal, totals)),
    reserveCapacity: (principal, wish) => run(() => reserveFor(platform, principal, wish)),
    commitReservation: (principal, id) => run(() => commitReservation(platform, principal, id)),
    releaseReservation: (principal, id) => run(() => releaseReservation(platform, principal, id)),
    backup: () => writeBackup(platform),
    ready: async () => {
      await Promise.all([platform.store.ready(), platform.pool.ready()]);
    },
    close: () => {
      closing ??= shutDown();
      return closing;
    },
  } satisfies Pipeline);
}

async function viewDecision(
  desk: DecisionDesk,
  principal: Principal,
  id: string,
): Promise<DecisionView> {
  const stored = await storedDecisionOf(desk, principal, id);
  const record = openRecord({ text: stored.record, digest: stored.recordDigest });
  const { store } = desk.platform;
  const outcomes = await store.outcomes(principal.tenant, id);
  const payload = await store.payload(principal.tenant, record.request.digest);
  const { recordDigest } = stored;
  return {
    reply: replyOf(record),
    request: payload === undefined ? null : openPayload(payload.text),
    record: JSON.parse(stored.record),
    recordDigest,
    outcomes,
  };
}

async function listDecisions(
  { platform }: DecisionDesk,
  principal: Principal,
  query: Omit<DecisionQuery, "tenant">,
): Promise<Page<DecisionSummary>> {
  const { limit } = query;
  // One more than asked for tells whether there is a page after this one.
  const rows = await platform.store.decisions({
    ...query,
    tenant: principal.tenant,
    limit: limit + 1,
  });
  const items = rows.slice(0, limit).map(summaryOf);
  const last = items.at(-1);
  return rows.length > limit && last !== undefined ? { items, next: last.decisionId } : { items };
}

function summaryOf(row: StoredDecision): DecisionSummary {
  const { id, type, policy, rung, status, latencyMs, deadlineMs, gap } = row;
  const at = instantText(row.atUtcMs);
  return { decisionId: id, type, policy, at, rung, status, latencyMs, deadlineMs, gap };
}

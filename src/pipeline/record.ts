/**
 * Station 6: the decision sealed: one record of everything the stations before made, and the
 * payloads it commits to.
 */
import { canonicalForm, instantText } from "#foundation";
import { problemDigest } from "#problem";
import {
  type Decided,
  type DecisionRecord,
  RECORD_SCHEMA_VERSION,
  recordAttempt,
  type SealedPayload,
  type SealedRecord,
  seal,
  sealPayload,
} from "#provenance";
import type { SolveReport } from "#runtime";
import type { AdmittedRequest } from "./admit.ts";
import type { Assignment } from "./assign.ts";
import type { Reservation } from "./capacity/reserve.ts";
import type { Decision } from "./conclude.ts";
import type { Formulation, FoundIntents } from "./formulate.ts";
import type { Platform } from "./platform.ts";
import type { Payload, StoredDecision } from "./ports.ts";

/** A sealed decision with the payloads its record commits to. */
export interface KeptDecision {
  readonly record: DecisionRecord;
  readonly sealed: SealedRecord;
  readonly payloads: readonly Payload[];
}

/** Everything the record is made of. */
export interface Stations {
  readonly admitted: AdmittedRequest;
  readonly assignment: Assignment;
  readonly formulation: Formulation;
  readonly seed: number;
  readonly report: SolveReport;
  readonly decision: Decision;
  readonly reservation: Reservation;
  readonly intents: FoundIntents | undefined;
  readonly deadlineMs: number;
  readonly solveMs: number;
}

/** What a replay has to reproduce. */
export function decidedPart(
  formulation: Pick<Formulation, "posed">,
  report: SolveReport,
  decision: Decision,
): Decided {
  return {
    problemDigest: problemDigest(formulation.posed.problem),
    answer: decision.answer,
    quality: decision.quality,
    reasons: decision.reasons,
    attempts: report.attempts.map(recordAttempt),
  };
}

/** Seals a decision. */
export function sealDecision(platform: Platform, stations: Stations): KeptDecision {
  const { admitted, assignment, formulation, report } = stations;
  const { type, principal } = admitted;
  const content = sealPayload(admitted.content, platform.newSalt());
  const personal =
    admitted.personal === undefined ? null : sealPayload(admitted.personal, platform.newSalt());
  const items = formulation.items;
  const { free } = stations.reservation;
  const { intents } = stations;
  const record = canonicalForm<DecisionRecord>({
    schemaVersion: RECORD_SCHEMA_VERSION,
    decisionId: stations.reservation.decisionId,
    tenant: principal.tenant,
    principal: principal.name,
    type: { id: type.id, version: type.version },
    at: instantText(admitted.atUtcMs),
    profile: platform.profile,
    request: { digest: content.digest },
    personal: personal === null ? null : { digest: personal.digest },
    items:
      items === undefined
        ? null
        : { name: items.name, version: items.version, digest: items.digest },
    ...(free !== undefined && { free: Object.fromEntries(free) }),
    ...(intents !== undefined && {
      intents: { model: intents.model, found: Object.fromEntries(intents.found) },
    }),
    policy: { reference: assignment.reference, digest: assignment.digest },
    assignment: { arm: assignment.arm, propensity: assignment.propensity },
    seed: stations.seed,
    decided: decidedPart(formulation, report, stations.decision),
    egress: [],
    timing: {
      deadlineMs: stations.deadlineMs,
      solveMs: roundMs(stations.solveMs),
      totalMs: roundMs(platform.clock.monotonicMs() - admitted.receivedAtMs),
      attempts: report.attempts.map(({ startedMs, endedMs }) => {
        return [roundMs(startedMs), roundMs(endedMs)] as const;
      }),
    },
  });
  return Object.freeze({ record, sealed: seal(record), payloads: payloadsOf(content, personal) });
}

function payloadsOf(content: SealedPayload, personal: SealedPayload | null): Payload[] {
  const kept: Payload[] = [{ ...content, personal: false }];
  if (personal !== null) kept.push({ ...personal, personal: true });
  return kept;
}

/** The row a store keeps. */
export function storedDecision({ record, sealed }: KeptDecision): StoredDecision {
  const { quality } = record.decided;
  return {
    tenant: record.tenant,
    id: record.decisionId,
    type: record.type.id,
    policy: record.policy.reference,
    principal: record.principal,
    atUtcMs: Date.parse(record.at),
    rung: quality.rung,
    status: quality.status,
    latencyMs: record.timing.totalMs,
    deadlineMs: record.timing.deadlineMs,
    gap: quality.gap,
    record: sealed.text,
    recordDigest: sealed.digest,
  };
}

/** Microseconds are as fine as the clock is worth. */
function roundMs(ms: number): number {
  return Math.round(ms * 1000) / 1000;
}

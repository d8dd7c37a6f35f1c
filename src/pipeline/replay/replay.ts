/**
 * Replay: the recorded request is read again against the recorded policy, items and instant, the
 * recorded attempts are run again, and what comes out is compared byte for byte.
 */
import { type Clock, Fault, type Principal } from "#foundation";
import {
  compareDecided,
  type DecisionRecord,
  openPayload,
  openRecord,
  restoreAttempt,
} from "#provenance";
import { replay as replaySolve } from "#runtime";
import { typeNamed } from "../admit.ts";
import { conclude } from "../conclude.ts";
import type { DecisionDesk } from "../decide.ts";
import { pipelineFaults } from "../faults.ts";
import { formulate } from "../formulate.ts";
import type { ReplayReport } from "../pipeline.ts";
import type { StoredDecision } from "../ports.ts";
import { decidedPart } from "../record.ts";
import { replayPool } from "./replay-pool.ts";

/**
 * How long a replay may take: several times its decision's search, because its lanes run in turn
 * and the machine may be busier than it was then.
 */
const REPLAY_MS_MIN = 10_000;
const REPLAY_TIMES_MAX = 8;

/**
 * Replays a decision; stops when `signal` is aborted.
 *
 * @throws Fault `unknown-decision`, `not-replayable` when what it was decided from has been erased,
 * or `replay-out-of-time`.
 */
export async function replayDecision(
  desk: DecisionDesk,
  principal: Principal,
  id: string,
  signal?: AbortSignal,
): Promise<ReplayReport> {
  const { platform } = desk;
  const fromMs = platform.clock.monotonicMs();
  const stored = await storedDecisionOf(desk, principal, id);
  const record = openRecord({ text: stored.record, digest: stored.recordDigest });
  const type = typeNamed(platform, record.type.id);
  const { policy } = await desk.policies.find(record.tenant, type, record.policy.reference);
  const parsed = type.parse(await recordedContent(desk, record));
  const reread = { parsed, type, principal, atUtcMs: Date.parse(record.at) };
  const free = record.free && new Map(Object.entries(record.free));
  const intents = record.intents && new Map(Object.entries(record.intents.found));
  const seen = { itemsVersion: record.items?.version, free, intents };
  const formulation = await formulate(desk.items, reread, { policy }, seen);
  const { problem } = formulation.posed;
  const { rule } = formulation;
  const recorded = record.decided.attempts.map(restoreAttempt);
  const withinMs = Math.max(REPLAY_MS_MIN, REPLAY_TIMES_MAX * record.timing.solveMs);
  const again = await calledOffAfter(withinMs, platform.clock, signal, (calledOff) =>
    replaySolve(
      { problem, plan: policy.plan, seed: record.seed, rule },
      recorded,
      replayPool(platform.pool, calledOff),
    ),
  );
  const decision = conclude(formulation, again.report, policy);
  const decided = decidedPart(formulation, again.report, decision);
  const isFeasible = formulation.posed.check(decision.answer).broken.length === 0;
  const profiles = { recorded: record.profile, here: platform.profile };
  const comparison = compareDecided(record.decided, decided, isFeasible, profiles);
  const replayMs = platform.clock.monotonicMs() - fromMs;
  return { decisionId: id, ...comparison, taken: again.taken, replayMs };
}

/** @throws Fault `replay-out-of-time` where `work` was called off, by time or by `signal`. */
async function calledOffAfter<Result>(
  withinMs: number,
  clock: Clock,
  signal: AbortSignal | undefined,
  work: (calledOff: AbortSignal) => Promise<Result>,
): Promise<Result> {
  const tooLong = new AbortController();
  const cancel = clock.after(withinMs, () => tooLong.abort());
  const calledOff = AbortSignal.any([tooLong.signal, ...(signal === undefined ? [] : [signal])]);
  try {
    const result = await work(calledOff);
    if (!calledOff.aborted) return result;
  } finally {
    cancel();
  }
  const detail = `expected a replay within ${withinMs.toFixed(0)} ms, for as long as it is awaited`;
  throw new Fault(pipelineFaults.replayTooLong, { detail });
}

/** @throws Fault `unknown-decision`. */
export async function storedDecisionOf(
  desk: DecisionDesk,
  principal: Principal,
  id: string,
): Promise<StoredDecision> {
  const stored = await desk.platform.store.decision(principal.tenant, id);
  if (stored !== undefined) return stored;
  const detail = `expected the id of a recorded decision, got "${id}"`;
  throw new Fault(pipelineFaults.unknownDecision, { detail });
}

/** The recorded request; personal members are not needed to decide and stay where they are. */
async function recordedContent(desk: DecisionDesk, record: DecisionRecord): Promise<unknown> {
  const payload = await desk.platform.store.payload(record.tenant, record.request.digest);
  if (payload !== undefined) return openPayload(payload.text);
  const detail = `the request of decision ${record.decisionId} has been erased`;
  throw new Fault(pipelineFaults.notReplayable, { detail });
}

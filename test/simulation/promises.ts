/**
 * What the platform promises, as checks on what its clients saw and on what is stored afterwards.
 * Each broken promise becomes one sentence in the ledger, beginning with the promise's name.
 */
import { type DecisionType, type ItemSet, policySchema, typeNamed } from "#decisions";
import { canonicalJson, type Json, present } from "#foundation";
import type { DecisionReply, DecisionView, Store } from "#pipeline";
import type { Ledger, Sending } from "./ledger.ts";
import { TENANTS } from "./schedule.ts";
import { itemSetOf, policyOf, principalOf } from "./simulated-clients.ts";
import type { SimulatedProcess } from "./simulated-process.ts";
import type { SimulatedDisk } from "./simulated-store.ts";

const TOLERANCE = 1e-9;
/** A refusal is made of a few steps after the deadline has struck. */
const REFUSAL_MS_MAX = 2;

/** Every request ended by its deadline, in an answer or in a refusal a caller can read. */
export function checkEndings(ledger: Ledger): void {
  for (const sending of ledger.sendings) {
    const { ending, sentAtMs, endedAtMs, stalledMs } = sending;
    const tookMs = endedAtMs - sentAtMs;
    if (ending.kind === "crashed") ledger.broken.push(`crash: ${ending.what}`);
    if (ending.kind === "answered") {
      const { deadlineMs } = ending.reply.timing;
      const lateMs = ending.atMs - sentAtMs - deadlineMs;
      if (lateMs > 0) ledger.broken.push(`deadline: a reply ${lateMs} ms after ${deadlineMs} ms`);
    }
    if (ending.kind === "refused") {
      const byMs = deadlineMsOf(sending) + stalledMs + REFUSAL_MS_MAX;
      if (tookMs <= byMs) continue;
      const took = `after ${tookMs.toFixed(1)} ms, expected by ${byMs.toFixed(1)} ms`;
      ledger.broken.push(`deadline: ${ending.code} ${took}`);
    }
  }
  for (const { decisionId, verdict, differences } of ledger.replays) {
    if (verdict === "identical") continue;
    ledger.broken.push(`replay: decision ${decisionId} is ${verdict}: ${differences.join("; ")}`);
  }
  checkKeys(ledger);
}

/** Nothing is left of requests that have ended: no place taken, no timer, no lane. */
export function checkQuiet(ledger: Ledger, process: SimulatedProcess): void {
  const left = {
    inFlight: process.admission.inFlight,
    queued: process.admission.queued,
    lanes: process.pool.waiting(),
    timers: process.clock.pendingCount(),
  };
  for (const [what, count] of Object.entries(left)) {
    if (count !== 0) ledger.broken.push(`rest: expected no ${what} at rest, got ${count}`);
  }
}

/** What was acknowledged is there after a restart, as it was, and every answer is sound. */
export async function checkStored(
  ledger: Ledger,
  process: SimulatedProcess,
  disk: SimulatedDisk,
): Promise<void> {
  const store = await disk.recovered();
  const checked = new Set<string>();
  for (const { asking, reply, body } of ledger.recorded()) {
    const { decisionId } = reply;
    if (checked.has(decisionId)) continue;
    checked.add(decisionId);
    const principal = principalOf(asking.tenant);
    const view = await process.pipeline.decision(principal, decisionId).catch(() => undefined);
    if (view === undefined) {
      ledger.broken.push(`lost: decision ${decisionId} was acknowledged and is not there`);
      continue;
    }
    if (canonicalJson(view.reply) !== canonicalJson(reply)) {
      ledger.broken.push(`lost: decision ${decisionId} is not as it was acknowledged`);
    }
    ledger.broken.push(...(await flawsOf(asking, body, reply, itemsVersionOf(view), store)));
    const { verdict, differences } = await process.pipeline.replay(principal, decisionId);
    if (verdict === "identical") continue;
    ledger.broken.push(`replay: decision ${decisionId} is ${verdict}: ${differences.join("; ")}`);
  }
  await checkUnrecorded(ledger, store);
  await checkOutcomes(ledger, store);
  await checkTenants(ledger, process);
}

/** The deadline a refused client may count on. */
function deadlineMsOf({ asking }: Sending): number {
  const type = present(typeNamed(asking.actor.type), asking.actor.type);
  const { policyVersion, tenant, actor } = asking;
  const policy =
    policyVersion === undefined
      ? type.defaultPolicy
      : policySchema.parse(policyOf(actor, tenant, policyVersion));
  // A process that has yet to read the policy goes by the type's own deadline.
  const { deadlineMs } = type.defaultPolicy.contract;
  return asking.deadlineMs ?? Math.max(deadlineMs, policy.contract.deadlineMs);
}

/** One key, one answer. */
function checkKeys(ledger: Ledger): void {
  const keyed = ledger.recorded().filter(({ asking }) => asking.key !== undefined);
  const byRequest = Map.groupBy(keyed, ({ asking }) => JSON.stringify([asking.tenant, asking.key]));
  for (const [key, answers] of byRequest) {
    const distinct = new Set(answers.map(({ reply }) => canonicalJson(reply)));
    if (distinct.size === 1) continue;
    ledger.broken.push(`key: ${key} got ${distinct.size} different answers`);
  }
}

/** Feasible by the type's own judge, worth what it says, and no worse than the rule. */
async function flawsOf(
  asking: Sending["asking"],
  body: Json,
  reply: DecisionReply,
  itemsVersion: number | undefined,
  store: Store,
): Promise<readonly string[]> {
  const type = present(typeNamed(asking.actor.type), asking.actor.type);
  const [name, version] = reply.policy.split("@");
  const stored = await store.policy(asking.tenant, name, Number(version));
  const policy = policySchema.parse(JSON.parse(present(stored, reply.policy).body));
  const items = await storedItems(type, asking, itemsVersion, store);
  const posed = type
    .parse(body)
    .pose({ policy, items, atUtcMs: Date.parse(reply.timing.receivedAt) });
  const flaws: string[] = [];
  const flaw = (promise: string, what: string) =>
    flaws.push(`${promise}: decision ${reply.decisionId} ${what}`);
  const { broken, objective } = posed.check(reply.answer);
  if (broken.length > 0) flaw("feasible", `breaks ${broken.join(", ")}`);
  const slack = TOLERANCE * Math.max(1, Math.abs(objective));
  if (Math.abs(objective - reply.quality.objective) > slack) {
    flaw("feasible", `claims ${reply.quality.objective}, is worth ${objective}`);
  }
  const rule = posed.rule();
  const ruled = rule === undefined ? undefined : posed.read(rule);
  if (ruled === undefined || posed.check(ruled).broken.length > 0) return flaws;
  const lengths = [ruled, reply.answer].map((answer) => asking.actor.length(answer));
  const isShorter = lengths[1] < lengths[0];
  const isLess = lengths[1] === lengths[0] && objective < posed.check(ruled).objective - slack;
  if (isShorter || isLess) flaw("rule", "is worse than the rule's answer");
  return flaws;
}

async function storedItems(
  type: DecisionType,
  { actor, tenant, usesItems }: Sending["asking"],
  version: number | undefined,
  store: Store,
): Promise<ItemSet | undefined> {
  if (!usesItems) return undefined;
  const set = present(await store.itemSet(tenant, itemSetOf(actor), version), itemSetOf(actor));
  return { ...set, prepared: type.prepareItems(JSON.parse(set.body)) };
}

/** Answers that left unrecorded stand the same checks, under one of the versions of the items. */
async function checkUnrecorded(ledger: Ledger, store: Store): Promise<void> {
  for (const { ending, asking, body } of ledger.sendings) {
    if (ending.kind !== "answered" || ending.reply.unrecorded !== true) continue;
    const newest = (await store.itemSetVersion(asking.tenant, itemSetOf(asking.actor))) ?? 1;
    const versions = asking.usesItems ? Array.from({ length: newest }, (_, at) => at + 1) : [1];
    const flaws: (readonly string[])[] = [];
    for (const version of versions) {
      flaws.push(
        await flawsOf(asking, body, ending.reply, version, store).catch((e) => [String(e)]),
      );
    }
    if (!flaws.some((found) => found.length === 0)) ledger.broken.push(...flaws.flat());
  }
}

async function checkOutcomes(ledger: Ledger, store: Store): Promise<void> {
  for (const { tenant, decisionId, outcomeId, result } of ledger.reported) {
    if (result !== "recorded") continue;
    const kept = await store.outcomes(tenant, decisionId);
    if (kept.some((outcome) => outcome.outcomeId === outcomeId)) continue;
    ledger.broken.push(`lost: outcome ${outcomeId} of ${decisionId} was acknowledged`);
  }
}

/** Each tenant lists its own decisions and no other's, each under one key only. */
async function checkTenants(ledger: Ledger, process: SimulatedProcess): Promise<void> {
  const owners = new Map(ledger.recorded().map(({ reply, asking }) => [reply.decisionId, asking]));
  for (const tenant of TENANTS) {
    const { items } = await process.pipeline.decisions(principalOf(tenant), { limit: 200 });
    const seen = items.map(({ decisionId }) => decisionId);
    if (new Set(seen).size !== seen.length) ledger.broken.push(`ids: ${tenant} has one id twice`);
    for (const id of seen) {
      const owner = owners.get(id)?.tenant ?? tenant;
      if (owner !== tenant) ledger.broken.push(`tenants: ${tenant} lists a decision of ${owner}`);
    }
    if (seen.toSorted().toReversed().join() !== seen.join()) {
      ledger.broken.push(`ids: ${tenant}'s decisions are not listed newest first`);
    }
  }
}

function itemsVersionOf({ record }: DecisionView): number | undefined {
  const { items }: { readonly items?: { readonly version: number } | null } = Object(record);
  return items?.version;
}

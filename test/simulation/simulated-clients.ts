/**
 * The clients of a schedule: they ask, leave, try again, report what happened, look things up, and
 * write down in the ledger what they saw.
 */
import { Fault, type Json, type Principal, present, randomStream, unreachable } from "#foundation";
import { ACTORS, type Actor, drawnPolicy } from "./actors.ts";
import type { Ending, Ledger } from "./ledger.ts";
import { type Act, type Asking, TENANTS } from "./schedule.ts";
import type { Handed, SimulatedProcess } from "./simulated-process.ts";
import type { VirtualTime } from "./virtual-time.ts";

/** Where clients find the platform: `undefined` while no process runs. */
export interface Premises {
  readonly time: VirtualTime;
  readonly ledger: Ledger;
  process(): SimulatedProcess | undefined;
}

/** What clients do; the rest of a schedule is done to the platform. */
export type ClientAct = Exclude<Act, { readonly kind: "crash" | "restart" | "set-clock" }>;

const RETRY_AFTER_MS = 40;
const OUTCOME_AFTER_MS = 1000;

/** The item set every tenant has for a decision type. */
export function itemSetOf(actor: Actor): string {
  return `set-of-${actor.type}`;
}

/** The policy of `version`: the same for everybody who reckons it. */
export function policyOf(actor: Actor, tenant: string, version: number): Json {
  return drawnPolicy(actor, version, randomStream(version, "policy", tenant));
}

/** The body of a request. */
export function bodyOf(asking: Asking): Json {
  const { actor, usesItems, policyVersion, deadlineMs, seed } = asking;
  const policy =
    policyVersion === undefined ? undefined : `simulated-${actor.type}@${policyVersion}`;
  return {
    ...actor.request(asking.bodySeed, usesItems ? itemSetOf(actor) : undefined),
    options: {
      ...(policy !== undefined && { policy }),
      ...(deadlineMs !== undefined && { deadlineMs }),
      ...(seed !== undefined && { seed }),
    },
  };
}

/** Who acts for a tenant. */
export function principalOf(tenant: string): Principal {
  return { tenant, name: `client of ${tenant}`, role: "admin" };
}

/** Does what `act` says; resolves when its client has seen the end of it. */
export async function performAct(premises: Premises, act: ClientAct): Promise<void> {
  switch (act.kind) {
    case "ask":
      return askUntilAnswered(premises, act.asking);
    case "report":
      return report(premises, act.draw);
    case "replay":
      return replay(premises, act.draw);
    case "look-up":
      return lookUp(premises, act.draw);
    case "list":
      return list(premises, act.draw);
    case "register-items":
      return attempt(premises, async ({ pipeline }) => {
        for (const actor of ACTORS) {
          const items = actor.items?.(act.seed);
          if (items === undefined) continue;
          await pipeline.putItems(principalOf(act.tenant), itemSetOf(actor), actor.type, items);
        }
      });
    case "add-policy":
      return attempt(premises, async ({ pipeline }) => {
        for (const actor of ACTORS) {
          await pipeline.addPolicy(principalOf(act.tenant), policyOf(actor, act.tenant, act.seed));
        }
      });
    default:
      return unreachable(act);
  }
}

async function askUntilAnswered(premises: Premises, asking: Asking): Promise<void> {
  for (let retries = 0; ; retries += 1) {
    const ending = await askOnce(premises, asking);
    const mayRetry = ending.kind === "lost" || (ending.kind === "refused" && ending.mayRetry);
    if (!mayRetry || retries >= asking.retriesMax) return;
    const afterMs = ending.kind === "refused" ? ending.retryAfterMs : undefined;
    await new Promise<void>((resolve) => {
      premises.time.at(premises.time.nowMs + (afterMs ?? RETRY_AFTER_MS), resolve);
    });
  }
}

async function askOnce({ time, ledger, process }: Premises, asking: Asking): Promise<Ending> {
  const body = bodyOf(asking);
  const running = process();
  const leaving = new AbortController();
  const sentAtMs = time.nowMs;
  let forget = () => {};
  const left = new Promise<"left">((resolve) => {
    if (asking.leavesAfterMs === undefined) return;
    forget = time.at(sentAtMs + asking.leavesAfterMs, () => {
      leaving.abort();
      resolve("left");
    });
  });
  const replying = running?.decide(asking.actor.type, body, {
    principal: principalOf(asking.tenant),
    idempotencyKey: asking.key,
    signal: leaving.signal,
  });
  const ending = await endingOf(
    running === undefined ? Promise.resolve("died") : Promise.race([replying, running.died, left]),
  );
  forget();
  const stalledMs = time.stalledSinceMs(sentAtMs);
  ledger.sendings.push({ asking, body, sentAtMs, endedAtMs: time.nowMs, stalledMs, ending });
  return ending;
}

async function endingOf(seen: Promise<"died" | "left" | undefined | Handed>): Promise<Ending> {
  try {
    const handed = await seen;
    if (handed === "left") return { kind: "left" };
    if (handed === "died" || handed === undefined) return { kind: "lost" };
    return { kind: "answered", ...handed };
  } catch (error) {
    if (!(error instanceof Fault)) return { kind: "crashed", what: wordsFor(error) };
    const { row, retryAfterMs } = error;
    return { kind: "refused", code: row.code, mayRetry: row.retry, retryAfterMs };
  }
}

async function report(premises: Premises, draw: number): Promise<void> {
  const { ledger } = premises;
  const chosen = drawn(ledger.recorded(), draw);
  if (chosen === undefined) return;
  const { asking, reply } = chosen;
  const { tenant, actor } = asking;
  const outcomeId = `outcome-${draw % 50}`;
  const at = new Date(Date.parse(reply.timing.receivedAt) + OUTCOME_AFTER_MS).toISOString();
  const { decisionId } = reply;
  const event = actor.outcome(reply.answer, randomStream(draw, "outcome"));
  await attempt(premises, async ({ pipeline }) => {
    const outcome = { ...event, outcomeId, decisionId, at };
    const [receipt] = await pipeline.recordOutcomes(principalOf(tenant), [outcome]);
    ledger.reported.push({ tenant, decisionId, outcomeId, result: receipt.result });
    if (receipt.result !== "unknown-decision") return;
    ledger.broken.push(`lost: decision ${decisionId} is unknown to its own outcome`);
  });
}

async function replay(premises: Premises, draw: number): Promise<void> {
  const chosen = drawn(premises.ledger.recorded(), draw);
  if (chosen === undefined) return;
  await attempt(premises, async ({ pipeline }) => {
    const { tenant } = chosen.asking;
    const { decisionId } = chosen.reply;
    premises.ledger.replays.push(await pipeline.replay(principalOf(tenant), decisionId));
  });
}

/** Looks a decision up as another tenant would: there must be nothing to see. */
async function lookUp(premises: Premises, draw: number): Promise<void> {
  const chosen = drawn(premises.ledger.recorded(), draw);
  if (chosen === undefined) return;
  const { decisionId } = chosen.reply;
  const stranger = present(
    TENANTS.find((tenant) => tenant !== chosen.asking.tenant),
    "another tenant",
  );
  await attempt(premises, async ({ pipeline }) => {
    const seen = await pipeline.decision(principalOf(stranger), decisionId).catch(codeOf);
    if (seen === "unknown-decision" || typeof seen === "string") return;
    premises.ledger.broken.push(`tenants: ${stranger} sees decision ${decisionId} of another`);
  });
}

async function list(premises: Premises, draw: number): Promise<void> {
  const { ledger } = premises;
  const tenant = TENANTS[draw % TENANTS.length];
  await attempt(premises, async ({ pipeline }) => {
    const page = await pipeline.decisions(principalOf(tenant), { limit: 200 });
    const others = ledger.recorded().filter(({ asking }) => asking.tenant !== tenant);
    const theirs = new Set(others.map(({ reply }) => reply.decisionId));
    const seen = page.items.filter(({ decisionId }) => theirs.has(decisionId));
    if (seen.length > 0) ledger.broken.push(`tenants: ${tenant} lists ${seen.length} of others`);
  });
}

/** Speaks to the platform if it is there; its refusals and its death are nothing to remark on. */
async function attempt(
  { ledger, process }: Premises,
  speak: (process: SimulatedProcess) => Promise<void>,
): Promise<void> {
  const running = process();
  if (running === undefined) return;
  try {
    await Promise.race([speak(running), running.died]);
  } catch (error) {
    if (!(error instanceof Fault)) ledger.broken.push(`crash: ${wordsFor(error)}`);
  }
}

function drawn<Item>(items: readonly Item[], draw: number): Item | undefined {
  return items[draw % Math.max(1, items.length)];
}

function codeOf(error: unknown): string {
  if (error instanceof Fault) return error.row.code;
  throw error;
}

function wordsFor(error: unknown): string {
  return error instanceof Error ? (error.stack ?? error.message) : String(error);
}

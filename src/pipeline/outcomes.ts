/**
 * Outcomes: what happened later, joined to a decision by its id. Reports are idempotent by outcome
 * id; a report that comes after the attribution window is kept and marked late, one for an unknown
 * decision is said to be so.
 */
import { Fault, type Flaw, isIdentifier, type Principal } from "#foundation";
import { pipelineFaults } from "./faults.ts";
import type { OutcomeReceipt, ReportedOutcome } from "./pipeline.ts";
import type { Platform } from "./platform.ts";
import type { StoredOutcome } from "./ports.ts";

/** Outcomes later than this after their decision are marked late. */
const ATTRIBUTION_WINDOW_MS = 30 * 24 * 3_600_000;

/** Clocks of reporters may run this much behind the decision's. */
const CLOCK_SKEW_MS = 5 * 60_000;

/** And this much ahead of now: a day, for those that mistake their zone. */
const AHEAD_MS_MAX = 24 * 3_600_000;

/**
 * Records outcomes, each atomically; one receipt per outcome, in order.
 *
 * @throws Fault `invalid-outcome` listing every flaw; then nothing was recorded.
 */
export async function recordOutcomes(
  platform: Pick<Platform, "store" | "clock" | "catalogue">,
  principal: Principal,
  outcomes: readonly ReportedOutcome[],
): Promise<readonly OutcomeReceipt[]> {
  const kinds = new Set(platform.catalogue.flatMap((type) => type.outcomeKinds));
  const receivedAtUtcMs = platform.clock.utcMs();
  const flaws = outcomes.flatMap((outcome, index) =>
    flawsOf(outcome, index, kinds, receivedAtUtcMs),
  );
  if (flaws.length > 0) {
    const detail = `expected outcomes that keep their schema, got ${flaws.length} flaws`;
    throw new Fault(pipelineFaults.badOutcome, { detail, flaws });
  }
  const rows = outcomes.map((outcome) => toRow(principal, outcome, receivedAtUtcMs));
  const results = await platform.store.addOutcomes(rows);
  return rows.map(({ outcomeId, late }, index) => ({ outcomeId, late, result: results[index] }));
}

function flawsOf(
  outcome: ReportedOutcome,
  index: number,
  kinds: ReadonlySet<string>,
  nowUtcMs: number,
): Flaw[] {
  const flaws: Flaw[] = [];
  const flaw = (member: string, message: string) =>
    flaws.push({ pointer: `/${index}/${member}`, message });
  if (!kinds.has(outcome.kind)) {
    flaw("kind", `expected one of ${[...kinds].join(", ")}, got "${outcome.kind}"`);
  }
  const atUtcMs = Date.parse(outcome.at);
  if (atUtcMs > nowUtcMs + AHEAD_MS_MAX) {
    flaw("at", `expected an instant that has been, got ${outcome.at}`);
  }
  if (!isIdentifier(outcome.decisionId)) {
    flaw("decisionId", `expected a decision id, got "${outcome.decisionId}"`);
  } else if (atUtcMs < decisionTimeOf(outcome.decisionId) - CLOCK_SKEW_MS) {
    flaw("at", `expected an instant after the decision, got ${outcome.at}`);
  }
  return flaws;
}

function toRow(
  principal: Principal,
  outcome: ReportedOutcome,
  receivedAtUtcMs: number,
): StoredOutcome {
  const { outcomeId, decisionId, kind, value } = outcome;
  const atUtcMs = Date.parse(outcome.at);
  return {
    tenant: principal.tenant,
    outcomeId,
    decisionId,
    item: outcome.item ?? null,
    position: outcome.position ?? null,
    kind,
    value: typeof value === "object" ? value.minor : (value ?? null),
    currency: typeof value === "object" ? value.currency : null,
    atUtcMs,
    receivedAtUtcMs,
    late: atUtcMs - decisionTimeOf(decisionId) > ATTRIBUTION_WINDOW_MS,
  };
}

/** A UUIDv7 begins with its time: 48 bits of Unix milliseconds (RFC 9562, 5.7). */
function decisionTimeOf(id: string): number {
  return Number.parseInt(id.slice(0, 8) + id.slice(9, 13), 16);
}

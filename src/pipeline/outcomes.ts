/**
 * Outcomes: what happened later, joined to a decision by its id. Reports are idempotent by outcome
 * id; a report that comes after the attribution window is kept and marked late, one for an unknown
 * decision is said to be so, and one of an item the decision did not show is refused.
 */
import type { ShownItem } from "#decisions";
import { Fault, type Flaw, isIdentifier, type Principal } from "#foundation";
import { openRecord } from "#provenance";
import { pipelineFaults } from "./faults.ts";
import type { OutcomeReceipt, ReportedOutcome } from "./pipeline.ts";
import type { Platform } from "./platform.ts";
import type { StoredDecision, StoredOutcome } from "./ports.ts";

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
  refuseFlawed(flaws, "outcomes that keep their schema");
  refuseFlawed(await strangersIn(platform, principal, outcomes), "outcomes of what was shown");
  const rows = outcomes.map((outcome) => toRow(principal, outcome, receivedAtUtcMs));
  const results = await platform.store.addOutcomes(rows);
  return rows.map(({ outcomeId, late }, index) => ({ outcomeId, late, result: results[index] }));
}

function refuseFlawed(flaws: readonly Flaw[], expected: string): void {
  if (flaws.length === 0) return;
  const detail = `expected ${expected}, got ${flaws.length} flaws`;
  throw new Fault(pipelineFaults.badOutcome, { detail, flaws });
}

/** Items and positions that are not in the answer of the decision they are reported for. */
async function strangersIn(
  platform: Pick<Platform, "store" | "catalogue">,
  { tenant }: Principal,
  outcomes: readonly ReportedOutcome[],
): Promise<Flaw[]> {
  const placed = outcomes.filter(({ item, position }) => (item ?? position) !== undefined);
  const ids = [...new Set(placed.map(({ decisionId }) => decisionId))];
  const shown = new Map(
    await Promise.all(
      ids.map(
        async (id) => [id, shownBy(platform, await platform.store.decision(tenant, id))] as const,
      ),
    ),
  );
  return outcomes.flatMap((outcome, index) => {
    const items = shown.get(outcome.decisionId);
    return items === undefined ? [] : strangeness(outcome, index, items);
  });
}

/** What a decision showed; `undefined` where nothing is known of it. */
function shownBy(
  { catalogue }: Pick<Platform, "catalogue">,
  stored: StoredDecision | undefined,
): readonly ShownItem[] | undefined {
  if (stored === undefined) return undefined;
  const record = openRecord({ text: stored.record, digest: stored.recordDigest });
  return catalogue.find(({ id }) => id === record.type.id)?.shown(record.decided.answer);
}

function strangeness(
  { item, position }: ReportedOutcome,
  index: number,
  shown: readonly ShownItem[],
): Flaw[] {
  const at = shown.find((one) => one.item === item)?.position;
  if (item !== undefined && at === undefined) {
    const message = `expected an item of the answer, got ${JSON.stringify(item.slice(0, 100))}`;
    return [{ pointer: `/${index}/item`, message }];
  }
  const isThere =
    item === undefined ? shown.some((one) => one.position === position) : at === position;
  if (position === undefined || isThere) return [];
  const expected = at === undefined ? `one of ${shown.length} positions` : `${at}, its position`;
  return [{ pointer: `/${index}/position`, message: `expected ${expected}, got ${position}` }];
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

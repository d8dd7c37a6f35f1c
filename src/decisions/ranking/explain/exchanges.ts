/**
 * Exchanges: what would become of an answer if one item left out took the place of one that was
 * chosen. All that an explanation says of near misses follows from these numbers. Costs O(k n)
 * similarities and never touches n^2 pairs.
 */
import { HARD, type OrderedSelection } from "#problem";
import { type RuleLedger, ruleLedger, shareGroup } from "../rule-ledger.ts";
import { similarityRow } from "../similarity-row.ts";

/** An answer laid out so that any single exchange can be judged at once. */
export interface Exchanges {
  readonly problem: OrderedSelection;
  readonly order: readonly number[];
  readonly ledger: RuleLedger;
  /** Chosen members of each count rule. */
  readonly present: Int32Array;
  /** By position: similarity of the item there to each item; none where similarity is free. */
  readonly rows: readonly Float64Array[];
  /** Similarity of each item to all chosen ones together. */
  readonly crowd: Float64Array;
  /** What a similarity of 1 between two chosen items costs. */
  readonly pairCost: number;
  /** 1 for the items whose leaving, and whose coming, some rule that is paid for may ask about. */
  readonly payableLeaving: Uint8Array;
  readonly payableIncoming: Uint8Array;
}

/**
 * Called for each rule an exchange breaks once more (`change` 1) or once less (-1), with what a
 * violation costs.
 */
type Change = (rule: string, penalty: number, change: 1 | -1) => void;

/** Lays out the answer that chooses `order`, first position first. */
export function openExchanges(problem: OrderedSelection, order: readonly number[]): Exchanges {
  const { itemCount, diversityWeight } = problem;
  const ledger = ruleLedger(problem);
  const present = new Int32Array(problem.counts.length);
  const crowd = new Float64Array(itemCount);
  const paired = order.length > 1 && diversityWeight > 0;
  const rows: Float64Array[] = [];
  for (const item of order) {
    for (let entry = ledger.offsets[item]; entry < ledger.offsets[item + 1]; entry += 1) {
      present[ledger.rules[entry]] += 1;
    }
    if (!paired) continue;
    const row = similarityRow(problem.similarity, item, itemCount);
    for (let other = 0; other < itemCount; other += 1) crowd[other] += row[other];
    rows.push(row);
  }
  const pairCost = paired ? diversityWeight / ((order.length * (order.length - 1)) / 2) : 0;
  const payable = payableItems(problem, present);
  return { problem, order, ledger, present, rows, crowd, pairCost, ...payable };
}

/** A rule that is paid for asks about its members only where one more or less changes its price. */
function payableItems(problem: OrderedSelection, present: Int32Array) {
  const { counts, pins, spacing, itemCount } = problem;
  const payableLeaving = new Uint8Array(itemCount);
  const payableIncoming = new Uint8Array(itemCount);
  if (spacing !== undefined && spacing.penalty !== HARD) payableIncoming.fill(1);
  for (const { item, penalty } of pins) {
    if (penalty === HARD) continue;
    payableLeaving[item] = 1;
    payableIncoming[item] = 1;
  }
  for (let rule = 0; rule < counts.length; rule += 1) {
    const { bound, count, members, penalty } = counts[rule];
    if (penalty === HARD) continue;
    const isAtMost = bound === "at-most";
    if (isAtMost ? present[rule] > count : present[rule] <= count) mark(payableLeaving, members);
    if (isAtMost ? present[rule] >= count : present[rule] < count) mark(payableIncoming, members);
  }
  return { payableLeaving, payableIncoming };
}

function mark(flags: Uint8Array, items: Int32Array): void {
  for (let entry = 0; entry < items.length; entry += 1) flags[items[entry]] = 1;
}

/** What the objective gains, penalties of soft rules included, hard rules not asked. */
function gainOf(exchanges: Exchanges, position: number, incoming: number): number {
  const { payableLeaving, payableIncoming } = exchanges;
  const { positionWeights, values } = exchanges.problem;
  const leaving = exchanges.order[position];
  let gain = positionWeights[position] * (values[incoming] - values[leaving]);
  gain += crowdGain(exchanges, position, incoming);
  if (payableLeaving[leaving] === 0 && payableIncoming[incoming] === 0) return gain;
  visitChanges(exchanges, position, incoming, (_rule, penalty, change) => {
    if (penalty !== HARD) gain -= change * penalty;
  });
  return gain;
}

/** What an exchange gains by less similarity. */
export function crowdGain(exchanges: Exchanges, position: number, incoming: number): number {
  const { order, rows, crowd, pairCost } = exchanges;
  if (pairCost === 0) return 0;
  return pairCost * (crowd[order[position]] - (crowd[incoming] - rows[position][incoming]));
}

/** Names of the hard rules the exchange would break; empty when it may be made. */
export function blockersOf(exchanges: Exchanges, position: number, incoming: number): string[] {
  const blockers: string[] = [];
  visitChanges(exchanges, position, incoming, (rule, penalty, change) => {
    // Spacing may break on both sides, and is one rule all the same.
    if (penalty === HARD && change === 1 && !blockers.includes(rule)) blockers.push(rule);
  });
  return blockers;
}

function visitChanges(
  exchanges: Exchanges,
  position: number,
  incoming: number,
  visit: Change,
): void {
  const { problem, order } = exchanges;
  const leaving = order[position];
  visitCounts(exchanges, leaving, incoming, visit);
  for (const pin of problem.pins) {
    if (pin.position !== position) continue;
    if (pin.item === leaving) visit(pin.rule, pin.penalty, 1);
    if (pin.item === incoming) visit(pin.rule, pin.penalty, -1);
  }
  if (problem.spacing === undefined) return;
  for (const neighbour of [position - 1, position + 1]) {
    if (neighbour < 0 || neighbour >= order.length) continue;
    const before = shareGroup(problem, order[neighbour], leaving);
    const after = shareGroup(problem, order[neighbour], incoming);
    if (before !== after) visit(problem.spacing.rule, problem.spacing.penalty, after ? 1 : -1);
  }
}

/** Walks the count rules of both items at once; a rule of both sees no change. */
export function visitCounts(
  { problem, ledger, present }: Exchanges,
  leaving: number,
  incoming: number,
  visit: Change,
): void {
  const { offsets, rules } = ledger;
  let i = offsets[leaving];
  let j = offsets[incoming];
  while (i < offsets[leaving + 1] || j < offsets[incoming + 1]) {
    const left = i < offsets[leaving + 1] ? rules[i] : problem.counts.length;
    const entered = j < offsets[incoming + 1] ? rules[j] : problem.counts.length;
    const index = Math.min(left, entered);
    const { rule, bound, count, penalty } = problem.counts[index];
    if (left === entered) {
      i += 1;
      j += 1;
    } else if (left < entered) {
      i += 1;
      if (bound === "at-most" && present[index] > count) visit(rule, penalty, -1);
      if (bound === "at-least" && present[index] <= count) visit(rule, penalty, 1);
    } else {
      j += 1;
      if (bound === "at-most" && present[index] >= count) visit(rule, penalty, 1);
      if (bound === "at-least" && present[index] < count) visit(rule, penalty, -1);
    }
  }
}

/** One exchange and what it would bring. */
export interface Exchange {
  readonly position: number;
  readonly incoming: number;
  readonly gain: number;
}

/** The best exchange at each position and for each item; whether it may be made is told apart. */
export interface ExchangeSurvey {
  /** Per position: the best exchange that breaks no hard rule. */
  readonly allowedAt: readonly (Exchange | undefined)[];
  /** Left-out items, those first whose best exchange, allowed or not, gains most. */
  readonly nearest: readonly Exchange[];
}

/** Looks at every exchange once. `nearestMax` bounds how many near misses are kept. */
export function survey(exchanges: Exchanges, nearestMax: number): ExchangeSurvey {
  const { problem, order } = exchanges;
  const best: Bests = {
    position: new Int32Array(problem.itemCount).fill(-1),
    gain: new Float64Array(problem.itemCount).fill(Number.NEGATIVE_INFINITY),
  };
  const chosen = new Uint8Array(problem.itemCount);
  for (const item of order) chosen[item] = 1;
  const allowedAt = order.map((_, position) => surveyPlace(exchanges, position, chosen, best));
  const nearest: Exchange[] = [];
  for (let incoming = 0; incoming < problem.itemCount; incoming += 1) {
    const position = best.position[incoming];
    if (position < 0) continue;
    keepNearest(nearest, { position, incoming, gain: best.gain[incoming] }, nearestMax);
  }
  return { allowedAt, nearest };
}

/** By item: where it would gain most of the places looked at, and how much; -1 before the first. */
interface Bests {
  readonly position: Int32Array;
  readonly gain: Float64Array;
}

/** Brings `best` up to date with `position`; the best exchange there that breaks no hard rule. */
function surveyPlace(
  exchanges: Exchanges,
  position: number,
  chosen: Uint8Array,
  best: Bests,
): Exchange | undefined {
  let allowed = -1;
  let allowedGain = Number.NEGATIVE_INFINITY;
  for (let incoming = 0; incoming < chosen.length; incoming += 1) {
    if (chosen[incoming] === 1) continue;
    const gain = gainOf(exchanges, position, incoming);
    if (gain > best.gain[incoming]) {
      best.position[incoming] = position;
      best.gain[incoming] = gain;
    }
    if (gain <= allowedGain || blockersOf(exchanges, position, incoming).length > 0) continue;
    allowed = incoming;
    allowedGain = gain;
  }
  return allowed < 0 ? undefined : { position, incoming: allowed, gain: allowedGain };
}

/** The exchange of least loss that lets `incoming` in without breaking a hard rule. */
export function bestAllowed(exchanges: Exchanges, incoming: number): Exchange | undefined {
  let best: Exchange | undefined;
  for (let position = 0; position < exchanges.order.length; position += 1) {
    const gain = gainOf(exchanges, position, incoming);
    if (best !== undefined && gain <= best.gain) continue;
    if (blockersOf(exchanges, position, incoming).length > 0) continue;
    best = { position, incoming, gain };
  }
  return best;
}

function keepNearest(nearest: Exchange[], exchange: Exchange, nearestMax: number): void {
  let place = nearest.length;
  while (place > 0 && nearest[place - 1].gain < exchange.gain) place -= 1;
  if (place >= nearestMax) return;
  nearest.splice(place, 0, exchange);
  nearest.length = Math.min(nearest.length, nearestMax);
}

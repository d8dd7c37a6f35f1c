/**
 * The rule: what a shop would do without an optimiser. Maximal marginal relevance (J. Carbonell and
 * J. Goldstein, SIGIR 1998): position by position, the item whose worth there, less its similarity
 * to what is already chosen, is greatest; the redundancy is weighed as the objective weighs it.
 * Hard rules are kept as far as looking one position ahead can keep them: pins hold their places,
 * minima hold as many places as they still need.
 */
import { HARD, type OrderedSelection, type Sample, verify } from "#problem";
import type { RankingQuestion } from "./question.ts";
import { type RuleLedger, ruleLedger, shareGroup } from "./rule-ledger.ts";
import { similarityRow } from "./similarity-row.ts";

/** How the greedy spends its places: on worth while it can, or on what minima still need first. */
type Priority = "worth" | "needs";

interface Draft {
  readonly problem: OrderedSelection;
  readonly ledger: RuleLedger;
  readonly priority: Priority;
  readonly order: number[];
  /** 1 for items that are chosen or have a place kept by a pin. */
  readonly taken: Uint8Array;
  /** The item a hard pin keeps each position for, or -1. */
  readonly keptFor: Int32Array;
  /** Chosen or kept members of each count rule. */
  readonly present: Int32Array;
  /** Similarity of each item to all chosen or kept ones. */
  readonly redundancy: Float64Array;
  /** What a similarity of 1 to one chosen item costs. */
  readonly redundancyCost: number;
}

/**
 * An order that keeps every hard rule, or `undefined` where the greedy finds none. Always the same
 * for a problem.
 */
export function rule(_question: RankingQuestion, problem: OrderedSelection): Sample | undefined {
  return ruleOf(problem);
}

/** The same for a problem without its question. */
export function ruleOf(problem: OrderedSelection): Sample | undefined {
  for (const priority of ["worth", "needs"] as const) {
    const draft = openDraft(problem, priority);
    if (draft === undefined) return undefined;
    fill(draft);
    const sample = { values: Int32Array.from(draft.order) };
    if (verify(problem, sample).feasible) return sample;
  }
  return undefined;
}

/**
 * A draft with the places of hard pins kept; `undefined` when two pins claim one place or one item.
 */
function openDraft(problem: OrderedSelection, priority: Priority): Draft | undefined {
  const { itemCount, positionCount } = problem;
  const length = Math.min(itemCount, positionCount);
  const draft: Draft = {
    problem,
    ledger: ruleLedger(problem),
    priority,
    order: [],
    taken: new Uint8Array(itemCount),
    keptFor: new Int32Array(positionCount).fill(-1),
    present: new Int32Array(problem.counts.length),
    redundancy: new Float64Array(itemCount),
    redundancyCost: length < 2 ? 0 : problem.diversityWeight / ((length * (length - 1)) / 2),
  };
  for (const { item, position, penalty } of problem.pins) {
    if (penalty !== HARD) continue;
    if (position >= positionCount || draft.keptFor[position] >= 0 || draft.taken[item] === 1) {
      return undefined;
    }
    draft.keptFor[position] = item;
    take(draft, item);
  }
  return draft;
}

function fill(draft: Draft): void {
  const { order, keptFor, problem } = draft;
  let open = keptFor.reduce((count, item) => count + (item < 0 ? 1 : 0), 0);
  for (let position = 0; position < problem.positionCount; position += 1) {
    const kept = keptFor[position];
    if (kept >= 0) {
      order.push(kept);
      continue;
    }
    const item = bestItem(draft, position, open);
    if (item >= 0) {
      order.push(item);
      take(draft, item);
    } else if (!insertEarlier(draft)) {
      return;
    }
    open -= 1;
  }
}

/**
 * The item of greatest marginal worth that may stand at `position`, or -1. `open` places are still
 * free.
 */
function bestItem(draft: Draft, position: number, open: number): number {
  const { problem, taken } = draft;
  const missing = missingMembers(draft);
  const needsFirst = missing > 0 && (draft.priority === "needs" || missing >= open);
  const hope = payingHope(draft);
  const weight = problem.positionWeights[position];
  let best = -1;
  let bestCover = 0;
  let bestGain = Number.NEGATIVE_INFINITY;
  for (let item = 0; item < problem.itemCount; item += 1) {
    if (taken[item] === 1) continue;
    // Most items are worth too little by themselves; no rule need be asked about them.
    const worth = weight * problem.values[item] - draft.redundancyCost * draft.redundancy[item];
    if (!needsFirst && worth + hope <= bestGain) continue;
    if (!mayStand(draft, item, position)) continue;
    const cover = needsFirst ? coveredNeeds(draft, item) : 0;
    if (needsFirst && (cover === 0 || cover < bestCover)) continue;
    const gain = marginalGain(draft, item, position, worth);
    if (cover === bestCover && gain <= bestGain) continue;
    best = item;
    bestCover = cover;
    bestGain = gain;
  }
  return best;
}

/** Makes room before the end of the order where spacing leaves none at the end. */
function insertEarlier(draft: Draft): boolean {
  const { problem, order, keptFor, taken } = draft;
  const last = order.length - 1;
  if (last < 0 || !fits(draft, order[last], -1, keptFor[order.length + 1] ?? -1)) return false;
  for (let item = 0; item < problem.itemCount; item += 1) {
    if (taken[item] === 1 || !hasRoom(draft, item)) continue;
    for (let place = last; place >= 0 && keptFor[place] < 0; place -= 1) {
      if (!fits(draft, item, order[place - 1] ?? -1, order[place])) continue;
      order.splice(place, 0, item);
      take(draft, item);
      return true;
    }
  }
  return false;
}

function take(draft: Draft, item: number): void {
  const { problem, ledger, present, redundancy } = draft;
  draft.taken[item] = 1;
  for (let entry = ledger.offsets[item]; entry < ledger.offsets[item + 1]; entry += 1) {
    present[ledger.rules[entry]] += 1;
  }
  if (problem.diversityWeight === 0) return;
  const row = similarityRow(problem.similarity, item, problem.itemCount);
  for (let other = 0; other < row.length; other += 1) redundancy[other] += row[other];
}

function mayStand(draft: Draft, item: number, position: number): boolean {
  const before = draft.order.at(-1) ?? -1;
  const after = draft.keptFor[position + 1] ?? -1;
  return hasRoom(draft, item) && fits(draft, item, before, after);
}

function hasRoom({ problem, ledger, present }: Draft, item: number): boolean {
  for (let entry = ledger.offsets[item]; entry < ledger.offsets[item + 1]; entry += 1) {
    const rule = ledger.rules[entry];
    const { bound, count, penalty } = problem.counts[rule];
    if (bound === "at-most" && penalty === HARD && present[rule] >= count) return false;
  }
  return true;
}

function fits({ problem }: Draft, item: number, before: number, after: number): boolean {
  if (problem.spacing?.penalty !== HARD) return true;
  if (before >= 0 && shareGroup(problem, before, item)) return false;
  return after < 0 || !shareGroup(problem, item, after);
}

function missingMembers({ problem, present }: Draft): number {
  let missing = 0;
  for (let rule = 0; rule < problem.counts.length; rule += 1) {
    const { bound, count, penalty } = problem.counts[rule];
    if (bound === "at-least" && penalty === HARD) missing += Math.max(0, count - present[rule]);
  }
  return missing;
}

function coveredNeeds({ problem, ledger, present }: Draft, item: number): number {
  let covered = 0;
  for (let entry = ledger.offsets[item]; entry < ledger.offsets[item + 1]; entry += 1) {
    const rule = ledger.rules[entry];
    const { bound, count, penalty } = problem.counts[rule];
    if (bound === "at-least" && penalty === HARD && present[rule] < count) covered += 1;
  }
  return covered;
}

/** The most that soft rules can add to the worth of any item as things stand, with a margin. */
function payingHope({ problem, present }: Draft): number {
  let hope = 0;
  for (let rule = 0; rule < problem.counts.length; rule += 1) {
    const { bound, count, penalty } = problem.counts[rule];
    if (bound === "at-least" && penalty !== HARD && present[rule] < count) hope += penalty;
  }
  for (const { penalty } of problem.pins) if (penalty !== HARD) hope += penalty;
  return hope * (1 + 1e-9);
}

/**
 * What the objective gains by `item` at `position`, soft rules included, as far as can be seen from
 * here; `worth` is what it gains without them.
 */
function marginalGain(draft: Draft, item: number, position: number, worth: number): number {
  const { problem, ledger, present } = draft;
  let gain = worth;
  for (let entry = ledger.offsets[item]; entry < ledger.offsets[item + 1]; entry += 1) {
    const rule = ledger.rules[entry];
    const { bound, count, penalty } = problem.counts[rule];
    if (penalty === HARD) continue;
    if (bound === "at-most" && present[rule] >= count) gain -= penalty;
    if (bound === "at-least" && present[rule] < count) gain += penalty;
  }
  for (const pin of problem.pins) {
    if (pin.penalty === HARD || pin.item !== item) continue;
    if (pin.position === position) gain += pin.penalty;
    else if (pin.position > position) gain -= pin.penalty;
  }
  const before = draft.order.at(-1);
  if (problem.spacing === undefined || problem.spacing.penalty === HARD) return gain;
  return before !== undefined && shareGroup(problem, before, item)
    ? gain - problem.spacing.penalty
    : gain;
}

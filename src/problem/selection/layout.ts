/**
 * Layout of an ordered selection for searching: the same problem, in flat arrays and in the order a
 * search wants.
 *
 * Items are renumbered by *rank*: first the items some rule asks for (pinned, or the best members
 * of a minimum), then all others by descending value, so that a scan in rank order can stop as soon
 * as no later value can help. Items that belong to the same count rules form one *type*, so what
 * the rules cost is worked out per type, not per item.
 */
import { HARD, type OrderedSelection } from "../ordered-selection.ts";
import type { Support } from "../solver.ts";
import { groupTypes, type ItemTypes } from "./item-types.ts";

/** What the rules on counts look like, one entry per rule. */
export interface CountRows {
  readonly atLeast: Uint8Array;
  readonly limit: Int32Array;
  /** 1 where the rule must hold. */
  readonly hard: Uint8Array;
  /** Penalty per violation; 0 where the rule must hold. */
  readonly penalty: Float64Array;
}

/**
 * Pins by position: those of position p are entries `offsets[p]` up to but excluding `offsets[p +
 * 1]`.
 */
export interface PinRows {
  readonly offsets: Int32Array;
  readonly ranks: Int32Array;
  readonly hard: Uint8Array;
  readonly penalty: Float64Array;
  /** What is lost when no pin holds. */
  readonly softTotal: number;
  readonly hardTotal: number;
}

/** Groups by rank; `masks` has bit g mod 32 for each group g of the rank. */
export interface SpacingRows {
  readonly hard: boolean;
  readonly penalty: number;
  readonly masks: Int32Array;
  /** Whether two masks with a common bit always mean a common group. */
  readonly masksExact: boolean;
  readonly offsets: Int32Array;
  readonly groups: Int32Array;
}

/** A problem prepared for searching. */
export interface SelectionLayout extends ItemTypes {
  readonly problem: OrderedSelection;
  readonly itemCount: number;
  /** K: how many positions can be filled, min(k, n). */
  readonly lengthMax: number;
  readonly itemAt: Int32Array;
  readonly rankOf: Int32Array;
  /** Ranks below this are items that rules ask for; from here on values descend. */
  readonly leadCount: number;
  readonly values: Float64Array;
  readonly counts: CountRows;
  /** Indices of the rules that ask for members. */
  readonly minima: Int32Array;
  readonly pins: PinRows;
  readonly spacing: SpacingRows | undefined;
  /** Whether the order matters beyond sorting by value: there are pins or spacing. */
  readonly ordered: boolean;
  /** Whether similarity can change the objective. */
  readonly similar: boolean;
  /**
   * What one broken hard rule counts while searching: so much that the merit of an order (its
   * objective less this for each of them) is above `meritFeasible` exactly when there is none.
   */
  readonly hardPrice: number;
  readonly meritFeasible: number;
}

/**
 * Whether the search on layouts can take `problem`: what pays for similarity or for breaking a rule
 * is refused.
 */
export function supportsSelection(problem: OrderedSelection): Support {
  if (!(problem.diversityWeight >= 0)) {
    return {
      kind: "no",
      reason: `diversity weight ${problem.diversityWeight}, expected 0 or more`,
    };
  }
  const spacing = problem.spacing === undefined ? [] : [problem.spacing];
  const rewarded = [...problem.counts, ...problem.pins, ...spacing].find((r) => !(r.penalty >= 0));
  if (rewarded === undefined) return { kind: "yes" };
  return {
    kind: "no",
    reason: `penalty ${rewarded.penalty} of ${rewarded.rule}, expected 0 or more`,
  };
}

/** Prepares `problem`; O(n log n + members of all rules). */
export function layOut(problem: OrderedSelection): SelectionLayout {
  const { itemCount, similarity } = problem;
  const meritFeasible = -objectiveMax(problem);
  const lengthMax = Math.min(problem.positionCount, itemCount);
  const { itemAt, leadCount } = rankItems(problem, lengthMax);
  const rankOf = new Int32Array(itemCount);
  for (let rank = 0; rank < itemCount; rank += 1) rankOf[itemAt[rank]] = rank;
  const values = new Float64Array(itemCount);
  const counts = countRows(problem);
  for (let rank = 0; rank < itemCount; rank += 1) values[rank] = problem.values[itemAt[rank]];
  return Object.freeze({
    problem,
    itemCount,
    lengthMax,
    itemAt,
    rankOf,
    leadCount,
    values,
    counts,
    minima: Int32Array.from(counts.atLeast.keys()).filter((rule) => counts.atLeast[rule] === 1),
    ...groupTypes(
      problem.counts.map(({ members }) => members),
      rankOf,
    ),
    pins: pinRows(problem, lengthMax, rankOf),
    spacing: spacingRows(problem, itemAt),
    ordered: problem.pins.length > 0 || problem.spacing !== undefined,
    similar:
      problem.diversityWeight > 0 && (similarity.dimension > 0 || similarity.others.length > 0),
    hardPrice: -2 * meritFeasible,
    meritFeasible,
  });
}

function rankItems(problem: OrderedSelection, lengthMax: number) {
  const { itemCount, values } = problem;
  const byValue = Int32Array.from({ length: itemCount }, (_, item) => item);
  byValue.sort((a, b) => values[b] - values[a] || a - b);
  const wanted = new Uint8Array(itemCount);
  for (const { item } of problem.pins) wanted[item] = 1;
  for (const { bound, count, members } of problem.counts) {
    if (bound !== "at-least") continue;
    const best = members.slice().sort((a, b) => values[b] - values[a] || a - b);
    for (const item of best.subarray(0, Math.max(0, Math.min(count, lengthMax)))) wanted[item] = 1;
  }
  const leads = byValue.filter((item) => wanted[item] === 1);
  const itemAt = new Int32Array(itemCount);
  itemAt.set(leads);
  itemAt.set(
    byValue.filter((item) => wanted[item] === 0),
    leads.length,
  );
  return { itemAt, leadCount: leads.length };
}

function countRows({ counts }: OrderedSelection): CountRows {
  return {
    atLeast: Uint8Array.from(counts, ({ bound }) => (bound === "at-least" ? 1 : 0)),
    limit: Int32Array.from(counts, ({ count }) => count),
    hard: Uint8Array.from(counts, ({ penalty }) => (penalty === HARD ? 1 : 0)),
    penalty: Float64Array.from(counts, ({ penalty }) => (penalty === HARD ? 0 : penalty)),
  };
}

function pinRows({ pins }: OrderedSelection, lengthMax: number, rankOf: Int32Array): PinRows {
  const reachable = pins.filter(({ position }) => position < lengthMax);
  reachable.sort((a, b) => a.position - b.position);
  const offsets = new Int32Array(lengthMax + 1);
  for (const { position } of reachable) offsets[position + 1] += 1;
  for (let position = 0; position < lengthMax; position += 1) {
    offsets[position + 1] += offsets[position];
  }
  const soft = pins.filter(({ penalty }) => penalty !== HARD);
  return {
    offsets,
    ranks: Int32Array.from(reachable, ({ item }) => rankOf[item]),
    hard: Uint8Array.from(reachable, ({ penalty }) => (penalty === HARD ? 1 : 0)),
    penalty: Float64Array.from(reachable, ({ penalty }) => (penalty === HARD ? 0 : penalty)),
    softTotal: soft.reduce((total, { penalty }) => total + penalty, 0),
    hardTotal: pins.length - soft.length,
  };
}

function spacingRows({ spacing }: OrderedSelection, itemAt: Int32Array): SpacingRows | undefined {
  if (spacing === undefined) return undefined;
  const masks = new Int32Array(itemAt.length);
  const offsets = new Int32Array(itemAt.length + 1);
  const groups = new Int32Array(spacing.groups.length);
  let filled = 0;
  let groupMax = 0;
  for (let rank = 0; rank < itemAt.length; rank += 1) {
    const item = itemAt[rank];
    for (let entry = spacing.offsets[item]; entry < spacing.offsets[item + 1]; entry += 1) {
      const group = spacing.groups[entry];
      masks[rank] |= 1 << (group & 31);
      groupMax = Math.max(groupMax, group);
      groups[filled] = group;
      filled += 1;
    }
    offsets[rank + 1] = filled;
  }
  const hard = spacing.penalty === HARD;
  const penalty = hard ? 0 : spacing.penalty;
  return { hard, penalty, masks, masksExact: groupMax < 32, offsets, groups };
}

/** More than the objective of any order can be away from 0. */
function objectiveMax(problem: OrderedSelection): number {
  let sum = problem.diversityWeight;
  let valueMax = 0;
  for (const value of problem.values) valueMax = Math.max(valueMax, Math.abs(value));
  for (const weight of problem.positionWeights) sum += weight * valueMax;
  const soft = (penalty: number) => (penalty === HARD ? 0 : penalty);
  for (const { bound, count, penalty } of problem.counts) {
    sum += soft(penalty) * (bound === "at-least" ? Math.max(0, count) : problem.positionCount);
  }
  for (const { penalty } of problem.pins) sum += soft(penalty);
  sum += soft(problem.spacing?.penalty ?? 0) * problem.positionCount;
  return sum > 0 ? 2 * sum : 1;
}

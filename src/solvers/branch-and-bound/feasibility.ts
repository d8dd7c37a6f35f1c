/**
 * Whether hard rules can hold together, decided exactly: how many items of each type to take
 * (count-search.ts), and whether these can stand in an order that keeps pins and spacing
 * (seating.ts).
 */
import { groupTypes, type ItemTypes, type OrderedSelection } from "#problem";
import type { SearchRun } from "../search-run.ts";
import { CountSearch, type Feasibility } from "./count-search.ts";
import type { HardRules } from "./hard-rules.ts";

const NONE: Feasibility = Object.freeze({ kind: "none" });

/** Looks for an order of exactly `length` items that keeps `rules`. */
export function feasibleAt(
  problem: OrderedSelection,
  rules: HardRules,
  length: number,
  run: SearchRun,
): Feasibility {
  return search(problem, rules, { min: length, max: length }, run);
}

/** Looks for an order of any length that keeps `rules`. */
export function feasibleAtAll(
  problem: OrderedSelection,
  rules: HardRules,
  run: SearchRun,
): Feasibility {
  const lengthMax = Math.min(problem.positionCount, problem.itemCount);
  if (rules.spacing === undefined) return search(problem, rules, { min: 0, max: lengthMax }, run);
  // What spacing implies depends on the length, so lengths are tried one by one.
  for (let length = lengthMax; length >= 0; length -= 1) {
    const answer = feasibleAt(problem, rules, length, run);
    if (answer.kind !== "none") return answer;
  }
  return NONE;
}

function search(
  problem: OrderedSelection,
  rules: HardRules,
  length: { readonly min: number; readonly max: number },
  run: SearchRun,
): Feasibility {
  if (run.spend(problem.itemCount)) return Object.freeze({ kind: "undecided" });
  const seats = seatPins(rules, length.max);
  if (seats === undefined) return NONE;
  return new CountSearch(typesUnder(problem, rules), rules, seats, length, run).search();
}

/** The pinned item at each position, -1 for none; `undefined` if the pins cannot all hold. */
function seatPins({ pins }: HardRules, length: number): Int32Array | undefined {
  const seats = new Int32Array(length).fill(-1);
  const seatOf = new Map<number, number>();
  for (const { item, position } of pins) {
    if (position >= length || (seats[position] >= 0 && seats[position] !== item)) return undefined;
    if (seatOf.has(item) && seatOf.get(item) !== position) return undefined;
    seats[position] = item;
    seatOf.set(item, position);
  }
  return seats;
}

/** Types by count rules and, with spacing, by groups: rules first, then one for each group. */
function typesUnder({ itemCount }: OrderedSelection, { counts, spacing }: HardRules): ItemTypes {
  const members = counts.map((rule) => rule.members);
  const groups = new Map<number, number[]>();
  for (let item = 0; spacing !== undefined && item < itemCount; item += 1) {
    for (let at = spacing.offsets[item]; at < spacing.offsets[item + 1]; at += 1) {
      const group = groups.get(spacing.groups[at]) ?? [];
      if (group.length === 0) groups.set(spacing.groups[at], group);
      group.push(item);
    }
  }
  const identity = Int32Array.from({ length: itemCount }, (_, item) => item);
  return groupTypes(
    [...members, ...[...groups.values()].map((group) => Int32Array.from(group))],
    identity,
  );
}

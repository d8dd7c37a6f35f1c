/**
 * Whether given numbers of items per type can stand in a row, pinned items in their places and no
 * two neighbours of a common group. Depth first over positions, the type under most pressure first;
 * situations that failed are remembered.
 */
import { present } from "#foundation";
import type { ItemTypes } from "#problem";
import type { SearchRun } from "../search-run.ts";

/** The row to fill. */
export interface Row {
  readonly types: ItemTypes;
  /** Items of each type to seat, pinned ones included. */
  readonly taken: Int32Array;
  /** Pinned item at each position, -1 for none; may be longer than the row. */
  readonly seats: Int32Array;
  /** Rules from this index on are groups that must not touch. */
  readonly groupsFrom: number;
}

/** An order of item indices, or `undefined` if there is none or the run has to end. */
export function seat(row: Row, run: SearchRun): Int32Array | undefined {
  const length = row.taken.reduce((sum, count) => sum + count, 0);
  const pinned = row.seats.subarray(0, length);
  const left = row.taken.slice();
  for (const item of pinned) if (item >= 0) left[row.types.typeOf[item]] -= 1;
  const path = new Int32Array(length);
  const open: Opening = { row, pinned, left, path, clash: clashTable(row), failed: new Set(), run };
  return fillFrom(open, 0) ? nameItems(row, pinned, path) : undefined;
}

interface Opening {
  readonly row: Row;
  readonly pinned: Int32Array;
  readonly left: Int32Array;
  /** Type at each position. */
  readonly path: Int32Array;
  readonly clash: (a: number, b: number) => boolean;
  readonly failed: Set<string>;
  readonly run: SearchRun;
}

function fillFrom(open: Opening, position: number): boolean {
  const { row, pinned, left, path, clash, failed, run } = open;
  if (position === path.length) return true;
  if (run.spend(left.length)) return false;
  const before = position === 0 ? -1 : path[position - 1];
  const key = `${position},${before},${left.join()}`;
  if (failed.has(key)) return false;
  const held = pinned[position];
  const choices = held >= 0 ? [row.types.typeOf[held]] : byPressure(open);
  for (const type of choices) {
    if (before >= 0 && clash(before, type)) continue;
    path[position] = type;
    if (held < 0) left[type] -= 1;
    if (fillFrom(open, position + 1)) return true;
    if (held < 0) left[type] += 1;
    if (run.stopped) return false;
  }
  failed.add(key);
  return false;
}

/** Types with items left, those first that clash with most of what is left. */
function byPressure({ left, clash }: Opening): number[] {
  const types = [...left.keys()].filter((type) => left[type] > 0);
  const pressure = (type: number) =>
    types.reduce((sum, other) => sum + (clash(type, other) ? left[other] : 0), 0);
  return types
    .map((type) => ({ type, pressure: pressure(type) }))
    .sort((a, b) => b.pressure - a.pressure || a.type - b.type)
    .map(({ type }) => type);
}

function clashTable({ types, groupsFrom }: Row): (a: number, b: number) => boolean {
  const groups = Array.from({ length: types.typeCount }, (_, type) =>
    types.typeRules
      .subarray(types.typeOffsets[type], types.typeOffsets[type + 1])
      .filter((rule) => rule >= groupsFrom),
  );
  return (a, b) => groups[a].some((group) => groups[b].includes(group));
}

/** Puts items of the right types at the positions that no pin holds. */
function nameItems({ types }: Row, pinned: Int32Array, path: Int32Array): Int32Array {
  const held = new Set(pinned);
  const free: number[][] = Array.from({ length: types.typeCount }, () => []);
  for (let item = types.typeOf.length - 1; item >= 0; item -= 1) {
    if (!held.has(item)) free[types.typeOf[item]].push(item);
  }
  return path.map((type, position) =>
    pinned[position] >= 0 ? pinned[position] : present(free[type].pop(), "a free item of the type"),
  );
}

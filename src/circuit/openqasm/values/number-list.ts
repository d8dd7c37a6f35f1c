/**
 * Lists of qubits or of bit cells: what registers, their slices, concatenations and aliases come
 * to. Where the program fixes the list it is known during translation; otherwise it is computed
 * from the cells when it is needed.
 */
import { unreachable } from "#foundation";
import type { Evaluate, Memory } from "../../machine/code.ts";
import type { Position } from "../source.ts";
import { folded, type Typed, trap } from "./typed.ts";
import { asBigint } from "./value-type.ts";

/** A list of qubits or of cells. */
export interface NumberList {
  /** Whether it stands for one qubit or bit rather than for a register, even one of length 1. */
  readonly isSingle: boolean;
  /** The length, if the program fixes it. */
  readonly size: number | undefined;
  /** The members, if the program fixes them. */
  readonly fixed: readonly number[] | undefined;
  readonly evaluate: Evaluate<readonly number[]>;
}

/** An index whose parts are translated. */
export type Selector =
  | { readonly kind: "single"; readonly at: Position; readonly value: Typed }
  | {
      readonly kind: "range";
      readonly at: Position;
      readonly start: Typed | undefined;
      readonly step: Typed | undefined;
      readonly stop: Typed | undefined;
    }
  | { readonly kind: "set"; readonly at: Position; readonly values: readonly Typed[] };

/** The list of these members. */
export function fixedList(members: readonly number[], isSingle: boolean): NumberList {
  return { isSingle, size: members.length, fixed: members, evaluate: () => members };
}

/** The members of `list` that `selector` picks. */
export function selected(list: NumberList, selector: Selector): NumberList {
  const isSingle = selector.kind === "single";
  const { fixed } = list;
  if (fixed !== undefined && isConstant(selector)) {
    const places = folded(() => placesOf(selector, fixed.length, []));
    return fixedList(
      places.map((place) => fixed[place]),
      isSingle,
    );
  }
  const evaluate = (memory: Memory): readonly number[] => {
    const whole = list.evaluate(memory);
    return placesOf(selector, whole.length, memory).map((place) => whole[place]);
  };
  return { isSingle, size: selectedCount(selector, list.size), fixed: undefined, evaluate };
}

/** The members of all lists, in order. */
export function joinedLists(lists: readonly NumberList[]): NumberList {
  const fixed = lists.flatMap((list) => list.fixed ?? []);
  if (lists.every((list) => list.fixed !== undefined)) return fixedList(fixed, false);
  const sizes = lists.map((list) => list.size ?? Number.NaN);
  const size = sizes.reduce((sum, length) => sum + length, 0);
  return {
    isSingle: false,
    size: Number.isNaN(size) ? undefined : size,
    fixed: undefined,
    evaluate: (memory) => lists.flatMap((list) => list.evaluate(memory)),
  };
}

/** How many places `selector` picks from `length`, if that is fixed. */
export function selectedCount(selector: Selector, length: number | undefined): number | undefined {
  switch (selector.kind) {
    case "single":
      return 1;
    case "set":
      return selector.values.length;
    case "range":
      if (length === undefined || !isConstant(selector)) return undefined;
      return folded(() => placesOf(selector, length, []).length);
    default:
      return unreachable(selector);
  }
}

/** The places from 0 to `length - 1` that `selector` picks; negative indices count from the end. */
export function placesOf(selector: Selector, length: number, memory: Memory): readonly number[] {
  switch (selector.kind) {
    case "single":
      return [place(selector.value, length, memory)];
    case "set":
      return selector.values.map((value) => place(value, length, memory));
    case "range":
      return rangePlaces(selector, length, memory);
    default:
      return unreachable(selector);
  }
}

/** Whether every part of `selector` is constant. */
function isConstant(selector: Selector): boolean {
  switch (selector.kind) {
    case "single":
      return selector.value.constant !== undefined;
    case "set":
      return selector.values.every((value) => value.constant !== undefined);
    case "range": {
      const parts = [selector.start, selector.step, selector.stop];
      return parts.every((part) => part === undefined || part.constant !== undefined);
    }
    default:
      return unreachable(selector);
  }
}

function rangePlaces(
  range: Extract<Selector, { kind: "range" }>,
  length: number,
  memory: Memory,
): readonly number[] {
  const step = range.step === undefined ? 1 : integer(range.step, memory);
  if (step === 0) return trap(range.at, "expected a step other than 0, got 0");
  const forward = step > 0;
  if (length === 0) return [];
  const start =
    range.start === undefined ? (forward ? 0 : length - 1) : place(range.start, length, memory);
  const stop =
    range.stop === undefined ? (forward ? length - 1 : 0) : place(range.stop, length, memory);
  const places: number[] = [];
  for (let next = start; forward ? next <= stop : next >= stop; next += step) places.push(next);
  return places;
}

function place(value: Typed, length: number, memory: Memory): number {
  const index = integer(value, memory);
  if (index < -length || index >= length) {
    return trap(value.at, `expected an index from ${-length} to ${length - 1}, got ${index}`);
  }
  return index < 0 ? index + length : index;
}

function integer(value: Typed, memory: Memory): number {
  return Number(asBigint(value.evaluate(memory)));
}

/**
 * Arrays and parts of arrays as views on neighbouring cells: lengths and strides per dimension, so
 * that a slice or a row needs no copy.
 */
import { assert } from "#foundation";
import type { ArrayView, Cell, Evaluate, Memory } from "../../machine/code.ts";
import { type Position, Rejection } from "../source.ts";
import { placesOf, type Selector, selectedCount } from "./number-list.ts";
import { trap } from "./typed.ts";
import { typeText, type ValueType } from "./value-type.ts";

/** An array, a slice of one, or the one element that indices for every dimension lead to. */
export interface ArrayPlace {
  readonly kind: "array";
  readonly element: ValueType;
  readonly lengths: readonly number[] | undefined;
  readonly rank: number;
  readonly view: Evaluate<ArrayView>;
  readonly mutable: boolean;
}

/** A view of all of an array whose first element is in `base`. */
export function wholeView(base: number, lengths: readonly number[]): ArrayView {
  const strides = lengths.map((_, dimension) =>
    lengths.slice(dimension + 1).reduce((product, length) => product * length, 1),
  );
  return { base, lengths, strides };
}

/** The part of `array` that the selectors, one per leading dimension, pick. */
export function indexedArray(
  at: Position,
  array: ArrayPlace,
  selectors: readonly Selector[],
): ArrayPlace {
  if (selectors.length > array.rank) {
    throw new Rejection(at, `expected at most ${array.rank} indices, got ${selectors.length}`);
  }
  if (selectors.some((selector) => selector.kind === "set")) {
    throw new Rejection(at, "expected a number or a range as an array's index, got a set");
  }
  const counts = selectors.map((selector, dimension) =>
    selectedCount(selector, array.lengths?.[dimension]),
  );
  const isKept = (dimension: number) => selectors[dimension]?.kind !== "single";
  const lengths = array.lengths
    ?.map((length, dimension) => (dimension < selectors.length ? counts[dimension] : length))
    .filter((_, dimension) => isKept(dimension));
  const known = lengths?.flatMap((length) => (length === undefined ? [] : [length]));
  return {
    kind: "array",
    element: array.element,
    lengths: known?.length === lengths?.length ? known : undefined,
    rank: array.rank - selectors.filter((selector) => selector.kind === "single").length,
    view: (memory) => indexedView(array.view(memory), selectors, memory),
    mutable: array.mutable,
  };
}

function indexedView(view: ArrayView, selectors: readonly Selector[], memory: Memory): ArrayView {
  let { base } = view;
  const lengths: number[] = [];
  const strides: number[] = [];
  for (const [dimension, length] of view.lengths.entries()) {
    const stride = view.strides[dimension];
    const selector = selectors[dimension];
    if (selector === undefined) {
      lengths.push(length);
      strides.push(stride);
      continue;
    }
    const places = placesOf(selector, length, memory);
    base += (places[0] ?? 0) * stride;
    if (selector.kind === "single") continue;
    lengths.push(places.length);
    strides.push(places.length > 1 ? (places[1] - places[0]) * stride : stride);
  }
  return { base, lengths, strides };
}

/** The cells of a view, the last index running fastest. */
export function viewCells(view: ArrayView): readonly number[] {
  let cells: readonly number[] = [view.base];
  for (const [dimension, length] of view.lengths.entries()) {
    const stride = view.strides[dimension];
    cells = cells.flatMap((cell) => Array.from({ length }, (_, index) => cell + index * stride));
  }
  return cells;
}

/** The view a subroutine's parameter was given. */
export function viewIn(memory: Memory, cell: number): ArrayView {
  const value: Cell = memory[cell];
  assert(typeof value === "object" && "strides" in value, "a view of an array");
  return value;
}

/** The type of an array with these lengths, as OpenQASM writes it. */
export function arrayText(element: ValueType, lengths: readonly number[] | undefined): string {
  return `array[${[typeText(element), ...(lengths ?? ["..."])].join(", ")}]`;
}

/** Copies the values `source` has now into the cells of `target`; the shapes must agree. */
export function copyArray(
  at: Position,
  memory: Memory,
  target: ArrayView,
  source: { readonly lengths: readonly number[]; readonly values: readonly Cell[] },
): void {
  if (target.lengths.join() !== source.lengths.join()) {
    trap(at, `expected an array of lengths ${target.lengths}, got ${source.lengths}`);
  }
  for (const [index, cell] of viewCells(target).entries()) memory[cell] = source.values[index];
}

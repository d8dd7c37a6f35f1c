/**
 * What is on the right of an assignment, kept as what it is: registers stay lists of cells, so that
 * a pending outcome is handed on undecided, and arrays stay arrays.
 */
import type { Cell, Evaluate } from "../../machine/code.ts";
import type { Place } from "../meaning/place-shape.ts";
import { type Position, Rejection } from "../source.ts";
import type { Expression } from "../syntax.ts";
import { type ArrayPlace, arrayText, viewCells } from "../values/array-place.ts";
import { joinedLists, type NumberList } from "../values/number-list.ts";
import { type Typed, trap } from "../values/typed.ts";
import { typeText, type ValueType } from "../values/value-type.ts";
import { resolvePlace, valueOfPlace } from "./place.ts";
import type { Translator } from "./translator.ts";

/** Lengths of an array and its values, the last index running fastest. */
export interface ArrayValues {
  readonly lengths: readonly number[];
  readonly values: readonly Cell[];
}

/** A right side. */
export type RightValue =
  | { readonly kind: "value"; readonly value: Typed }
  | { readonly kind: "bits"; readonly list: NumberList }
  | {
      readonly kind: "array";
      readonly element: ValueType;
      readonly rank: number;
      readonly read: Evaluate<ArrayValues>;
    };

/** Translates an expression on the right of `=` or in an argument. */
export function rightSide(t: Translator, expression: Expression): RightValue {
  if (expression.kind === "binary" && expression.operator === "++") {
    return joined(
      expression.at,
      operandsOf(expression).map((part) => rightSide(t, part)),
    );
  }
  if (expression.kind === "call") {
    const meaning = t.scopes.find(expression.name);
    if (meaning?.kind !== "subroutine") return { kind: "value", value: t.value(expression) };
    const place = t.call(expression.at, meaning.subroutine, expression.callArguments);
    return placeValue(expression.at, place);
  }
  const isPlace = expression.kind === "name" || expression.kind === "index";
  const place = isPlace ? resolvePlace(t, expression) : undefined;
  if (place === undefined) return { kind: "value", value: t.value(expression) };
  return placeValue(expression.at, place);
}

/** What is read from `place`; a call that returned nothing has none. */
export function placeValue(at: Position, place: Place | undefined): RightValue {
  if (place === undefined)
    throw new Rejection(at, "expected a value, but the subroutine returns none");
  if (place.kind === "bits") return { kind: "bits", list: place.list };
  if (place.kind === "array") return arrayValue(place);
  return { kind: "value", value: valueOfPlace(at, place) };
}

/** The operands of a chain of `++`, in order. */
export function operandsOf(expression: Expression): readonly Expression[] {
  if (expression.kind !== "binary" || expression.operator !== "++") return [expression];
  return [...operandsOf(expression.left), ...operandsOf(expression.right)];
}

function arrayValue(place: ArrayPlace): RightValue {
  const read = (memory: Cell[]): ArrayValues => {
    const view = place.view(memory);
    return { lengths: view.lengths, values: viewCells(view).map((cell) => memory[cell]) };
  };
  return { kind: "array", element: place.element, rank: place.rank, read };
}

function joined(at: Position, parts: readonly RightValue[]): RightValue {
  const lists = parts.flatMap((part) => (part.kind === "bits" ? [part.list] : []));
  if (lists.length === parts.length) return { kind: "bits", list: joinedLists(lists) };
  const arrays = parts.flatMap((part) => (part.kind === "array" ? [part] : []));
  const [first] = arrays;
  const alike = arrays.every(
    (array) => array.rank === first.rank && typeText(array.element) === typeText(first.element),
  );
  if (arrays.length !== parts.length || !alike) {
    throw new Rejection(at, "expected registers of bits or arrays of one type on all sides of ++");
  }
  const read = (memory: Cell[]): ArrayValues => {
    const values = arrays.map((array) => array.read(memory));
    const rest = values[0].lengths.slice(1);
    const odd = values.find((value) => value.lengths.slice(1).join() !== rest.join());
    if (odd !== undefined) trap(at, `expected ${arrayText(first.element, rest)} in every part`);
    const length = values.reduce((sum, value) => sum + value.lengths[0], 0);
    return { lengths: [length, ...rest], values: values.flatMap((value) => value.values) };
  };
  return { kind: "array", element: first.element, rank: first.rank, read };
}

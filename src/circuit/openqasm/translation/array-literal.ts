/**
 * Literals of arrays: nested braces that must have the shape of the array they initialise.
 */
import { counted } from "#foundation";
import type { Evaluate } from "../../machine/code.ts";
import { Rejection } from "../source.ts";
import type { ArrayLiteral, Expression } from "../syntax.ts";
import { stored } from "../values/conversion.ts";
import { trap } from "../values/typed.ts";
import type { ValueType } from "../values/value-type.ts";
import { type ArrayValues, rightSide } from "./right-side.ts";
import type { Translator } from "./translator.ts";

/** The values of `literal`, which must have these lengths. */
export function arrayLiteralValues(
  t: Translator,
  literal: ArrayLiteral,
  element: ValueType,
  lengths: readonly number[],
): Evaluate<ArrayValues> {
  const [length, ...rest] = lengths;
  if (literal.items.length !== length) {
    throw new Rejection(
      literal.at,
      `expected ${counted(length, "item")}, got ${literal.items.length}`,
    );
  }
  const items = literal.items.map((item) => itemValues(t, item, element, rest));
  return (memory) => ({ lengths, values: items.flatMap((item) => item(memory).values) });
}

function itemValues(
  t: Translator,
  item: Expression | ArrayLiteral,
  element: ValueType,
  lengths: readonly number[],
): Evaluate<ArrayValues> {
  if (item.kind === "array-literal") {
    if (lengths.length === 0) throw new Rejection(item.at, "expected a single value, got braces");
    return arrayLiteralValues(t, item, element, lengths);
  }
  if (lengths.length === 0) {
    const value = stored(t.value(item), element);
    return (memory) => ({ lengths, values: [value.evaluate(memory)] });
  }
  const row = rightSide(t, item);
  if (row.kind !== "array" || row.rank !== lengths.length || row.element.kind !== element.kind) {
    throw new Rejection(item.at, `expected an array of ${lengths.length} dimensions`);
  }
  return (memory) => {
    const values = row.read(memory);
    if (values.lengths.join() !== lengths.join()) {
      trap(item.at, `expected an array of lengths ${lengths}, got ${values.lengths}`);
    }
    return values;
  };
}

/**
 * Integers that the program fixes: sizes, dimensions, labels, numbers of controls.
 */
import { Rejection } from "../source.ts";
import type { Expression } from "../syntax.ts";
import { asBigint } from "../values/value-type.ts";
import type { Translator } from "./translator.ts";

/** `expression` as an integer that is the same in every run; `what` says what it is. */
export function constantInteger(t: Translator, expression: Expression, what: string): number {
  const value = t.value(expression);
  const { kind } = value.type;
  if (value.constant === undefined || (kind !== "int" && kind !== "uint")) {
    throw new Rejection(expression.at, `expected ${what}, which is a constant integer`);
  }
  return Number(asBigint(value.constant));
}

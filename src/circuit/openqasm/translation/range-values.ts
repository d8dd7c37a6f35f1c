/**
 * The integers of a range `start : step : stop`, both ends included.
 */

import type { Evaluate, Memory } from "../../machine/code.ts";
import { Rejection } from "../source.ts";
import type { Range } from "../syntax.ts";
import { asInteger } from "../values/conversion.ts";
import { type Typed, trap } from "../values/typed.ts";
import { asBigint } from "../values/value-type.ts";
import type { Translator } from "./translator.ts";

/** The ends and the step of a range. */
export interface RangeBounds {
  readonly start: bigint;
  readonly step: bigint;
  readonly stop: bigint;
}

/** Integers a range in a gate's body may have. */
const VALUES_MAX = 1_000_000;

/** The bounds of `range`, which has both ends. */
export function rangeBounds(t: Translator, range: Range): Evaluate<RangeBounds> {
  const { at, start, step, stop } = range;
  if (start === undefined || stop === undefined) {
    throw new Rejection(at, "expected a range with both ends");
  }
  const first = asInteger(t.value(start));
  const last = asInteger(t.value(stop));
  const increment = step === undefined ? undefined : asInteger(t.value(step));
  const whole = (value: Typed, memory: Memory) => asBigint(value.evaluate(memory));
  return (memory) => {
    const by = increment === undefined ? 1n : whole(increment, memory);
    if (by === 0n) trap(at, "expected a step other than 0, got 0");
    return { start: whole(first, memory), step: by, stop: whole(last, memory) };
  };
}

/** All integers of `range`. */
export function rangeValues(t: Translator, range: Range): Evaluate<readonly bigint[]> {
  const bounds = rangeBounds(t, range);
  return (memory) => {
    const { start, step, stop } = bounds(memory);
    const values: bigint[] = [];
    for (let next = start; isInside(next, step, stop); next += step) {
      if (values.length >= VALUES_MAX) trap(range.at, `expected at most ${VALUES_MAX} values`);
      values.push(next);
    }
    return values;
  };
}

/** Whether a range that has come to `next` is not over. */
export function isInside(next: bigint, step: bigint, stop: bigint): boolean {
  return step > 0n ? next <= stop : next >= stop;
}

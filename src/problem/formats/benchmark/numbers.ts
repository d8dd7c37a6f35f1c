/**
 * Runs of numbers that ignore line ends, as the OR-Library and QAPLIB write them. The place of each
 * number is its meaning, so the first one that is wrong ends the reading.
 */
import type { Scanner } from "../scanner.ts";

/** The next number of the run; `what` names it in messages. */
export function* nextNumber(scanner: Scanner, what: string): Generator<void, number, void> {
  while (!scanner.ready()) yield;
  const value = scanner.number(what);
  scanner.check();
  return value;
}

/** The next number of the run, an integer from `min` to `max`. */
export function* nextInteger(
  scanner: Scanner,
  what: string,
  min: number,
  max: number,
): Generator<void, number, void> {
  while (!scanner.ready()) yield;
  const value = scanner.integer(what, min, max);
  scanner.check();
  return value;
}

/** The next `count` numbers of the run. */
export function* nextNumbers(
  scanner: Scanner,
  what: string,
  count: number,
): Generator<void, number[], void> {
  const values: number[] = [];
  while (values.length < count) {
    while (!scanner.ready()) yield;
    const value = scanner.number(what);
    if (Number.isNaN(value)) scanner.check();
    values.push(value);
  }
  return values;
}

/** Ends the run: only blanks may follow. */
export function* endOfNumbers(scanner: Scanner): Generator<void, void, void> {
  while (!scanner.ready()) yield;
  scanner.mark();
  if (!scanner.isAtEnd) scanner.fail("file: expected its end, got more");
}

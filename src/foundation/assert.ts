/**
 * Assertions: for programmers' errors only. A failed assertion ends the task it happens in and is
 * never shown to a user as advice; what users can do something about is a fault (fault.ts).
 */

/** A broken invariant of this program. Never caught to steer control flow. */
export class AssertionError extends Error {
  override readonly name = "AssertionError";
}

/** Throws {@link AssertionError} unless `condition` holds. `message` says what was expected. */
export function assert(condition: boolean, message: string): asserts condition {
  if (!condition) throw new AssertionError(message);
}

/** Narrows away `undefined` and `null`; `what` names the value that had to be there. */
export function present<T>(value: T | undefined | null, what: string): T {
  if (value === undefined || value === null) throw new AssertionError(`${what} is missing`);
  return value;
}

/** The end of each switch over a closed union: compiles only while every case is handled. */
export function unreachable(value: never): never {
  throw new AssertionError(`unhandled case: ${JSON.stringify(value)}`);
}

/**
 * The one way to say that a format cannot express a problem.
 */
import { Fault } from "#foundation";
import { formatFaults } from "./faults.ts";

/** @throws Fault `problem-not-writable`; `detail` says what was expected and what was got. */
export function notWritable(detail: string): never {
  throw new Fault(formatFaults.notWritable, { detail });
}

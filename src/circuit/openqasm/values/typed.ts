/**
 * Translated expressions: a type, how to compute the value from the cells, and the value itself
 * where the program fixes it. Whatever only depends on constants is computed here and now.
 */
import { Fault } from "#foundation";
import type { Condition } from "../../circuit.ts";
import { CIRCUIT_FAULTS } from "../../faults.ts";
import type { Evaluate } from "../../machine/code.ts";
import { type Position, placeText, Rejection } from "../source.ts";
import type { Scalar, ValueType } from "./value-type.ts";

/** An expression that has a value. */
export interface Typed {
  readonly at: Position;
  readonly type: ValueType;
  /** The value, if it is the same in every run. */
  readonly constant: Scalar | undefined;
  readonly evaluate: Evaluate<Scalar>;
  /** For truth values: the same as a condition on bit cells, where it asks for nothing else. */
  readonly condition?: Evaluate<Condition> | undefined;
  /** For integers that are nothing but a bit register: its cells, least significant first. */
  readonly bits?: Evaluate<readonly number[]> | undefined;
}

/** The expression computed from `parts` by `evaluate`; folded if they are all constant. */
export function typed(
  at: Position,
  type: ValueType,
  parts: readonly Typed[],
  evaluate: Evaluate<Scalar>,
): Typed {
  if (parts.some((part) => part.constant === undefined)) {
    return { at, type, constant: undefined, evaluate };
  }
  const constant = folded(() => evaluate([]));
  return constantOf(at, type, constant);
}

/** The expression that is always `value`. */
export function constantOf(at: Position, type: ValueType, value: Scalar): Typed {
  return { at, type, constant: value, evaluate: () => value };
}

/** What the program does is undefined here; stops the run. */
export function trap(at: Position, message: string): never {
  throw new Fault(CIRCUIT_FAULTS.runTimeError, {
    detail: `${placeText(at)}: ${message}`,
    flaws: [{ pointer: `/${at.line}/${at.column}`, message }],
  });
}

/** Runs `compute` during translation; what would stop a run is then an error of the program. */
export function folded<T>(compute: () => T): T {
  try {
    return compute();
  } catch (thrown) {
    if (!(thrown instanceof Fault) || thrown.flaws.length === 0) throw thrown;
    const [flaw] = thrown.flaws;
    const [, line, column] = flaw.pointer.split("/").map(Number);
    const file = thrown.message.slice(0, thrown.message.indexOf(`:${line}:${column}: `));
    throw new Rejection({ file, line, column }, flaw.message);
  }
}

/**
 * Truth values seen as conditions on classical bits, as far as they are that: what lets control
 * flow be carried over into a circuit instead of being run.
 */
import type { Condition, Relation } from "../../circuit.ts";
import type { Evaluate } from "../../machine/code.ts";
import { isTruth } from "./common-type.ts";
import type { Typed } from "./typed.ts";
import { asBigint, asBoolean, type ValueType } from "./value-type.ts";

/** Not `condition`. */
export function negation(condition: Condition): Condition {
  return { kind: "not", condition };
}

/** The condition changed by `map`, where there is one. */
export function mapCondition(
  condition: Evaluate<Condition> | undefined,
  map: (condition: Condition) => Condition,
): Evaluate<Condition> | undefined {
  return condition === undefined ? undefined : (memory) => map(condition(memory));
}

/** What `join` makes of the conditions of both, where both have one. */
export function joined(
  left: Typed,
  right: Typed,
  join: (conditions: readonly Condition[]) => Condition,
): Evaluate<Condition> | undefined {
  const [a, b] = [conditionOf(left), conditionOf(right)];
  if (a === undefined || b === undefined) return undefined;
  return (memory) => join([a(memory), b(memory)]);
}

/** A truth value as a condition on bits; what needs no bits is worked out when it is asked. */
function conditionOf(value: Typed): Evaluate<Condition> | undefined {
  if (value.condition !== undefined) return value.condition;
  return (memory) => ({ kind: "constant", value: asBoolean(value.evaluate(memory)) });
}

/** A comparison of a bit or a whole register with a number that asks for no bits. */
export function comparisonCondition(
  relation: Relation,
  left: Typed,
  right: Typed,
): Evaluate<Condition> | undefined {
  const isEquality = relation === "==" || relation === "!=";
  const comparable = right.type.kind !== "complex";
  if (isEquality && comparable && isTruth(left.type) && left.condition !== undefined) {
    const { condition } = left;
    return (memory) => {
      const wanted = Number(right.evaluate(memory));
      if (wanted !== 0 && wanted !== 1) return { kind: "constant", value: relation === "!=" };
      const same = (wanted === 1) === (relation === "==");
      return same ? condition(memory) : negation(condition(memory));
    };
  }
  const cells = left.bits;
  const signed = left.type.kind === "int";
  if (cells === undefined || !isWhole(right.type) || (signed && !isEquality)) return undefined;
  return (memory) => {
    const bits = cells(memory);
    const value = asBigint(right.evaluate(memory));
    if (signed && BigInt.asIntN(bits.length, value) !== value) {
      return { kind: "constant", value: relation === "!=" };
    }
    return {
      kind: "compare",
      bits,
      relation,
      value: signed ? unsigned(bits.length, value) : value,
    };
  };
}

function unsigned(width: number, value: bigint): bigint {
  return BigInt.asUintN(width, value);
}

function isWhole(type: ValueType): boolean {
  return type.kind === "int" || type.kind === "uint" || type.kind === "bits";
}

/**
 * Conditions as OpenQASM 3 expressions. A comparison that does not fit one register, as a whole or
 * a slice of it, is written bit by bit.
 */
import { unreachable } from "#foundation";
import type { Condition, Register } from "../../circuit.ts";
import type { WrittenNames } from "./names.ts";

/** `condition` as an expression of type bool or bit. */
export function conditionText(condition: Condition, names: WrittenNames): string {
  switch (condition.kind) {
    case "constant":
      return String(condition.value);
    case "bit":
      return names.bit(condition.bit);
    case "compare":
      return comparisonText(condition, names);
    case "not":
      return `!${operandText(condition.condition, names)}`;
    case "all":
      return chainText(condition.conditions, "&&", "all", "true", names);
    case "any":
      return chainText(condition.conditions, "||", "any", "false", names);
    case "odd":
      return chainText(condition.conditions, "^", "odd", "false", names);
    default:
      return unreachable(condition);
  }
}

/**
 * A chain of one operator; only its first member may be a chain of the same without parentheses.
 */
function chainText(
  conditions: readonly Condition[],
  operator: string,
  kind: Condition["kind"],
  empty: string,
  names: WrittenNames,
): string {
  if (conditions.length === 0) return empty;
  const texts = conditions.map((part, index) => {
    if (index === 0 && part.kind === kind) return conditionText(part, names);
    // Bits and bools are both true or false, but ^ is only spoken of for bits.
    const text = operandText(part, names);
    return operator === "^" && part.kind !== "bit" ? `bit(${conditionText(part, names)})` : text;
  });
  return texts.join(` ${operator} `);
}

function operandText(condition: Condition, names: WrittenNames): string {
  const text = conditionText(condition, names);
  const isAtom = condition.kind === "bit" || condition.kind === "constant";
  return isAtom ? text : `(${text})`;
}

type Comparison = Extract<Condition, { kind: "compare" }>;

function comparisonText(condition: Comparison, names: WrittenNames): string {
  const { bits, relation, value } = condition;
  const place = sliceOf(bits, names.bitRegisters);
  // A negative number would be wrapped around by the comparison with an unsigned one.
  if (place === undefined || value < 0n) return conditionText(bitwise(condition), names);
  const { register, from } = place;
  const isWhole = register.size === bits.length;
  const subject = isWhole ? register.name : `${register.name}[${from}:${from + bits.length - 1}]`;
  return `uint[${bits.length}](${subject}) ${relation} ${value}`;
}

function sliceOf(
  bits: readonly number[],
  registers: readonly Register[],
): { readonly register: Register; readonly from: number } | undefined {
  const [first] = bits;
  if (first === undefined || bits.some((bit, place) => bit !== first + place)) return undefined;
  const register = registers.find(
    ({ start, size }) => first >= start && first + bits.length <= start + size,
  );
  return register === undefined ? undefined : { register, from: first - register.start };
}

/** A comparison of bits with a number, spelled out from the least significant bit. */
function bitwise({ bits, relation, value }: Comparison): Condition {
  switch (relation) {
    case "<":
      return less(bits, value);
    case "<=":
      return less(bits, value + 1n);
    case ">":
      return { kind: "not", condition: less(bits, value + 1n) };
    case ">=":
      return { kind: "not", condition: less(bits, value) };
    case "==":
    case "!=": {
      const equal: Condition = {
        kind: "all",
        conditions: [{ kind: "not", condition: less(bits, value) }, less(bits, value + 1n)],
      };
      return relation === "==" ? equal : { kind: "not", condition: equal };
    }
    default:
      return unreachable(relation);
  }
}

function less(bits: readonly number[], value: bigint): Condition {
  if (value <= 0n) return { kind: "constant", value: false };
  if (value >= 1n << BigInt(bits.length)) return { kind: "constant", value: true };
  return bits.reduce<Condition>(
    (lower, bit, place) => {
      const isZero: Condition = { kind: "not", condition: { kind: "bit", bit } };
      const isOne = ((value >> BigInt(place)) & 1n) === 1n;
      return { kind: isOne ? "any" : "all", conditions: [isZero, lower] };
    },
    { kind: "constant", value: false },
  );
}

/**
 * The type in which two operands meet: C99's usual arithmetic conversions, with widths in bits
 * (specification, "Casting specifics").
 */
import { type Position, Rejection } from "../source.ts";
import type { BinaryOperator } from "../syntax.ts";
import { implicitly } from "./conversion.ts";
import type { Typed } from "./typed.ts";
import { bitWidth, typeText, type ValueType } from "./value-type.ts";

const OPEN_FLOAT_WIDTH = 64;

/** Both operands in the type that C99's usual arithmetic conversions give. */
export function commonOperands(
  at: Position,
  operator: BinaryOperator,
  left: Typed,
  right: Typed,
): readonly [Typed, Typed] {
  const [a, b] = [left.type, right.type];
  if (a.kind === "bits" && b.kind === "bits") {
    if (a.width === b.width) return [left, right];
    throw mismatch(at, operator, left, right);
  }
  if (a.kind === "angle" || b.kind === "angle") return commonAngles(at, operator, left, right);
  if (isTruth(a) && isTruth(b) && (operator === "==" || operator === "!=")) return [left, right];
  if (a.kind === "complex" || b.kind === "complex") {
    return both(left, right, { kind: "complex", width: widest(a, b, "complex") });
  }
  if (a.kind === "float" || b.kind === "float") {
    if (a.kind === "bits" || b.kind === "bits") throw mismatch(at, operator, left, right);
    return both(left, right, { kind: "float", width: widest(a, b, "float") });
  }
  const [x, y] = [counted(left), counted(right)];
  return both(x, y, commonInteger(x.type, y.type));
}

function commonAngles(
  at: Position,
  operator: BinaryOperator,
  left: Typed,
  right: Typed,
): readonly [Typed, Typed] {
  const types = [left.type, right.type];
  if (types.some((type) => type.kind !== "angle" && type.kind !== "float")) {
    throw mismatch(at, operator, left, right);
  }
  const widths = types.map((type) => (type.kind === "angle" ? bitWidth(type) : 0));
  return both(left, right, { kind: "angle", width: Math.max(...widths) });
}

function both(left: Typed, right: Typed, type: ValueType): readonly [Typed, Typed] {
  return [implicitly(left, type), implicitly(right, type)];
}

/** Truth values and registers, where a number is needed, count as unsigned numbers. */
export function counted(value: Typed): Typed {
  const { type } = value;
  if (type.kind === "bits") {
    const asUint: ValueType = { kind: "uint", width: type.width };
    return { ...value, type: asUint };
  }
  return isTruth(type) ? implicitly(value, { kind: "int", width: undefined }) : value;
}

function commonInteger(a: ValueType, b: ValueType): ValueType {
  const width = (type: ValueType) => ("width" in type ? bitWidth(type) : 1);
  const greatest = Math.max(width(a), width(b));
  const unsigned = [a, b].some((type) => type.kind === "uint" && width(type) === greatest);
  return { kind: unsigned ? "uint" : "int", width: greatest };
}

function widest(a: ValueType, b: ValueType, kind: "float" | "complex"): number | undefined {
  const widths = [a, b].flatMap((type) =>
    type.kind === "float" || type.kind === kind ? [type.width ?? OPEN_FLOAT_WIDTH] : [],
  );
  return Math.max(...widths);
}

/** Whether values of the type are true or false. */
export function isTruth(type: ValueType): boolean {
  return type.kind === "bool" || type.kind === "bit";
}

/** The complaint that `operator` does not take these operands. */
export function mismatch(
  at: Position,
  operator: BinaryOperator,
  left: Typed,
  right: Typed,
): Rejection {
  const got = `${typeText(left.type)} and ${typeText(right.type)}`;
  return new Rejection(at, `expected operands that ${operator} can join, got ${got}`);
}

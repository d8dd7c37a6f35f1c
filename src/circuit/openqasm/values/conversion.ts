/**
 * Conversions between types: those that happen by themselves where a value is used, and those a
 * cast asks for (specification, "Casting specifics"). Where the table of allowed casts says no, so
 * does this file.
 */
import { unreachable } from "#foundation";
import { complex } from "../../gates/complex.ts";
import { Rejection } from "../source.ts";
import { type Typed, trap, typed } from "./typed.ts";
import {
  angleToRadians,
  asBigint,
  asBoolean,
  asNumber,
  bitWidth,
  radiansToAngle,
  reduced,
  type Scalar,
  typeText,
  type ValueType,
} from "./value-type.ts";

/** `value` as `type`, as an assignment or argument does it without being asked. */
export function implicitly(value: Typed, type: ValueType): Typed {
  if (!allowedImplicitly(value, type)) throw refusal(value, type, "a cast would be needed");
  return converted(value, type);
}

/**
 * `value` as `type`, as it is put into a variable: what a run computes wraps around to the width of
 * an integer, but a constant that does not fit is a mistake of the program.
 */
export function stored(value: Typed, type: ValueType): Typed {
  const result = implicitly(value, type);
  const { constant } = value;
  if (typeof constant !== "bigint" || (type.kind !== "int" && type.kind !== "uint")) return result;
  if (reduced(type, constant) === constant) return result;
  throw refusal(value, type, `a cast would wrap ${constant} around`);
}

/** `value` as `type`, as a cast does it. */
export function explicitly(value: Typed, type: ValueType): Typed {
  if (!allowedByCast(value.type, type)) throw refusal(value, type, "there is no such cast");
  return converted(value, type);
}

/** `value` as a truth value: anything that counts is true unless it is 0. */
export function asCondition(value: Typed): Typed {
  return explicitly(value, { kind: "bool" });
}

/** `value` as a real number of radians or plain number, for a gate's parameter. */
export function asAngleNumber(value: Typed): Typed {
  const type: ValueType = { kind: "float", width: undefined };
  if (value.type.kind === "complex" || value.type.kind === "bits") {
    throw refusal(value, type, "a gate's parameter is real");
  }
  return converted(value, type);
}

/** `value` as an integer of any size, for an index or a size. */
export function asInteger(value: Typed): Typed {
  const { kind } = value.type;
  if (kind === "int" || kind === "uint") return value;
  return implicitly(value, { kind: "int", width: undefined });
}

function refusal(value: Typed, type: ValueType, why: string): Rejection {
  return new Rejection(
    value.at,
    `expected a value of type ${typeText(type)}, got ${typeText(value.type)}: ${why}`,
  );
}

const COUNTING: readonly ValueType["kind"][] = ["bool", "bit", "int", "uint"];

function allowedImplicitly(value: Typed, to: ValueType): boolean {
  const from = value.type;
  switch (to.kind) {
    case "bool":
    case "bit":
      return COUNTING.includes(from.kind) || isBits(from, 1);
    case "bits":
      return isBits(from, to.width) || (to.width === 1 && isTruth(from));
    case "int":
    case "uint":
      return COUNTING.includes(from.kind);
    case "float":
      return COUNTING.includes(from.kind) || from.kind === "float";
    case "complex":
      return COUNTING.includes(from.kind) || from.kind === "float" || from.kind === "complex";
    case "angle":
      return from.kind === "angle" || from.kind === "float";
    default:
      return unreachable(to);
  }
}

function allowedByCast(from: ValueType, to: ValueType): boolean {
  switch (to.kind) {
    case "bool":
    case "bit":
      return from.kind !== "complex";
    case "bits":
      if (from.kind === "bool" || from.kind === "bit") return true;
      if (from.kind === "bits") return from.width === to.width;
      if (from.kind === "float" || from.kind === "complex") return false;
      return from.width === undefined || from.width === to.width;
    case "int":
    case "uint":
      if (from.kind === "angle" || from.kind === "complex") return false;
      return from.kind !== "bits" || to.width === undefined || to.width === from.width;
    case "float":
      return from.kind !== "bits" && from.kind !== "complex";
    case "complex":
      return from.kind !== "bits" && from.kind !== "angle";
    case "angle":
      if (from.kind === "bits") return from.width === bitWidth(to);
      return from.kind === "angle" || from.kind === "float";
    default:
      return unreachable(to);
  }
}

function isTruth(type: ValueType): boolean {
  return type.kind === "bool" || type.kind === "bit";
}

function isBits(type: ValueType, width: number): boolean {
  return type.kind === "bits" && type.width === width;
}

function converted(value: Typed, to: ValueType): Typed {
  const from = value.type;
  if (typeText(from) === typeText(to)) return value;
  const convert = conversion(value, to);
  const result = typed(value.at, to, [value], (memory) => convert(value.evaluate(memory)));
  if (isTruth(to) && isTruth(from)) return { ...result, condition: value.condition };
  const staysWhole = from.kind === "bits" && (to.kind === "int" || to.kind === "uint");
  return staysWhole ? { ...result, bits: value.bits } : result;
}

/** The function from values of one type to values of the other. */
function conversion(value: Typed, to: ValueType): (value: Scalar) => Scalar {
  const from = value.type;
  switch (to.kind) {
    case "bool":
    case "bit":
      return (scalar) => isNonZero(scalar);
    case "bits":
    case "int":
    case "uint":
      return (scalar) => reduced(to, toInteger(value, scalar));
    case "float":
    case "complex":
      return (scalar) => {
        const real = toReal(from, scalar);
        return reduced(
          to,
          to.kind === "complex" && typeof real === "number" ? complex(real) : real,
        );
      };
    case "angle":
      return (scalar) => toAngle(value, scalar, bitWidth(to));
    default:
      return unreachable(to);
  }
}

function isNonZero(value: Scalar): boolean {
  if (typeof value === "object") return value.re !== 0 || value.im !== 0;
  return typeof value === "boolean" ? value : value !== 0 && value !== 0n;
}

function toInteger(source: Typed, value: Scalar): bigint {
  if (typeof value === "boolean") return value ? 1n : 0n;
  if (typeof value === "bigint") return value;
  const real = asNumber(value);
  if (!Number.isFinite(real)) trap(source.at, `expected a finite number, got ${real}`);
  return BigInt(Math.trunc(real));
}

function toReal(from: ValueType, value: Scalar): Scalar {
  switch (from.kind) {
    case "bool":
    case "bit":
      return asBoolean(value) ? 1 : 0;
    case "bits":
    case "int":
    case "uint":
      return Number(asBigint(value));
    case "angle":
      return angleToRadians(asBigint(value), bitWidth(from));
    case "float":
    case "complex":
      return value;
    default:
      return unreachable(from);
  }
}

function toAngle(source: Typed, value: Scalar, width: number): bigint {
  if (typeof value === "number") {
    if (!Number.isFinite(value)) trap(source.at, `expected a finite angle, got ${value}`);
    return radiansToAngle(value, width);
  }
  const { type } = source;
  const known = asBigint(value);
  if (type.kind !== "angle") return known;
  const shift = width - bitWidth(type);
  if (shift >= 0) return known << BigInt(shift);
  return radiansToAngle(angleToRadians(known, bitWidth(type)), width);
}

/**
 * Types as written to types as meant: sizes are computed and checked.
 */
import { unreachable } from "#foundation";
import { type Position, Rejection } from "../source.ts";
import type { Expression, TypeSyntax } from "../syntax.ts";
import { bitWidth, type ValueType } from "../values/value-type.ts";
import { constantInteger } from "./constant.ts";
import type { Translator } from "./translator.ts";

/** The widest integer, angle or register that is computed with. */
const WIDTH_MAX = 4096;

/** The type of an integer literal: of open width, or of the width it needs where that is more. */
export function literalType(at: Position, value: bigint): ValueType {
  const type: ValueType = { kind: "int", width: undefined };
  if (BigInt.asUintN(bitWidth(type), value) === value) return type;
  const bits = value.toString(2).length + 1;
  if (bits > WIDTH_MAX) {
    throw new Rejection(at, `expected an integer of at most ${WIDTH_MAX} bits, got ${bits}`);
  }
  return { kind: "int", width: bits };
}

/**
 * The scalar type that `syntax` writes; `timing` for durations, of which there are no values here.
 */
export function scalarType(t: Translator, syntax: TypeSyntax): ValueType | "timing" {
  if (syntax.kind !== "scalar") {
    throw new Rejection(syntax.at, `expected a scalar type, got ${syntax.kind}`);
  }
  const { name, size } = syntax;
  switch (name) {
    case "duration":
    case "stretch":
      return "timing";
    case "bool":
      return { kind: "bool" };
    case "bit":
      return size === undefined ? { kind: "bit" } : { kind: "bits", width: width(t, size, 0) };
    case "int":
    case "uint":
    case "angle":
      return { kind: name, width: size === undefined ? undefined : width(t, size) };
    case "float":
    case "complex":
      return { kind: name, width: size === undefined ? undefined : floatWidth(t, size) };
    default:
      return unreachable(name);
  }
}

/** The number of qubits or elements that `size` asks for. */
export function lengthOf(t: Translator, size: Expression, lengthMax: number): number {
  const length = constantInteger(t, size, "a size");
  if (length < 0 || length > lengthMax) {
    throw new Rejection(size.at, `expected a size from 0 to ${lengthMax}, got ${length}`);
  }
  return length;
}

function width(t: Translator, size: Expression, widthMin = 1): number {
  const bits = constantInteger(t, size, "a width");
  if (bits < widthMin || bits > WIDTH_MAX) {
    throw new Rejection(size.at, `expected a width from ${widthMin} to ${WIDTH_MAX}, got ${bits}`);
  }
  return bits;
}

/** Widths other than 32 are computed in 64 bits, as the specification leaves to the target. */
function floatWidth(t: Translator, size: Expression): number {
  const bits = width(t, size);
  if (bits > 64) throw new Rejection(size.at, `expected a float of at most 64 bits, got ${bits}`);
  return bits;
}

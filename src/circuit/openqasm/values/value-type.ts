/**
 * The types of OpenQASM values and how values of each are kept: `bool` and `bit` as booleans,
 * `bit[n]`, `int`, `uint` and `angle` as bigints, `float` as numbers, `complex` as pairs. An angle
 * of n bits is the integer that counts 2 pi / 2^n (specification, "Angles").
 */
import { assert, unreachable } from "#foundation";
import type { Complex } from "../../gates/complex.ts";

/** Bits of an integer or angle whose width the program leaves open. */
const OPEN_WIDTH = 64;

/** The type of one value. A width of `undefined` was left open by the program. */
export type ValueType =
  | { readonly kind: "bool" }
  | { readonly kind: "bit" }
  | { readonly kind: "bits"; readonly width: number }
  | { readonly kind: "int"; readonly width: number | undefined }
  | { readonly kind: "uint"; readonly width: number | undefined }
  | { readonly kind: "angle"; readonly width: number | undefined }
  | { readonly kind: "float"; readonly width: number | undefined }
  | { readonly kind: "complex"; readonly width: number | undefined };

/** A value. */
export type Scalar = boolean | bigint | number | Complex;

/** `type` as OpenQASM writes it. */
export function typeText(type: ValueType): string {
  switch (type.kind) {
    case "bool":
    case "bit":
      return type.kind;
    case "bits":
      return `bit[${type.width}]`;
    case "int":
    case "uint":
    case "angle":
    case "float":
      return type.width === undefined ? type.kind : `${type.kind}[${type.width}]`;
    case "complex":
      return type.width === undefined ? "complex" : `complex[float[${type.width}]]`;
    default:
      return unreachable(type);
  }
}

/** The value of a variable that was never given one. */
export function zeroOf(type: ValueType): Scalar {
  switch (type.kind) {
    case "bool":
    case "bit":
      return false;
    case "bits":
    case "int":
    case "uint":
    case "angle":
      return 0n;
    case "float":
      return 0;
    case "complex":
      return { re: 0, im: 0 };
    default:
      return unreachable(type);
  }
}

/** The width of an integer, angle or register in bits. */
export function bitWidth(type: { readonly width: number | undefined }): number {
  return type.width ?? OPEN_WIDTH;
}

/**
 * `value` reduced to what `type` can hold: integers wrap around, floats are rounded to their width.
 */
export function reduced(type: ValueType, value: Scalar): Scalar {
  switch (type.kind) {
    case "bool":
    case "bit":
      return value;
    case "bits":
      return BigInt.asUintN(type.width, asBigint(value));
    case "uint":
    case "angle":
      return BigInt.asUintN(bitWidth(type), asBigint(value));
    case "int":
      return BigInt.asIntN(bitWidth(type), asBigint(value));
    case "float":
      return type.width === 32 ? Math.fround(asNumber(value)) : value;
    case "complex": {
      const { re, im } = asComplex(value);
      return type.width === 32 ? { re: Math.fround(re), im: Math.fround(im) } : value;
    }
    default:
      return unreachable(type);
  }
}

/** The angle in radians, in [0, 2 pi). */
export function angleToRadians(value: bigint, width: number): number {
  return (Number(value) / 2 ** width) * 2 * Math.PI;
}

/** The angle nearest to `radians`, ties to even; `radians` must be finite. */
export function radiansToAngle(radians: number, width: number): bigint {
  const turns = radians / (2 * Math.PI);
  const fraction = turns - Math.floor(turns);
  // The product is exact: it only moves the binary point.
  const scaled = fraction * 2 ** width;
  const below = Math.floor(scaled);
  const rest = scaled - below;
  const up = rest > 0.5 || (rest === 0.5 && below % 2 === 1);
  return BigInt.asUintN(width, BigInt(below) + (up ? 1n : 0n));
}

/** `value`, which is an integer. */
export function asBigint(value: Scalar): bigint {
  assert(typeof value === "bigint", "an integer value");
  return value;
}

/** `value`, which is real. */
export function asNumber(value: Scalar): number {
  assert(typeof value === "number", "a real value");
  return value;
}

/** `value`, which is a truth value. */
export function asBoolean(value: Scalar): boolean {
  assert(typeof value === "boolean", "a truth value");
  return value;
}

/** `value`, which is complex. */
export function asComplex(value: Scalar): Complex {
  assert(typeof value === "object", "a complex value");
  return value;
}

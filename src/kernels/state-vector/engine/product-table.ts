/**
 * Tables of a diagonal operator over a few bits, in doubles: entry z is the product of the factors that z meets.
 */
import type { Complex } from "../plan/operation.ts";

/** Complex numbers, real and imaginary parts apart. */
export interface ComplexTable {
  readonly re: Float64Array;
  readonly im: Float64Array;
}

/** A table over `bitCount` bits, all ones. */
export function onesTable(bitCount: number): ComplexTable {
  const size = 2 ** bitCount;
  return { re: new Float64Array(size).fill(1), im: new Float64Array(size) };
}

/** Multiplies every entry by the factor for its value of the bit at `position`. */
export function multiplyBit(
  table: ComplexTable,
  position: number,
  zero: Complex,
  one: Complex,
): void {
  const bit = 2 ** position;
  const { re, im } = table;
  for (let z = 0; z < re.length; z += 1) {
    const { re: c, im: s } = (z & bit) === 0 ? zero : one;
    const x = re[z];
    re[z] = x * c - im[z] * s;
    im[z] = x * s + im[z] * c;
  }
}

/** Multiplies the entries z with z & mask == value. */
export function multiplyWhere(
  table: ComplexTable,
  mask: number,
  value: number,
  { re: c, im: s }: Complex,
): void {
  const { re, im } = table;
  for (let z = value; z < re.length; z = (((z | mask) + 1) & ~mask) | value) {
    const x = re[z];
    re[z] = x * c - im[z] * s;
    im[z] = x * s + im[z] * c;
  }
}

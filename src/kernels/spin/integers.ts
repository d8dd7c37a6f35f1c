/**
 * Views of memory as integers of one width.
 */
import type { Width } from "./integer-lanes.ts";

/** Signed integers of 8, 16 or 32 bits. */
export type Integers = Int8Array | Int16Array | Int32Array;

/** `length` integers of `width` bits from `address` on. */
export function integersIn(
  buffer: ArrayBufferLike,
  width: Width,
  address: number,
  length: number,
): Integers {
  if (width === 8) return new Int8Array(buffer, address, length);
  if (width === 16) return new Int16Array(buffer, address, length);
  return new Int32Array(buffer, address, length);
}

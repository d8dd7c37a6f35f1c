/**
 * Vector instructions that do not depend on what the 128 bits mean.
 */
import { type Code, unsigned } from "./encoding.ts";

/** The prefix of all vector instructions. */
export const SIMD = 0xfd;

/** Bytes of a vector. */
export const VECTOR_BYTES = 16;

/** The vector at `address + offset`. */
export function loadVector(address: Code, offset = 0): Code {
  return [address, SIMD, unsigned(0), 4, unsigned(offset)];
}

/** Stores `value` at `address + offset`. */
export function storeVector(address: Code, value: Code, offset = 0): Code {
  return [address, value, SIMD, unsigned(11), 4, unsigned(offset)];
}

/** `a ^ b` on all 128 bits. */
export function xorVector(a: Code, b: Code): Code {
  return [a, b, SIMD, unsigned(81)];
}

/** Which byte of two vectors, one after the other, each byte of a shuffle's result is. */
export type Shuffle = readonly number[];

/** Bytes picked out of `a` and `b`. */
export function shuffle(a: Code, b: Code, source: Shuffle): Code {
  return [a, b, SIMD, unsigned(13), source];
}

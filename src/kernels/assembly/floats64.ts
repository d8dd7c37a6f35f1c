/**
 * Instructions on vectors of two doubles, and on their bits as two 64-bit integers: for what is
 * computed in double precision whatever the precision of the state. Never fused.
 */
import { type Code, float64, unsigned } from "./encoding.ts";
import { SIMD, shuffle } from "./simd.ts";

const binary = (opcode: number) => (a: Code, b: Code) => [a, b, SIMD, unsigned(opcode)];
const shift = (opcode: number) => (a: Code, bits: number) => [
  a,
  0x41,
  bits,
  SIMD,
  unsigned(opcode),
];
const promoteLow = (a: Code): Code => [a, SIMD, unsigned(95)];
const demote = (a: Code): Code => [a, SIMD, unsigned(94)];
const LOWER_HALVES = [0, 1, 2, 3, 4, 5, 6, 7, 16, 17, 18, 19, 20, 21, 22, 23];

/** The instructions. */
export const floats64 = Object.freeze({
  add: binary(240),
  subtract: binary(241),
  multiply: binary(242),
  and: binary(78),
  /** Sum of the bits as 64-bit integers. */
  addBits: binary(206),
  /** Shifts by 32 to 63 places, so that the amount is one byte of LEB128 in 7 bits. */
  shiftLeft: shift(203),
  shiftRightSigned: shift(204),
  /** Bits of `a` where `mask` is 1, of `b` elsewhere. */
  select: (a: Code, b: Code, mask: Code): Code => [a, b, mask, SIMD, unsigned(82)],
  splat: (value: number): Code => [0x44, float64(value), SIMD, unsigned(20)],
  /** A small integer in both 64-bit lanes. */
  splatBits: (value: number): Code => [0x42, value, SIMD, unsigned(18)],
  /** The double at `address` in both lanes. */
  loadSplat: (address: Code): Code => [address, SIMD, unsigned(10), 3, 0],
  /** The lower two of four f32, as doubles. */
  promoteLow,
  /** Four f32 from two and two doubles. */
  demotePair: (a: Code, b: Code): Code => shuffle(demote(a), demote(b), LOWER_HALVES),
});

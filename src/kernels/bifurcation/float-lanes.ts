/**
 * Instructions on vectors of four f32, and on the integers such numbers become, that oscillators
 * need beyond the arithmetic of the assembler (core specification 2.0, section 5.4.9). None is
 * fused: the same bits on every machine.
 */
import { type Code, unsigned } from "../assembly/encoding.ts";
import { SIMD } from "../assembly/simd.ts";

const unary = (opcode: number) => (a: Code) => [a, SIMD, unsigned(opcode)];
const binary = (opcode: number) => (a: Code, b: Code) => [a, b, SIMD, unsigned(opcode)];

/** The instructions. */
export const floats = Object.freeze({
  add: binary(228),
  subtract: binary(229),
  multiply: binary(230),
  least: binary(232),
  greatest: binary(233),
  divide: binary(231),
  magnitude: unary(224),
  squareRoot: unary(227),
  /** All ones in the lanes with `a < b`. */
  lessThan: binary(67),
  /** The number in each lane. */
  splat: unary(19),
  /** The f32 literal in each lane. */
  splatConstant: (value: number): Code => [
    0x43,
    [...new Uint8Array(Float32Array.of(value).buffer)],
    SIMD,
    unsigned(19),
  ],
  /** Rounded towards zero, saturated. */
  toIntegers: unary(248),
  /** Rounded to nearest. */
  fromIntegers: unary(250),
  /** The 32 bits at `address + offset` in each lane. */
  loadSplat: (address: Code, offset = 0): Code => [address, SIMD, unsigned(9), 2, unsigned(offset)],
});

/** Bits of `a` where `mask` is 0. */
export const andNot = binary(79);

/** Bits of `a` where `mask` is 1, of `b` elsewhere. */
export function select(a: Code, b: Code, mask: Code): Code {
  return [a, b, mask, SIMD, unsigned(82)];
}

/** `a + b` on four 32-bit integers. */
export const addWords = binary(174);

/** Lane i is a[2i] b[2i] + a[2i+1] b[2i+1] of eight 16-bit integers each. */
export const dotHalves = binary(186);

/** Four 32-bit integers, their lower halves below the lower halves of `b`. */
export function pairHalves(a: Code, b: Code): Code {
  const source = [0, 1, 16, 17, 4, 5, 20, 21, 8, 9, 24, 25, 12, 13, 28, 29];
  return [a, b, SIMD, unsigned(13), source];
}

/**
 * Vectors of 16 signed bytes, 8 half words or 4 words: the instructions that sweeps over spins use,
 * each under one name whatever the width (core specification 2.0, section 5.4.9).
 */
import { type Code, unsigned } from "../assembly/encoding.ts";
import { get, type Local } from "../assembly/instruction.ts";
import { SIMD } from "../assembly/simd.ts";

/** Bits of an integer. */
export type Width = 8 | 16 | 32;

/** Instructions on vectors of integers of one width. */
export interface IntegerLanes {
  /** Bytes of one integer. */
  readonly bytes: number;
  splat(value: Code): Code;
  add(a: Code, b: Code): Code;
  subtract(a: Code, b: Code): Code;
  /** `a * b`, modulo 2^width; absent for bytes, which have no such instruction. */
  readonly multiply: ((a: Code, b: Code) => Code) | undefined;
  /** All ones in the lanes with `a >= b`, both signed. */
  atLeast(a: Code, b: Code): Code;
  /** The integer at `address + offset` in each lane. */
  loadSplat(address: Code, offset: number): Code;
  /** One vector from vectors of 4 words, first lanes first, saturated. */
  narrow(words: readonly Local[]): Code;
}

const OPCODES = {
  8: { splat: 15, atLeast: 43, add: 110, multiply: undefined, loadSplat: 7, align: 0 },
  16: { splat: 16, atLeast: 53, add: 142, multiply: 149, loadSplat: 8, align: 1 },
  32: { splat: 17, atLeast: 63, add: 174, multiply: 181, loadSplat: 9, align: 2 },
} as const;

const binary = (opcode: number) => (a: Code, b: Code) => [a, b, SIMD, unsigned(opcode)];
const narrowWords = binary(133);
const narrowHalves = binary(101);

/** The instructions for integers of `width` bits. */
export function integerLanes(width: Width): IntegerLanes {
  const op = OPCODES[width];
  return {
    bytes: width / 8,
    splat: (value) => [value, SIMD, unsigned(op.splat)],
    add: binary(op.add),
    subtract: binary(op.add + 3),
    multiply: op.multiply === undefined ? undefined : binary(op.multiply),
    atLeast: binary(op.atLeast),
    loadSplat: (address, offset) => [
      ...[address, SIMD, unsigned(op.loadSplat)],
      ...[op.align, unsigned(offset)],
    ],
    narrow: (words) => {
      const values = words.map(get);
      if (width === 32) return values[0];
      const halves = narrowWords(values[0], values[1]);
      return width === 16 ? halves : narrowHalves(halves, narrowWords(values[2], values[3]));
    },
  };
}

/** `a & b` on all 128 bits. */
export const andVector = binary(78);

/** `a | b` on all 128 bits. */
export const orVector = binary(80);

/** 1 if any bit of `a` is 1, else 0. */
export function anyTrue(a: Code): Code {
  return [a, SIMD, unsigned(83)];
}

/** `a * b` on four f32. */
export const multiplyFloats = binary(230);

/** Four f32 as words, rounded towards zero, saturated. */
export function truncateFloats(a: Code): Code {
  return [a, SIMD, unsigned(248)];
}

/** Byte i is byte `order[i]` of `a`. */
export const swizzle = binary(14);

/**
 * One description of SIMD arithmetic for both precisions and both builds, so that each kernel is written once. A vector
 * has 128 bits: four f32 or two f64. The relaxed build fuses multiplication and addition (relaxed SIMD proposal,
 * `relaxed_madd`), which is faster and rounds as the processor likes: never used for what is recorded.
 */
import { type Code, unsigned } from "./encoding.ts";

/** The number format of a state. */
export type Precision = "f32" | "f64";

/** Whether multiply-add is two roundings (the same bits everywhere) or whatever the processor does. */
export type Build = "plain" | "relaxed";

/** Bytes of a vector. */
export const VECTOR_BYTES = 16;

/** SIMD instructions of one precision and build. */
export interface Lanes {
  readonly precision: Precision;
  readonly build: Build;
  /** The same arithmetic on single numbers; never fused. */
  readonly scalars: Scalars;
  /** Bytes of one number. */
  readonly bytes: number;
  /** Numbers in one vector. */
  readonly count: number;
  /** log2 of `count`: the qubits whose partner amplitudes lie in the same vector. */
  readonly bits: number;
  splat(value: Code): Code;
  add(a: Code, b: Code): Code;
  subtract(a: Code, b: Code): Code;
  multiply(a: Code, b: Code): Code;
  /** `a * b + c`. */
  multiplyAdd(a: Code, b: Code, c: Code): Code;
  /** `c - a * b`. */
  multiplySubtract(a: Code, b: Code, c: Code): Code;
  /** The number at `address + offset` in each lane. */
  loadSplat(address: Code, offset?: number): Code;
  /** The vector whose lane i is lane `i ^ 2^bit` of `value`. */
  partner(value: Code, valueAgain: Code, bit: number): Code;
}

/** Instructions on single numbers of one precision. */
export interface Scalars {
  add(a: Code, b: Code): Code;
  subtract(a: Code, b: Code): Code;
  multiply(a: Code, b: Code): Code;
  /** The number at `address + offset`. */
  load(address: Code, offset?: number): Code;
  store(address: Code, value: Code, offset?: number): Code;
}

const SIMD = 0xfd;
const OPCODES = {
  f32: { loadSplat: 9, align: 2, splat: 19, add: 228, subtract: 229, multiply: 230, madd: 261 },
  f64: { loadSplat: 10, align: 3, splat: 20, add: 240, subtract: 241, multiply: 242, madd: 263 },
} as const;

/** The instructions for `precision` in `build`. */
export function lanesOf(precision: Precision, build: Build): Lanes {
  const op = OPCODES[precision];
  const bytes = precision === "f32" ? 4 : 8;
  const binary = (opcode: number) => (a: Code, b: Code) => [a, b, SIMD, unsigned(opcode)];
  const [add, subtract] = [binary(op.add), binary(op.subtract)];
  const multiply = binary(op.multiply);
  const fused = build === "relaxed";
  return {
    precision,
    build,
    scalars: scalarsOf(precision),
    bytes,
    count: VECTOR_BYTES / bytes,
    bits: precision === "f32" ? 2 : 1,
    splat: (value) => [value, SIMD, unsigned(op.splat)],
    add,
    subtract,
    multiply,
    multiplyAdd: (a, b, c) =>
      fused ? [a, b, c, SIMD, unsigned(op.madd)] : add(multiply(a, b), c),
    multiplySubtract: (a, b, c) =>
      fused ? [a, b, c, SIMD, unsigned(op.madd + 1)] : subtract(c, multiply(a, b)),
    loadSplat: (address, offset = 0) => [
      address,
      SIMD,
      unsigned(op.loadSplat),
      op.align,
      unsigned(offset),
    ],
    partner: (value, valueAgain, bit) => {
      const flip = bytes << bit;
      const source = Array.from({ length: VECTOR_BYTES }, (_, byte) => byte ^ flip);
      return [value, valueAgain, SIMD, unsigned(13), source];
    },
  };
}

function scalarsOf(precision: Precision): Scalars {
  const single = precision === "f32";
  const [load, store, align, first] = single ? [0x2a, 0x38, 2, 0x92] : [0x2b, 0x39, 3, 0xa0];
  return {
    add: (a, b) => [a, b, first],
    subtract: (a, b) => [a, b, first + 1],
    multiply: (a, b) => [a, b, first + 2],
    load: (address, offset = 0) => [address, load, align, unsigned(offset)],
    store: (address, value, offset = 0) => [address, value, store, align, unsigned(offset)],
  };
}

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

/** A vector literal, byte by byte. */
export function vectorConstant(bytes: readonly number[]): Code {
  return [SIMD, unsigned(12), bytes];
}

/**
 * One description of SIMD arithmetic for both precisions and both builds, so that each kernel is
 * written once. A vector has 128 bits: four f32 or two f64. The relaxed build fuses multiplication
 * and addition (relaxed SIMD proposal, `relaxed_madd`), which is faster and rounds as the processor
 * likes: never used for what is recorded.
 */
import { type Code, unsigned } from "./encoding.ts";
import { floats64 } from "./floats64.ts";
import { get, type Local } from "./instruction.ts";
import { type Shuffle, SIMD, shuffle, VECTOR_BYTES } from "./simd.ts";

/** The number format of a state. */
export type Precision = "f32" | "f64";

/**
 * Whether multiply-add is two roundings (the same bits everywhere) or whatever the processor does.
 */
export type Build = "plain" | "relaxed";

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
  /** The integer `value` (i32) in each lane. */
  splatInteger(value: Code): Code;
  /** The vector whose lane i is lane `i ^ pattern` of `value`. */
  permute(value: Local, pattern: number): Code;
  /** Two pairs of f32, at `a` and at `b`, in one vector. */
  loadPair(a: Code, b: Code): Code;
  /** `sum`, two doubles, plus all lanes of `value`. */
  widenAdd(sum: Code, value: Local): Code;
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

const OPCODES = {
  f32: {
    loadSplat: 9,
    align: 2,
    convert: 0xb2,
    splat: 19,
    add: 228,
    subtract: 229,
    multiply: 230,
    madd: 261,
  },
  f64: {
    loadSplat: 10,
    align: 3,
    convert: 0xb7,
    splat: 20,
    add: 240,
    subtract: 241,
    multiply: 242,
    madd: 263,
  },
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
    multiplyAdd: (a, b, c) => (fused ? [a, b, c, SIMD, unsigned(op.madd)] : add(multiply(a, b), c)),
    multiplySubtract: (a, b, c) =>
      fused ? [a, b, c, SIMD, unsigned(op.madd + 1)] : subtract(c, multiply(a, b)),
    loadSplat: (address, offset = 0) => [
      address,
      SIMD,
      unsigned(op.loadSplat),
      op.align,
      unsigned(offset),
    ],
    splatInteger: (value) => [value, op.convert, SIMD, unsigned(op.splat)],
    permute: (value, pattern) => {
      const source = Array.from({ length: VECTOR_BYTES }, (_, byte) => byte ^ (bytes * pattern));
      return shuffle(get(value), get(value), source);
    },
    loadPair: (a, b) => [b, [a, SIMD, unsigned(93), 3, 0], SIMD, unsigned(87), 3, 0, 1],
    widenAdd: (sum, value) =>
      precision === "f64"
        ? floats64.add(sum, get(value))
        : floats64.add(
            floats64.add(sum, floats64.promoteLow(get(value))),
            floats64.promoteLow(shuffle(get(value), get(value), UPPER_HALF)),
          ),
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

const UPPER_HALF: Shuffle = [8, 9, 10, 11, 12, 13, 14, 15, 8, 9, 10, 11, 12, 13, 14, 15];

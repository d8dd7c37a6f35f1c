/**
 * The vector arithmetic of the dense searches in its two number formats: gains as 32-bit integers
 * from a matrix of 16-bit ones, where every sum fits, and doubles otherwise. Both are exact on
 * integers, so that both make the same search. Nothing is fused.
 */
import { type Code, float64, unsigned } from "../assembly/encoding.ts";
import { get, type Local, set } from "../assembly/instruction.ts";
import type { Declare } from "../assembly/routine.ts";
import { loadVector, SIMD } from "../assembly/simd.ts";

/** The number format of a dense search. */
export type DenseFormat = "integer" | "double";

/** What is added to a gain that may not be chosen, in the format's own range. */
export const BARRED = Object.freeze({ integer: 2 ** 30, double: Number.POSITIVE_INFINITY });

/** Gains stay below this in size where integers are used: a barred one remains the greatest. */
export const INTEGER_GAIN_MAX = 2 ** 29;

/** Entries that one turn of a loop handles: what arrays are padded to. */
export const ENTRIES_STEP = 8;

/** Instructions on vectors of gains, and on the matrix entries that change them. */
export interface DenseLanes {
  /** Bytes of one gain and of one matrix entry. */
  readonly gainBytes: number;
  readonly entryBytes: number;
  /** How many gains a vector has. */
  readonly count: number;
  add(a: Code, b: Code): Code;
  subtract(a: Code, b: Code): Code;
  least(a: Code, b: Code): Code;
  /** All bits of each lane set where the two are equal. */
  equal(a: Code, b: Code): Code;
  /** The gain at `address` in each lane. */
  loadSplat(address: Code): Code;
  /** A number greater than any gain in each lane. */
  readonly greatest: Code;
  /** The entry at `address` in each lane of a vector of entries. */
  loadEntrySplat(address: Code): Code;
  /**
   * `ENTRIES_STEP` entries at `row` times those at `other` and times `factor`, as vectors of gains;
   * `first` has to run before them.
   */
  products(
    row: Code,
    other: Code,
    factor: Local,
    declare: Declare,
  ): { readonly first: Code; readonly vectors: readonly Code[] };
}

/** `a` and `b` on an instruction that takes two vectors. */
const binary = (opcode: number) => (a: Code, b: Code) => [a, b, SIMD, unsigned(opcode)];

/** The instructions of `format`. */
export function denseLanesOf(format: DenseFormat): DenseLanes {
  return format === "integer" ? INTEGERS : DOUBLES;
}

const multiply16 = binary(149);

const INTEGERS: DenseLanes = Object.freeze({
  gainBytes: 4,
  entryBytes: 2,
  count: 4,
  add: binary(174),
  subtract: binary(177),
  least: binary(182),
  equal: binary(55),
  loadSplat: (address: Code): Code => [address, SIMD, unsigned(9), 2, 0],
  greatest: [0x41, [0xff, 0xff, 0xff, 0xff, 0x07], SIMD, unsigned(17)],
  loadEntrySplat: (address: Code): Code => [address, SIMD, unsigned(8), 1, 0],
  products: (row: Code, other: Code, factor: Local, declare: Declare) => {
    const product = declare("v128");
    const eight = multiply16(multiply16(loadVector(row), loadVector(other)), get(factor));
    const low: Code = [get(product), SIMD, unsigned(167)];
    const high: Code = [get(product), SIMD, unsigned(168)];
    return { first: set(product, eight), vectors: [low, high] };
  },
});

const multiply64 = binary(242);

const DOUBLES: DenseLanes = Object.freeze({
  gainBytes: 8,
  entryBytes: 8,
  count: 2,
  add: binary(240),
  subtract: binary(241),
  least: binary(246),
  equal: binary(71),
  loadSplat: (address: Code): Code => [address, SIMD, unsigned(10), 3, 0],
  greatest: [0x44, float64(Number.POSITIVE_INFINITY), SIMD, unsigned(20)],
  loadEntrySplat: (address: Code): Code => [address, SIMD, unsigned(10), 3, 0],
  products: (row: Code, other: Code, factor: Local) => ({
    first: [],
    vectors: [0, 16, 32, 48].map((offset) => {
      const two = multiply64(loadVector(row, offset), loadVector(other, offset));
      return multiply64(two, get(factor));
    }),
  }),
});

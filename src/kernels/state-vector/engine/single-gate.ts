/**
 * A one-qubit gate at once, without a plan: one sweep over the state in pieces that V8 can optimise
 * between.
 */
import { flipColumns, flipRows, type Matrix2 } from "../plan/matrix2.ts";
import type { Arena } from "./arena.ts";
import type { Layout } from "./layout.ts";
import type { Kernels } from "./tile-runner.ts";

/** Bytes of one real array that a single call may cover. */
const PIECE_BYTES = 2 ** 17;

/**
 * Multiplies the amplitudes by `matrix` on the stored bit `bit`; `flipped` if the bit holds the
 * opposite of its qubit.
 */
export function applyGate(
  { layout, arena, kernels }: { layout: Layout; arena: Arena; kernels: Kernels },
  { bit, flipped, matrix }: { bit: number; flipped: boolean; matrix: Matrix2 },
): void {
  const seen = flipped ? flipColumns(flipRows(matrix)) : matrix;
  const { re, im, bitCount, bytesPerNumber } = layout;
  const bytes = 2 ** bitCount * bytesPerNumber;
  const laneCount = 16 / bytesPerNumber;
  arena.clear();
  if (2 ** bit < laneCount) {
    const lanes = arena.numbers(laneFactors(seen, bit, laneCount));
    const piece = Math.min(bytes, PIECE_BYTES);
    for (let from = 0; from < bytes; from += piece) {
      kernels[`gateInside${bit}`](re + from, im + from, re + from + piece, lanes);
    }
    return;
  }
  const distance = 2 ** bit * bytesPerNumber;
  const factors = arena.numbers(seen);
  const piece = Math.min(bytes, Math.max(PIECE_BYTES, 2 * distance));
  for (let from = 0; from < bytes; from += piece) {
    kernels.gate(re + from, im + from, re + from + piece, distance, factors);
  }
}

/** Per lane, what multiplies the amplitude itself and its partner: four vectors. */
function laneFactors(matrix: Matrix2, bit: number, laneCount: number): readonly number[] {
  const [ar, ai, br, bi, cr, ci, dr, di] = matrix;
  const pick = (zero: number, one: number) =>
    Array.from({ length: laneCount }, (_, lane) => ((lane >> bit) & 1 ? one : zero));
  return [...pick(ar, dr), ...pick(ai, di), ...pick(br, cr), ...pick(bi, ci)];
}

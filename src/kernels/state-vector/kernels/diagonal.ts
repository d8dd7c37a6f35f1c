/**
 * Multiplication by a diagonal, on a tile seen as rows of 16 vectors.
 *
 * Every diagonal operator that waits - one-qubit phases, controlled phases, CZ signs, the cosines
 * that the rotations left out - is applied in one sweep as p(row, column) = rows[row] *
 * columns[column] * sign(row, column). The sign is (-1)^(m . column) with a bit mask m per row: the
 * CZ between a row's qubit and a column's. Sign functions (Walsh functions) are vectors of sign
 * bits, so they cost one load and two exclusive-ors.
 *
 * Signature: (re, im, rowsRe, rowsIm, rowsEnd, columns, signs). `re`, `im`: addresses of the tile;
 * `rowsRe`, `rowsIm`: one number per row each, `rowsEnd` the address after the last of `rowsRe`;
 * `columns`: 16 vectors of real and then 16 of imaginary parts; `signs`: per row the address (i32)
 * of its 16 vectors of sign bits.
 */
import type { Code } from "../../assembly/encoding.ts";
import {
  add,
  constant,
  get,
  type Local,
  lessThan,
  loadI32,
  repeatWhile,
  set,
} from "../../assembly/instruction.ts";
import type { Lanes } from "../../assembly/lanes.ts";
import { type Routine, routine } from "../../assembly/routine.ts";
import { loadVector, storeVector, VECTOR_BYTES, xorVector } from "../../assembly/simd.ts";

/** Vectors in a row of a tile. */
export const ROW_VECTORS = 16;

/** log2 of {@link ROW_VECTORS}. */
export const ROW_VECTOR_BITS = 4;

const ROW_BYTES = ROW_VECTORS * VECTOR_BYTES;

/** Multiplies the tile by the diagonal. */
export function multiplyDiagonal(lanes: Lanes): Routine {
  return diagonalRoutine("multiplyDiagonal", lanes, (factor, x, at) => {
    const [xRe, xIm] = x;
    const { multiply, multiplyAdd, multiplySubtract } = lanes;
    const [re, im] = [get(factor.re), get(factor.im)];
    return [
      set(xRe, loadVector(get(at.re), at.offset)),
      set(xIm, loadVector(get(at.im), at.offset)),
      storeVector(get(at.re), multiplySubtract(get(xIm), im, multiply(get(xRe), re)), at.offset),
      storeVector(get(at.im), multiplyAdd(get(xRe), im, multiply(get(xIm), re)), at.offset),
    ];
  });
}

/** Overwrites the tile with the diagonal: the product state that circuits start from. */
export function fillDiagonal(lanes: Lanes): Routine {
  return diagonalRoutine("fillDiagonal", lanes, (factor, _x, at) => [
    storeVector(get(at.re), get(factor.re), at.offset),
    storeVector(get(at.im), get(factor.im), at.offset),
  ]);
}

/** Where one vector of the tile lies. */
interface Place {
  readonly re: Local;
  readonly im: Local;
  readonly offset: number;
}

type Apply = (
  factor: { readonly re: Local; readonly im: Local },
  x: readonly [Local, Local],
  at: Place,
) => Code;

function diagonalRoutine(name: string, lanes: Lanes, apply: Apply): Routine {
  const { multiply, multiplyAdd, multiplySubtract } = lanes;
  return routine(
    name,
    ["i32", "i32", "i32", "i32", "i32", "i32", "i32"],
    ([re, im, rowsRe, rowsIm, rowsEnd, columns, signs], declare) => {
      const sign = declare("i32");
      const vector = () => declare("v128");
      const [rowRe, rowIm, columnRe, columnIm] = [vector(), vector(), vector(), vector()];
      const x = [vector(), vector()] as const;
      const factor = { re: vector(), im: vector() };
      const column = (index: number): Code => {
        const offset = index * VECTOR_BYTES;
        const signed = (value: Code) => xorVector(value, loadVector(get(sign), offset));
        return [
          set(columnRe, loadVector(get(columns), offset)),
          set(columnIm, loadVector(get(columns), offset + ROW_BYTES)),
          set(
            factor.re,
            signed(
              multiplySubtract(get(columnIm), get(rowIm), multiply(get(columnRe), get(rowRe))),
            ),
          ),
          set(
            factor.im,
            signed(multiplyAdd(get(columnRe), get(rowIm), multiply(get(columnIm), get(rowRe)))),
          ),
          apply(factor, x, { re, im, offset }),
        ];
      };
      const advance = (pointer: Local, bytes: number) =>
        set(pointer, add(get(pointer), constant(bytes)));
      return repeatWhile(
        [
          set(rowRe, lanes.loadSplat(get(rowsRe))),
          set(rowIm, lanes.loadSplat(get(rowsIm))),
          set(sign, loadI32(get(signs))),
          Array.from({ length: ROW_VECTORS }, (_, index) => column(index)),
          advance(re, ROW_BYTES),
          advance(im, ROW_BYTES),
          advance(rowsRe, lanes.bytes),
          advance(rowsIm, lanes.bytes),
          advance(signs, 4),
        ],
        lessThan(get(rowsRe), get(rowsEnd)),
      );
    },
  );
}

/**
 * Any matrix on a few bits of a tile: the general case, scalar. Used for what cannot be split into
 * diagonals and rotations.
 *
 * Signature: (re, im, count, mask, offsets, size, matrix, work). For each index z below `count`
 * without a bit of `mask`, the amplitudes at z plus each of the `size` byte offsets (i32, at
 * `offsets`) form a column, which is multiplied by the complex matrix at `matrix` (row by row, real
 * part first). `work` holds one column in between.
 */
import {
  add,
  and,
  complement,
  constant,
  get,
  type Local,
  lessThan,
  loadI32,
  or,
  repeatWhile,
  set,
  shiftLeft,
} from "../../assembly/instruction.ts";
import type { Lanes } from "../../assembly/lanes.ts";
import { type Declare, type Routine, routine } from "../../assembly/routine.ts";

/** Multiplies columns of amplitudes by a matrix. */
export function multiplyMatrix(lanes: Lanes): Routine {
  return routine(
    "multiplyMatrix",
    ["i32", "i32", "i32", "i32", "i32", "i32", "i32", "i32"],
    ([re, im, count, mask, offsets, size, matrix, work], declare) => {
      const [z, base, entry, row] = [0, 1, 2, 3].map(() => declare("i32"));
      const loop = { re, im, offsets, size, base, work, entry };
      return [
        set(z, constant(0)),
        repeatWhile(
          [
            set(base, shiftLeft(get(z), constant(lanes.bytes === 4 ? 2 : 3))),
            copyColumn(lanes, loop, declare),
            set(entry, get(matrix)),
            set(row, constant(0)),
            repeatWhile(
              [rowTimesColumn(lanes, loop, row, declare), set(row, add(get(row), constant(1)))],
              lessThan(get(row), get(size)),
            ),
            set(z, and(add(or(get(z), get(mask)), constant(1)), complement(get(mask)))),
          ],
          lessThan(get(z), get(count)),
        ),
      ];
    },
  );
}

interface Loop {
  readonly re: Local;
  readonly im: Local;
  readonly offsets: Local;
  readonly size: Local;
  /** Byte offset of the column's first amplitude. */
  readonly base: Local;
  readonly work: Local;
  /** Address of the matrix entry that is next. */
  readonly entry: Local;
}

function placeOf(array: Local, { offsets, base }: Loop, index: Local) {
  const offset = loadI32(add(get(offsets), shiftLeft(get(index), constant(2))));
  return add(add(get(array), get(base)), offset);
}

function copyColumn(lanes: Lanes, loop: Loop, declare: Declare) {
  const { load, store } = lanes.scalars;
  const [column, slot] = [declare("i32"), declare("i32")];
  return [
    set(column, constant(0)),
    set(slot, get(loop.work)),
    repeatWhile(
      [
        store(get(slot), load(placeOf(loop.re, loop, column))),
        store(get(slot), load(placeOf(loop.im, loop, column)), lanes.bytes),
        set(slot, add(get(slot), constant(2 * lanes.bytes))),
        set(column, add(get(column), constant(1))),
      ],
      lessThan(get(column), get(loop.size)),
    ),
  ];
}

function rowTimesColumn(lanes: Lanes, loop: Loop, row: Local, declare: Declare) {
  const { add: plus, subtract, multiply, load, store } = lanes.scalars;
  const number = () => declare(lanes.precision);
  const [sumRe, sumIm, a, b, x, y] = [number(), number(), number(), number(), number(), number()];
  const [slot, left] = [declare("i32"), declare("i32")];
  const zero = subtract(get(a), get(a));
  return [
    // The entries of a matrix are finite, so a - a is 0 in either precision.
    set(a, load(get(loop.entry))),
    set(sumRe, zero),
    set(sumIm, zero),
    set(slot, get(loop.work)),
    set(left, constant(0)),
    repeatWhile(
      [
        set(a, load(get(loop.entry))),
        set(b, load(get(loop.entry), lanes.bytes)),
        set(x, load(get(slot))),
        set(y, load(get(slot), lanes.bytes)),
        set(sumRe, plus(get(sumRe), subtract(multiply(get(a), get(x)), multiply(get(b), get(y))))),
        set(sumIm, plus(get(sumIm), plus(multiply(get(a), get(y)), multiply(get(b), get(x))))),
        set(slot, add(get(slot), constant(2 * lanes.bytes))),
        set(loop.entry, add(get(loop.entry), constant(2 * lanes.bytes))),
        set(left, add(get(left), constant(1))),
      ],
      lessThan(get(left), get(loop.size)),
    ),
    store(placeOf(loop.re, loop, row), get(sumRe)),
    store(placeOf(loop.im, loop, row), get(sumIm)),
  ];
}

/**
 * Rotations on the way between the state and a tile: the first sweep of a pass reads the rows where
 * they lie in the state, the last one writes them back there, and two copies are saved.
 *
 * Signature: (base, offsets, offsetsEnd, rowBytes, tile, step, coefficients), the first five as in
 * tile.ts, the coefficients as in rotation.ts. The rows of a pair are `step` apart in the table of
 * offsets, in bytes, for the lowest of the rotated bits, and twice and four times as far for the
 * next.
 */
import type { Code } from "../../assembly/encoding.ts";
import {
  add,
  and,
  complement,
  constant,
  get,
  type Local,
  lessThan,
  loadI32,
  multiply,
  or,
  repeatWhile,
  set,
  shiftRight,
  subtract,
} from "../../assembly/instruction.ts";
import type { Lanes } from "../../assembly/lanes.ts";
import { type Routine, routine } from "../../assembly/routine.ts";
import { loadVector, storeVector, VECTOR_BYTES } from "../../assembly/simd.ts";
import { butterflies, declareTurn, loadTurn, type RotationForm } from "./rotation.ts";

/** Whether rows are read from the state or written to it. */
export type RowDirection = "gather" | "scatter";

/** The name of the routine that rotates `count` bits on the way. */
export function rowRotationName(
  direction: RowDirection,
  form: RotationForm,
  count: number,
): string {
  return `${direction}${form === "even" ? "Even" : "Skew"}${count}`;
}

/** Rotates `count` (1 to 3) row bits on the way. */
export function rotateRows(
  lanes: Lanes,
  direction: RowDirection,
  form: RotationForm,
  count: number,
): Routine {
  return routine(
    rowRotationName(direction, form, count),
    ["i32", "i32", "i32", "i32", "i32", "i32", "i32"],
    ([base, offsets, offsetsEnd, rowBytes, tile, step, coefficients], declare) => {
      const [at, mask, column, held] = [
        declare("i32"),
        declare("i32"),
        declare("i32"),
        declare("v128"),
      ];
      const several = (type: "i32" | "v128") =>
        Array.from({ length: 2 ** count }, () => declare(type));
      const [inState, inTile, v] = [several("i32"), several("i32"), several("v128")];
      const [from, to] = direction === "gather" ? [inState, inTile] : [inTile, inState];
      const turns = Array.from({ length: count }, () => declareTurn(form, declare));
      const place = (pointer: Local): Code => add(get(pointer), get(column));
      const times = (index: number) => multiply(get(step), constant(index));
      return [
        turns.map((turn, index) => loadTurn(lanes, turn, coefficients, 2 * index * lanes.bytes)),
        set(mask, times(2 ** count - 1)),
        repeatWhile(
          [
            inState.map((row, index) => {
              const entry = add(get(offsets), add(get(at), times(index)));
              return set(row, add(get(base), loadI32(entry)));
            }),
            inTile.map((row, index) => {
              const number = shiftRight(add(get(at), times(index)), constant(2));
              return set(row, add(get(tile), multiply(number, get(rowBytes))));
            }),
            set(column, constant(0)),
            repeatWhile(
              [
                v.map((one, index) => set(one, loadVector(place(from[index])))),
                turns.map((turn, bit) => butterflies(lanes, v, bit, turn, held)),
                v.map((one, index) => storeVector(place(to[index]), get(one))),
                set(column, add(get(column), constant(VECTOR_BYTES))),
              ],
              lessThan(get(column), get(rowBytes)),
            ),
            // The next row of which all rotated bits are 0: the carry runs through the mask's ones.
            set(at, and(add(or(get(at), get(mask)), constant(4)), complement(get(mask)))),
          ],
          lessThan(get(at), subtract(get(offsetsEnd), get(offsets))),
        ),
      ];
    },
  );
}

/**
 * Copies between the state and a contiguous tile. A tile is a set of rows, each a run of
 * neighbouring amplitudes; the rows of a tile lie a power of two apart in the state, where they
 * would fight for the same cache lines.
 *
 * Signature of both: (base, offsets, offsetsEnd, rowBytes, tile). `offsets`: per row its distance
 * in bytes (i32) from `base`; `rowBytes`: a multiple of 64.
 */
import {
  add,
  constant,
  get,
  type Local,
  lessThan,
  loadI32,
  repeatWhile,
  set,
  sweep,
} from "../../assembly/instruction.ts";
import { type Routine, routine } from "../../assembly/routine.ts";
import { loadVector, storeVector, VECTOR_BYTES } from "../../assembly/simd.ts";

const UNROLLED = 4;

/** Copies the rows into the tile. */
export function gather(): Routine {
  return copyRoutine("gather", (row, tile) => ({ from: row, to: tile }));
}

/** Copies the tile back into the rows. */
export function scatter(): Routine {
  return copyRoutine("scatter", (row, tile) => ({ from: tile, to: row }));
}

function copyRoutine(
  name: string,
  direction: (row: Local, tile: Local) => { readonly from: Local; readonly to: Local },
): Routine {
  return routine(
    name,
    ["i32", "i32", "i32", "i32", "i32"],
    ([base, offsets, offsetsEnd, rowBytes, tile], declare) => {
      const [row, end] = [declare("i32"), declare("i32")];
      const { from, to } = direction(row, tile);
      const bytes = UNROLLED * VECTOR_BYTES;
      return repeatWhile(
        [
          set(row, add(get(base), loadI32(get(offsets)))),
          set(end, add(get(row), get(rowBytes))),
          sweep(row, end, bytes, [
            Array.from({ length: UNROLLED }, (_, index) =>
              storeVector(
                get(to),
                loadVector(get(from), index * VECTOR_BYTES),
                index * VECTOR_BYTES,
              ),
            ),
            set(tile, add(get(tile), constant(bytes))),
          ]),
          set(offsets, add(get(offsets), constant(4))),
        ],
        lessThan(get(offsets), get(offsetsEnd)),
      );
    },
  );
}

/**
 * The inner loop of search by exchanges: what an exchange changes in the worth of every item, and,
 * on the same way through memory, the least worth among one kind of items and the greatest among
 * another.
 *
 * Signature: (comer, leaver, worths, leavers, comers, end, extremes). Adds the row `comer` to the
 * worths and subtracts the row `leaver`. `worths` runs up to `end`. Writes two vectors at
 * `extremes`: lane by lane the least worth plus the entry in `leavers`, and the least of the entry
 * in `comers` less the worth.
 */
import { add, constant, get, lessThan, repeatWhile, set } from "../../assembly/instruction.ts";
import { type Routine, routine } from "../../assembly/routine.ts";
import { loadVector, storeVector, VECTOR_BYTES } from "../../assembly/simd.ts";
import { type DenseLanes, ENTRIES_STEP } from "../lanes.ts";

/** Changes the worths for an exchange; on gains alone, so that rows have their format. */
export function exchange(lanes: DenseLanes): Routine {
  return routine(
    "exchange",
    ["i32", "i32", "i32", "i32", "i32", "i32", "i32"],
    ([comer, leaver, worths, leavers, comers, end, extremes], declare) => {
      const [least, greatest, worth] = [declare("v128"), declare("v128"), declare("v128")];
      const step = constant(ENTRIES_STEP * lanes.gainBytes);
      const offsets = Array.from(
        { length: ENTRIES_STEP / lanes.count },
        (_, index) => index * VECTOR_BYTES,
      );
      return [
        set(least, lanes.greatest),
        set(greatest, lanes.greatest),
        repeatWhile(
          [
            offsets.map((offset) => {
              const gained = lanes.add(
                loadVector(get(worths), offset),
                loadVector(get(comer), offset),
              );
              const leaving = lanes.add(get(worth), loadVector(get(leavers), offset));
              const coming = lanes.subtract(loadVector(get(comers), offset), get(worth));
              return [
                set(worth, lanes.subtract(gained, loadVector(get(leaver), offset))),
                storeVector(get(worths), get(worth), offset),
                set(least, lanes.least(get(least), leaving)),
                set(greatest, lanes.least(get(greatest), coming)),
              ];
            }),
            [comer, leaver, worths, leavers, comers].map((at) => set(at, add(get(at), step))),
          ],
          lessThan(get(worths), get(end)),
        ),
        storeVector(get(extremes), get(least)),
        storeVector(get(extremes), get(greatest), VECTOR_BYTES),
      ];
    },
  );
}

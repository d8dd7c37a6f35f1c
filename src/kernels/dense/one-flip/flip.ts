/**
 * The inner loop of one-flip search: what a flip changes in the gains of all other variables, and,
 * on the same way through memory, the least gain there is then.
 *
 * Signature: (row, sign, signs, gains, penalties, end, least). Adds to each gain the entry of the
 * flipped variable's `row` times the other's entry in `signs` times the one at `sign`. `gains` runs
 * up to `end`. Writes two vectors at `least`: lane by lane the least gain with its penalty, and the
 * least gain without.
 */
import { add, constant, get, lessThan, repeatWhile, set } from "../../assembly/instruction.ts";
import { type Routine, routine } from "../../assembly/routine.ts";
import { loadVector, storeVector, VECTOR_BYTES } from "../../assembly/simd.ts";
import { type DenseLanes, ENTRIES_STEP } from "../lanes.ts";

/** Changes the gains for a flip. */
export function flip(lanes: DenseLanes): Routine {
  return routine(
    "flip",
    ["i32", "i32", "i32", "i32", "i32", "i32", "i32"],
    ([row, sign, signs, gains, penalties, end, least], declare) => {
      const factor = declare("v128");
      const [admitted, any, gain] = [declare("v128"), declare("v128"), declare("v128")];
      const { first, vectors } = lanes.products(get(row), get(signs), factor, declare);
      const entryStep = constant(ENTRIES_STEP * lanes.entryBytes);
      const gainStep = constant(ENTRIES_STEP * lanes.gainBytes);
      return [
        set(factor, lanes.loadEntrySplat(get(sign))),
        set(admitted, lanes.greatest),
        set(any, lanes.greatest),
        repeatWhile(
          [
            first,
            vectors.map((change, index) => {
              const offset = index * VECTOR_BYTES;
              const penalised = lanes.add(get(gain), loadVector(get(penalties), offset));
              return [
                set(gain, lanes.add(loadVector(get(gains), offset), change)),
                storeVector(get(gains), get(gain), offset),
                set(any, lanes.least(get(any), get(gain))),
                set(admitted, lanes.least(get(admitted), penalised)),
              ];
            }),
            set(row, add(get(row), entryStep)),
            set(signs, add(get(signs), entryStep)),
            set(gains, add(get(gains), gainStep)),
            set(penalties, add(get(penalties), gainStep)),
          ],
          lessThan(get(gains), get(end)),
        ),
        storeVector(get(least), get(admitted)),
        storeVector(get(least), get(any), VECTOR_BYTES),
      ];
    },
  );
}

/**
 * Where the gain lies that was looked for.
 *
 * Signature: (target, gains, penalties, end, found). Goes through the gains up to `end`, eight at a
 * time, until one of them plus its penalty equals the number at `target`; writes the address of
 * these eight at `found`, or `end` if there are none.
 */
import { type Code, unsigned } from "../../assembly/encoding.ts";
import {
  add,
  and,
  constant,
  get,
  lessThan,
  repeatWhile,
  set,
  when,
} from "../../assembly/instruction.ts";
import { type Routine, routine } from "../../assembly/routine.ts";
import { loadVector, SIMD, VECTOR_BYTES } from "../../assembly/simd.ts";
import { type DenseLanes, ENTRIES_STEP } from "../lanes.ts";

const or = (a: Code, b: Code): Code => [a, b, SIMD, unsigned(80)];
const isAnySet = (a: Code): Code => [a, SIMD, unsigned(83)];
const isZero = (a: Code): Code => [a, 0x45];
const storeI32 = (address: Code, value: Code): Code => [address, value, 0x36, 2, 0];

/** Finds a penalised gain. */
export function find(lanes: DenseLanes): Routine {
  return routine(
    "find",
    ["i32", "i32", "i32", "i32", "i32"],
    ([target, gains, penalties, end, found], declare) => {
      const [wanted, isHere] = [declare("v128"), declare("i32")];
      const step = constant(ENTRIES_STEP * lanes.gainBytes);
      const hits = Array.from({ length: ENTRIES_STEP / lanes.count }, (_, index) => {
        const [gain, penalty] = [gains, penalties].map((at) =>
          loadVector(get(at), index * VECTOR_BYTES),
        );
        return lanes.equal(lanes.add(gain, penalty), get(wanted));
      });
      return [
        set(wanted, lanes.loadSplat(get(target))),
        repeatWhile(
          [
            set(isHere, isAnySet(hits.reduce(or))),
            when(isZero(get(isHere)), [
              set(gains, add(get(gains), step)),
              set(penalties, add(get(penalties), step)),
            ]),
          ],
          and(isZero(get(isHere)), lessThan(get(gains), get(end))),
        ),
        storeI32(get(found), get(gains)),
      ];
    },
  );
}

/**
 * Thresholds for a temperature: each is a factor times a fixed logarithm, rounded towards zero. The
 * factor is the lane's own, so that replicas may differ in temperature.
 *
 * Signature: (table, end, logarithms). From `table` up to `end` thresholds are written, a whole
 * number of vectors; at `logarithms` lie as many f32, and at FACTORS_ADDRESS the f32 factors of the
 * lanes of a vector. The product is rounded to f32 before it is cut, the same on every machine.
 */
import { add, constant, get, set, sweep } from "../assembly/instruction.ts";
import { type Routine, routine } from "../assembly/routine.ts";
import { loadVector, storeVector, VECTOR_BYTES } from "../assembly/simd.ts";
import { integerLanes, multiplyFloats, truncateFloats, type Width } from "./integer-lanes.ts";

/** Where the factors lie. */
export const FACTORS_ADDRESS = 64;

/** The routine for thresholds of `width` bits. */
export function fillTable(width: Width): Routine {
  const lanes = integerLanes(width);
  return routine("fillTable", ["i32", "i32", "i32"], ([table, end, logarithms], declare) => {
    const words = Array.from({ length: 32 / width }, () => declare("v128"));
    const rounded = words.map((word, index) => {
      const offset = index * VECTOR_BYTES;
      const factors = loadVector(constant(FACTORS_ADDRESS), offset);
      return set(
        word,
        truncateFloats(multiplyFloats(loadVector(get(logarithms), offset), factors)),
      );
    });
    return sweep(table, end, VECTOR_BYTES, [
      rounded,
      storeVector(get(table), lanes.narrow(words)),
      set(logarithms, add(get(logarithms), constant(words.length * VECTOR_BYTES))),
    ]);
  });
}

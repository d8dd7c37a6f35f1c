/**
 * Products of tables of complex numbers: how the factors of one tile are made from those of all
 * tiles. Addresses are in bytes, tables a whole number of vectors long; `end` is the address after
 * the last number at `re`.
 */
import { add, constant, get, set, sweep } from "../../assembly/instruction.ts";
import type { Lanes } from "../../assembly/lanes.ts";
import { type Routine, routine } from "../../assembly/routine.ts";
import { loadVector, storeVector, VECTOR_BYTES } from "../../assembly/simd.ts";

/** Multiplies one table by another: (re, im, end, otherRe, otherIm). */
export function multiplyTable(lanes: Lanes): Routine {
  const { multiply, multiplyAdd, multiplySubtract } = lanes;
  return routine(
    "multiplyTable",
    ["i32", "i32", "i32", "i32", "i32"],
    ([re, im, end, otherRe, otherIm], declare) => {
      const [a, b, c, d] = [0, 1, 2, 3].map(() => declare("v128"));
      return sweep(re, end, VECTOR_BYTES, [
        set(a, loadVector(get(re))),
        set(b, loadVector(get(im))),
        set(c, loadVector(get(otherRe))),
        set(d, loadVector(get(otherIm))),
        storeVector(get(re), multiplySubtract(get(b), get(d), multiply(get(a), get(c)))),
        storeVector(get(im), multiplyAdd(get(a), get(d), multiply(get(b), get(c)))),
        [im, otherRe, otherIm].map((one) => set(one, add(get(one), constant(VECTOR_BYTES)))),
      ]);
    },
  );
}

/** Writes one table times a single number: (re, im, end, otherRe, otherIm, factor). */
export function scaleTable(lanes: Lanes): Routine {
  const { multiply, multiplyAdd, multiplySubtract } = lanes;
  return routine(
    "scaleTable",
    ["i32", "i32", "i32", "i32", "i32", "i32"],
    ([re, im, end, otherRe, otherIm, factor], declare) => {
      const [a, b, c, d] = [0, 1, 2, 3].map(() => declare("v128"));
      return [
        set(c, lanes.loadSplat(get(factor))),
        set(d, lanes.loadSplat(get(factor), lanes.bytes)),
        sweep(re, end, VECTOR_BYTES, [
          set(a, loadVector(get(otherRe))),
          set(b, loadVector(get(otherIm))),
          storeVector(get(re), multiplySubtract(get(b), get(d), multiply(get(a), get(c)))),
          storeVector(get(im), multiplyAdd(get(a), get(d), multiply(get(b), get(c)))),
          [im, otherRe, otherIm].map((one) => set(one, add(get(one), constant(VECTOR_BYTES)))),
        ]),
      ];
    },
  );
}

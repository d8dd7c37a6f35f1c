/**
 * Coordinate descent on unit vectors in the plane, four replicas at once: each vector in turn is
 * set opposite to the sum of its neighbours' vectors times their couplings, which is the best it
 * can do while the others stay. Where that sum is zero it stays as it is.
 *
 * Signature: (vectors, end, rows). From `vectors` up to `end` lie 32 bytes for each spin, four f32
 * of x and four of y. At `rows` stand the addresses at which the neighbours of each spin begin; a
 * neighbour is the address of its vector, and the coupling as f32.
 */
import type { Code } from "../assembly/encoding.ts";
import {
  add,
  constant,
  get,
  lessThan,
  loadI32,
  repeatWhile,
  set,
  sweep,
  when,
} from "../assembly/instruction.ts";
import { type Routine, routine } from "../assembly/routine.ts";
import { loadVector, storeVector, VECTOR_BYTES } from "../assembly/simd.ts";
import { floats, select } from "../bifurcation/float-lanes.ts";

/** Replicas that are aligned together. */
export const LANE_COUNT = 4;

/** Bytes of the vectors of a spin. */
export const SPIN_BYTES = 2 * VECTOR_BYTES;

/** Bytes of a neighbour. */
export const NEIGHBOUR_BYTES = 8;

/** The routine. */
export function align(): Routine {
  return routine("align", ["i32", "i32", "i32"], ([vectors, end, rows], declare) => {
    const [entry, last, address] = [declare("i32"), declare("i32"), declare("i32")];
    const [weight, length, isLong] = [declare("v128"), declare("v128"), declare("v128")];
    const sums = [declare("v128"), declare("v128")];
    const hear: Code = [
      set(address, loadI32(get(entry))),
      set(weight, floats.loadSplat(get(entry), 4)),
      sums.map((sum, axis) => {
        const other = loadVector(get(address), axis * VECTOR_BYTES);
        return set(sum, floats.subtract(get(sum), floats.multiply(get(weight), other)));
      }),
      set(entry, add(get(entry), constant(NEIGHBOUR_BYTES))),
    ];
    const squares = sums.map((sum) => floats.multiply(get(sum), get(sum)));
    const zero = floats.splatConstant(0);
    return sweep(vectors, end, SPIN_BYTES, [
      sums.map((sum) => set(sum, zero)),
      set(entry, loadI32(get(rows))),
      set(last, loadI32(get(rows), 4)),
      when(lessThan(get(entry), get(last)), repeatWhile(hear, lessThan(get(entry), get(last)))),
      set(length, floats.squareRoot(floats.add(squares[0], squares[1]))),
      set(isLong, floats.lessThan(zero, get(length))),
      sums.map((sum, axis) => {
        const offset = axis * VECTOR_BYTES;
        const aligned = floats.divide(get(sum), get(length));
        const kept = loadVector(get(vectors), offset);
        return storeVector(get(vectors), select(aligned, kept, get(isLong)), offset);
      }),
      set(rows, add(get(rows), constant(4))),
    ]);
  });
}

/**
 * A single one-qubit gate on the whole state, in one sweep: for callers who apply gates one at a
 * time, where splitting into diagonals and a rotation would cost three sweeps.
 *
 * `gate`: (re, im, to, distance, matrix). Blocks from `re` up to `to`, `distance` bytes apart, a
 * whole number of vectors from the amplitudes of bit 0 to those of bit 1. `gateInside<b>`: (re, im,
 * to, lanes) for bit b inside a vector. At `matrix` lie eight numbers: the matrix row by row, real
 * part first. At `lanes` lie four vectors: per lane the real and the imaginary part of what
 * multiplies the amplitude itself, and the same of what multiplies its partner.
 */
import type { Code } from "../../assembly/encoding.ts";
import {
  add,
  constant,
  get,
  type Local,
  lessThan,
  repeatWhile,
  set,
  sweep,
} from "../../assembly/instruction.ts";
import type { Lanes } from "../../assembly/lanes.ts";
import { type Declare, type Routine, routine } from "../../assembly/routine.ts";
import { loadVector, storeVector, VECTOR_BYTES } from "../../assembly/simd.ts";

/** The gate on a bit above the vector. */
export function gateAbove(lanes: Lanes): Routine {
  return routine(
    "gate",
    ["i32", "i32", "i32", "i32", "i32"],
    ([re, im, to, distance, matrix], declare) => {
      const end = declare("i32");
      const [re1, im1] = [declare("i32"), declare("i32")];
      const entries = declareVectors(declare, 8);
      const [x, y, u, v] = declareVectors(declare, 4);
      const [ar, ai, br, bi, cr, ci, dr, di] = entries;
      const step = (pointer: Local, by: Code) => set(pointer, add(get(pointer), by));
      return [
        entries.map((entry, at) => set(entry, lanes.loadSplat(get(matrix), at * lanes.bytes))),
        repeatWhile(
          [
            set(end, add(get(re), get(distance))),
            sweep(re, end, VECTOR_BYTES, [
              set(re1, add(get(re), get(distance))),
              set(im1, add(get(im), get(distance))),
              set(x, loadVector(get(re))),
              set(y, loadVector(get(im))),
              set(u, loadVector(get(re1))),
              set(v, loadVector(get(im1))),
              storeVector(get(re), realPart(lanes, [ar, ai, x, y], [br, bi, u, v])),
              storeVector(get(im), imaginaryPart(lanes, [ar, ai, x, y], [br, bi, u, v])),
              storeVector(get(re1), realPart(lanes, [cr, ci, x, y], [dr, di, u, v])),
              storeVector(get(im1), imaginaryPart(lanes, [cr, ci, x, y], [dr, di, u, v])),
              step(im, constant(VECTOR_BYTES)),
            ]),
            step(re, get(distance)),
            step(im, get(distance)),
          ],
          lessThan(get(re), get(to)),
        ),
      ];
    },
  );
}

/** The gate on a bit inside the vector. */
export function gateInside(lanes: Lanes, bit: number): Routine {
  return routine(`gateInside${bit}`, ["i32", "i32", "i32", "i32"], ([re, im, to, at], declare) => {
    const [ar, ai, br, bi] = declareVectors(declare, 4);
    const [x, y, u, v] = declareVectors(declare, 4);
    return [
      [ar, ai, br, bi].map((one, index) => set(one, loadVector(get(at), index * VECTOR_BYTES))),
      sweep(re, to, VECTOR_BYTES, [
        set(x, loadVector(get(re))),
        set(y, loadVector(get(im))),
        set(u, lanes.permute(x, 2 ** bit)),
        set(v, lanes.permute(y, 2 ** bit)),
        storeVector(get(re), realPart(lanes, [ar, ai, x, y], [br, bi, u, v])),
        storeVector(get(im), imaginaryPart(lanes, [ar, ai, x, y], [br, bi, u, v])),
        set(im, add(get(im), constant(VECTOR_BYTES))),
      ]),
    ];
  });
}

/** A factor and an amplitude: factor re, factor im, amplitude re, amplitude im. */
type Product = readonly [Local, Local, Local, Local];

function declareVectors(declare: Declare, count: number): readonly Local[] {
  return Array.from({ length: count }, () => declare("v128"));
}

function realPart(lanes: Lanes, [a, b, x, y]: Product, [c, d, u, v]: Product): Code {
  const { multiply, multiplyAdd, multiplySubtract } = lanes;
  const first = multiplySubtract(get(b), get(y), multiply(get(a), get(x)));
  return multiplySubtract(get(d), get(v), multiplyAdd(get(c), get(u), first));
}

function imaginaryPart(lanes: Lanes, [a, b, x, y]: Product, [c, d, u, v]: Product): Code {
  const { multiply, multiplyAdd } = lanes;
  const first = multiplyAdd(get(b), get(x), multiply(get(a), get(y)));
  return multiplyAdd(get(d), get(u), multiplyAdd(get(c), get(v), first));
}

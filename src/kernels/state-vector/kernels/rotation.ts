/**
 * Real rotations of several qubits at once, on one real array (the real or the imaginary parts of a
 * tile).
 *
 * A rotation by a of qubit q takes each pair (x, y) of amplitudes that differ in bit q to (x cos a
 * - y sin a, x sin a + y cos a). What is computed here is (x - m y, y + p x), and a diagonal does
 * the rest:
 *
 * - *even* form, m = p = t = tan a: the rotation but for the factor cos a; half the
 *   multiplications;
 * - *skew* form, m = t^2, p = 1: the rotation but for cos a, with y divided by t before and
 *   multiplied by t after. Half the multiplications once more. Whoever applies the diagonals in
 *   between takes care of the divisions, which cost nothing there; only a very small t is left to
 *   the even form, lest the numbers overflow.
 *
 * Three qubits are rotated between one load and one store, on 8 vectors in registers; V8 has 16,
 * and a fourth qubit would spill. All strides are constants, so the 16 accesses are one pointer
 * with an offset each.
 *
 * Signature of every routine: (from, to, coefficients). `from` and `to` are byte addresses of the
 * first number and of the one after the last; a whole number of blocks lies between. At
 * `coefficients` lie, for each qubit inside a vector one vector with -m in the lanes where the
 * qubit is 0 and p where it is 1, and for each other qubit m and p.
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
import { SWEEP_BITS } from "../plan/sweeps.ts";

/** How a sweep's rotations are computed; `even` also stands for a mixture of both. */
export type RotationForm = "even" | "skew";

/** The name of the routine for `count` bits from `first` on; `first` is 0 for the lowest group. */
export function rotationName(form: RotationForm, first: number, count: number): string {
  return first === 0 ? `${form}Low` : `${form}${count}At${first}`;
}

/** Rotates `count` (1 to 3) bits from `first` on, which lies above the vector. */
export function rotateAt(lanes: Lanes, form: RotationForm, first: number, count: number): Routine {
  const stride = lanes.bytes * 2 ** first;
  const vectors = 2 ** count;
  return routine(
    rotationName(form, first, count),
    ["i32", "i32", "i32"],
    ([from, to, coefficients], declare) => {
      const end = declare("i32");
      const turns = Array.from({ length: count }, () => declareTurn(form, declare));
      const v = Array.from({ length: vectors }, () => declare("v128"));
      const held = declare("v128");
      return [
        turns.map((turn, index) => loadTurn(lanes, turn, coefficients, 2 * index * lanes.bytes)),
        repeatWhile(
          [
            set(end, add(get(from), constant(stride))),
            sweep(from, end, VECTOR_BYTES, [
              v.map((one, index) => set(one, loadVector(get(from), index * stride))),
              turns.map((turn, bit) => butterflies(lanes, v, bit, turn, held)),
              v.map((one, index) => storeVector(get(from), get(one), index * stride)),
            ]),
            set(from, add(get(from), constant((vectors - 1) * stride))),
          ],
          lessThan(get(from), get(to)),
        ),
      ];
    },
  );
}

/** Rotates all bits inside a vector and the three above: 8 consecutive vectors at a time. */
export function rotateLow(lanes: Lanes, form: RotationForm): Routine {
  return routine(
    rotationName(form, 0, 0),
    ["i32", "i32", "i32"],
    ([from, to, coefficients], declare) => {
      const inner = Array.from({ length: lanes.bits }, () => declare("v128"));
      const turns = Array.from({ length: SWEEP_BITS }, () => declareTurn(form, declare));
      const v = Array.from({ length: 2 ** SWEEP_BITS }, () => declare("v128"));
      const held = declare("v128");
      const innerBytes = lanes.bits * VECTOR_BYTES;
      return [
        inner.map((one, bit) => set(one, loadVector(get(coefficients), bit * VECTOR_BYTES))),
        turns.map((turn, index) =>
          loadTurn(lanes, turn, coefficients, innerBytes + 2 * index * lanes.bytes),
        ),
        sweep(from, to, v.length * VECTOR_BYTES, [
          v.map((one, index) => set(one, loadVector(get(from), index * VECTOR_BYTES))),
          inner.map((one, bit) => v.map((x) => turnInside(lanes, x, one, bit))),
          turns.map((turn, bit) => butterflies(lanes, v, bit, turn, held)),
          v.map((one, index) => storeVector(get(from), get(one), index * VECTOR_BYTES)),
        ]),
      ];
    },
  );
}

/** The coefficients of one bit; in skew form p is 1 and needs no register. */
export interface Turn {
  readonly minus: Local;
  readonly plus: Local | undefined;
}

/** Declares the registers of one bit. */
export function declareTurn(form: RotationForm, declare: Declare): Turn {
  return { minus: declare("v128"), plus: form === "even" ? declare("v128") : undefined };
}

/** Loads the coefficients of one bit from `offset` bytes after `at`. */
export function loadTurn(lanes: Lanes, { minus, plus }: Turn, at: Local, offset: number): Code {
  const load = set(minus, lanes.loadSplat(get(at), offset));
  if (plus === undefined) return load;
  return [load, set(plus, lanes.loadSplat(get(at), offset + lanes.bytes))];
}

function turnInside(lanes: Lanes, x: Local, coefficients: Local, bit: number): Code {
  const partner = lanes.permute(x, 2 ** bit);
  return set(x, lanes.multiplyAdd(get(coefficients), partner, get(x)));
}

/** Rotates `bit` of the index into `v` on all vectors; `held` is a spare register. */
export function butterflies(
  lanes: Lanes,
  v: readonly Local[],
  bit: number,
  turn: Turn,
  held: Local,
) {
  const { minus, plus } = turn;
  return v.flatMap((x, index) => {
    if ((index >> bit) & 1) return [];
    const y = v[index + 2 ** bit];
    const sum =
      plus === undefined ? lanes.add(get(x), get(y)) : lanes.multiplyAdd(get(plus), get(x), get(y));
    return [
      set(held, lanes.multiplySubtract(get(minus), get(y), get(x))),
      set(y, sum),
      set(x, get(held)),
    ];
  });
}

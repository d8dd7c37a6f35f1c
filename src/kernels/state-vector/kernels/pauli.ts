/**
 * Expectation of a product of Pauli operators, without a copy of the state: sum over z of conj(a(z
 * ^ x)) a(z) times (-1)^(z . m), where x is the mask of qubits that are flipped (X, Y) and m that
 * of those with a sign (Z, Y).
 *
 * One routine per pattern of flips inside a vector, `pauli0`, `pauli1`, ... Signature: (re, im,
 * from, to, flips, signs, lanes, sums). `from`, `to`: range of byte offsets within both arrays;
 * `flips`, `signs`: the masks as masks of byte offsets, without the bits inside a vector; `lanes`:
 * address of a vector with the sign of each lane; `sums`: where the real and the imaginary sum are
 * written, as two vectors of two partial sums each, in doubles.
 */
import type { Code } from "../../assembly/encoding.ts";
import { floats64 } from "../../assembly/floats64.ts";
import {
  add,
  and,
  constant,
  get,
  type Local,
  populationCount,
  set,
  shiftLeft,
  subtract,
  sweep,
  xor,
} from "../../assembly/instruction.ts";
import type { Lanes } from "../../assembly/lanes.ts";
import { type Routine, routine } from "../../assembly/routine.ts";
import { loadVector, storeVector, VECTOR_BYTES } from "../../assembly/simd.ts";

/** The routine for the flips `pattern` inside a vector. */
export function pauliSum(lanes: Lanes, pattern: number): Routine {
  return routine(
    `pauli${pattern}`,
    ["i32", "i32", "i32", "i32", "i32", "i32", "i32", "i32"],
    ([re, im, from, to, flips, signs, laneSigns, sums], declare) => {
      const other = declare("i32");
      const [lanePattern, sign, term, a, b, c, d, sumRe, sumIm] = Array.from({ length: 9 }, () =>
        declare("v128"),
      );
      const { multiply, multiplyAdd, multiplySubtract } = lanes;
      const at = (base: Local, offset: Local) => loadVector(add(get(base), get(offset)));
      const parity = and(populationCount(and(get(from), get(signs))), constant(1));
      const collect = (sum: Local, product: Code) => [
        set(term, multiply(product, get(sign))),
        set(sum, lanes.widenAdd(get(sum), term)),
      ];
      const flip = (value: Local) =>
        pattern === 0 ? [] : set(value, lanes.permute(value, pattern));
      return [
        set(lanePattern, loadVector(get(laneSigns))),
        set(sumRe, floats64.splat(0)),
        set(sumIm, floats64.splat(0)),
        sweep(from, to, VECTOR_BYTES, [
          set(other, xor(get(from), get(flips))),
          set(sign, lanes.splatInteger(subtract(constant(1), shiftLeft(parity, constant(1))))),
          set(sign, multiply(get(sign), get(lanePattern))),
          set(a, at(re, from)),
          set(b, at(im, from)),
          set(c, at(re, other)),
          set(d, at(im, other)),
          flip(c),
          flip(d),
          collect(sumRe, multiplyAdd(get(b), get(d), multiply(get(a), get(c)))),
          collect(sumIm, multiplySubtract(get(a), get(d), multiply(get(b), get(c)))),
        ]),
        storeVector(get(sums), get(sumRe)),
        storeVector(get(sums), get(sumIm), VECTOR_BYTES),
      ];
    },
  );
}

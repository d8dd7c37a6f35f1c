/**
 * Multiplication of some amplitudes by one complex number: those whose index has given bits. The
 * general case of a controlled phase, scalar and therefore used only where the diagonal's rows and
 * columns cannot express it.
 *
 * Signature: (re, im, count, mask, value, factor). For each index z below `count` with z & mask ==
 * value (value lies within mask), the number at z is multiplied by the complex number at address
 * `factor`.
 */
import {
  add,
  and,
  complement,
  constant,
  get,
  lessThan,
  or,
  repeatWhile,
  set,
  shiftLeft,
  when,
} from "../../assembly/instruction.ts";
import type { Lanes } from "../../assembly/lanes.ts";
import { type Routine, routine } from "../../assembly/routine.ts";

/** Multiplies the amplitudes selected by a mask. */
export function multiplyMasked(lanes: Lanes): Routine {
  const { add: plus, subtract, multiply, load, store } = lanes.scalars;
  return routine(
    "multiplyMasked",
    ["i32", "i32", "i32", "i32", "i32", "i32"],
    ([re, im, count, mask, value, factor], declare) => {
      const [z, offset] = [declare("i32"), declare("i32")];
      const [x, y, c, s] = [0, 1, 2, 3].map(() => declare(lanes.precision));
      const shift = constant(lanes.bytes === 4 ? 2 : 3);
      const at = (base: typeof re) => add(get(base), get(offset));
      return [
        set(c, load(get(factor))),
        set(s, load(get(factor), lanes.bytes)),
        set(z, get(value)),
        when(
          lessThan(get(z), get(count)),
          repeatWhile(
            [
              set(offset, shiftLeft(get(z), shift)),
              set(x, load(at(re))),
              set(y, load(at(im))),
              store(at(re), subtract(multiply(get(x), get(c)), multiply(get(y), get(s)))),
              store(at(im), plus(multiply(get(x), get(s)), multiply(get(y), get(c)))),
              // Counts up in the bits outside the mask: the carry runs through the mask's ones.
              set(
                z,
                or(and(add(or(get(z), get(mask)), constant(1)), complement(get(mask))), get(value)),
              ),
            ],
            lessThan(get(z), get(count)),
          ),
        ),
      ];
    },
  );
}

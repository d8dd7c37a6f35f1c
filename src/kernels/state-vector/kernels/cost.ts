/**
 * Multiplication of each amplitude by exp(-i angle cost(z)): the phase separator of QAOA, whose
 * costs are not a short product of factors.
 *
 * `costIndexed`: (re, im, end, indices, table). Costs take few distinct values: a 16-bit index per
 * amplitude picks (cos, -sin) from a table of complex numbers. `costReal`: (re, im, end, costs,
 * angle). Costs are any doubles; cosine and sine are evaluated by the steps of
 * portable-trigonometry.ts, two at a time. `re`, `im`, `end`: addresses of the first numbers and
 * the one after the last of `re`; a whole number of vectors.
 */
import type { Code } from "../../assembly/encoding.ts";
import { floats64 } from "../../assembly/floats64.ts";
import {
  add,
  constant,
  get,
  type Local,
  loadU16,
  set,
  shiftLeft,
  sweep,
} from "../../assembly/instruction.ts";
import type { Lanes } from "../../assembly/lanes.ts";
import { type Declare, type Routine, routine } from "../../assembly/routine.ts";
import {
  loadVector,
  type Shuffle,
  shuffle,
  storeVector,
  VECTOR_BYTES,
  xorVector,
} from "../../assembly/simd.ts";
import { TRIGONOMETRY } from "../../portable-trigonometry.ts";

const INDEX_BYTES = 2;
const COST_BYTES = 8;

/** Phases picked from a table. */
export function costIndexed(lanes: Lanes): Routine {
  return routine(
    "costIndexed",
    ["i32", "i32", "i32", "i32", "i32"],
    ([re, im, end, indices, table], declare) => {
      const pairs = Array.from({ length: 2 }, () => declare("v128"));
      const phase = { cosine: declare("v128"), sine: declare("v128") };
      const entryShift = lanes.bytes === 4 ? 3 : 4;
      const entry = (lane: number) =>
        add(get(table), shiftLeft(loadU16(get(indices), lane * INDEX_BYTES), constant(entryShift)));
      const [even, odd] = separate(lanes);
      return sweep(re, end, VECTOR_BYTES, [
        lanes.precision === "f64"
          ? pairs.map((pair, lane) => set(pair, loadVector(entry(lane))))
          : pairs.map((pair, index) =>
              set(pair, lanes.loadPair(entry(2 * index), entry(2 * index + 1))),
            ),
        set(phase.cosine, shuffle(get(pairs[0]), get(pairs[1]), even)),
        set(phase.sine, shuffle(get(pairs[0]), get(pairs[1]), odd)),
        turn(lanes, re, im, phase, declare),
        set(im, add(get(im), constant(VECTOR_BYTES))),
        set(indices, add(get(indices), constant(lanes.count * INDEX_BYTES))),
      ]);
    },
  );
}

/** Phases computed from real costs. */
export function costReal(lanes: Lanes): Routine {
  return routine(
    "costReal",
    ["i32", "i32", "i32", "i32", "i32"],
    ([re, im, end, costs, angle], declare) => {
      const factor = declare("v128");
      const phase = { cosine: declare("v128"), sine: declare("v128") };
      const halves = Array.from({ length: lanes.count / 2 }, () => ({
        cosine: declare("v128"),
        sine: declare("v128"),
      }));
      const joined = (part: "cosine" | "sine"): Code =>
        lanes.precision === "f64"
          ? get(halves[0][part])
          : floats64.demotePair(get(halves[0][part]), get(halves[1][part]));
      return [
        set(factor, floats64.loadSplat(get(angle))),
        sweep(re, end, VECTOR_BYTES, [
          halves.map((half, index) =>
            cosineAndSine(
              floats64.multiply(loadVector(get(costs), index * VECTOR_BYTES), get(factor)),
              half,
              declare,
            ),
          ),
          set(phase.cosine, joined("cosine")),
          set(phase.sine, joined("sine")),
          turn(lanes, re, im, phase, declare),
          set(im, add(get(im), constant(VECTOR_BYTES))),
          set(costs, add(get(costs), constant(lanes.count * COST_BYTES))),
        ]),
      ];
    },
  );
}

interface Phase {
  readonly cosine: Local;
  readonly sine: Local;
}

/** Multiplies the vectors at `re` and `im` by the phase cosine + i sine. */
function turn(lanes: Lanes, re: Local, im: Local, { cosine, sine }: Phase, declare: Declare): Code {
  const { multiply, multiplyAdd, multiplySubtract } = lanes;
  const [x, y] = [declare("v128"), declare("v128")];
  return [
    set(x, loadVector(get(re))),
    set(y, loadVector(get(im))),
    storeVector(get(re), multiplySubtract(get(y), get(sine), multiply(get(x), get(cosine)))),
    storeVector(get(im), multiplyAdd(get(x), get(sine), multiply(get(y), get(cosine)))),
  ];
}

/** The shuffles that take the first and the second parts out of two vectors of pairs. */
function separate({ bytes, count }: Lanes): readonly [Shuffle, Shuffle] {
  const take = (part: number) =>
    Array.from(
      { length: VECTOR_BYTES },
      (_, byte) => (2 * Math.floor(byte / bytes) + part) * bytes + (byte % bytes),
    );
  return count >= 2 ? [take(0), take(1)] : [[], []];
}

/**
 * Cosine and sine of two doubles; the operations and their order are those of
 * portable-trigonometry.ts.
 */
function cosineAndSine(angles: Code, out: Phase, declare: Declare): Code {
  const f = floats64;
  const [x, rounded, r, square] = [0, 1, 2, 3].map(() => declare("v128"));
  const [odd, cosine, sine] = [0, 1, 2].map(() => declare("v128"));
  const { twoOverPi, halfPi } = TRIGONOMETRY;
  const quarters = f.subtract(get(rounded), f.splat(6_755_399_441_055_744));
  const horner = (coefficients: readonly number[]): Code =>
    coefficients
      .toReversed()
      .reduce<Code>(
        (sum, coefficient) => f.add(f.multiply(sum, get(square)), f.splat(coefficient)),
        f.splat(0),
      );
  const reduced = halfPi.reduce<Code>(
    (rest, part) => f.subtract(rest, f.multiply(quarters, f.splat(part))),
    get(x),
  );
  // The low bits of the rounded number are the quarter: bit 0 exchanges sine and cosine, the others
  // decide signs.
  const signFrom = (bits: Code) => f.shiftLeft(f.and(bits, f.splatBits(2)), 62);
  return [
    set(x, angles),
    set(rounded, f.add(f.multiply(get(x), f.splat(twoOverPi)), f.splat(6_755_399_441_055_744))),
    set(r, reduced),
    set(square, f.multiply(get(r), get(r))),
    set(
      sine,
      f.add(get(r), f.multiply(f.multiply(get(r), get(square)), horner(TRIGONOMETRY.sine))),
    ),
    set(
      cosine,
      f.add(
        f.subtract(f.splat(1), f.multiply(f.splat(0.5), get(square))),
        f.multiply(f.multiply(get(square), get(square)), horner(TRIGONOMETRY.cosine)),
      ),
    ),
    set(odd, f.shiftRightSigned(f.shiftLeft(get(rounded), 63), 63)),
    set(
      out.cosine,
      xorVector(
        f.select(get(sine), get(cosine), get(odd)),
        signFrom(f.addBits(get(rounded), f.splatBits(1))),
      ),
    ),
    set(out.sine, xorVector(f.select(get(cosine), get(sine), get(odd)), signFrom(get(rounded)))),
  ];
}

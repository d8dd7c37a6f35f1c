/**
 * Sweeps over the spins of several replicas at once, one replica in each lane of a vector. Each
 * visit flips spin i in the lanes with s_i h_i >= c, where h_i is what the other spins and the bias
 * pull with, and c a random threshold: flipping changes the energy by -2 s_i h_i, so with c =
 * trunc(T ln(u) / 2), u uniform in (0, 1], this is the rule of Metropolis at temperature T.
 *
 * What a visit costs is a few instructions for all replicas together, as nothing is drawn or
 * exponentiated here: thresholds come from a table that was filled for the temperature, read from a
 * random place on every 32 spins.
 *
 * `sweepUnit`: couplings of +-1, given as lists of neighbours, those of +1 first. `sweepWeighted`:
 * any couplings. Signature of both: (spins, end, toFields, rows, table, mask, sweeps). From
 * `spins`, a multiple of 512, up to `end` lie vectors of masks, all ones for a spin that is down,
 * and `toFields` after each its vector of fields. At `rows` lie the addresses at which the
 * neighbours of each spin begin (and, for units, those of -1); a neighbour is the address of its
 * field, followed by its coupling unless that is a unit. `table` has 512 bytes more than `mask`
 * allows. The state of the random numbers is at RANDOM_ADDRESS; at VISITS_ADDRESS stands
 * afterwards how many visits flipped something.
 */
import type { Code } from "../assembly/encoding.ts";
import {
  add,
  and,
  constant,
  get,
  type Local,
  lessThan,
  loadI32,
  repeatWhile,
  set,
  shiftLeft,
  shiftRight,
  subtract,
  when,
  xor,
} from "../assembly/instruction.ts";
import { type Declare, type Routine, routine } from "../assembly/routine.ts";
import { loadVector, storeVector, VECTOR_BYTES, xorVector } from "../assembly/simd.ts";
import {
  andVector,
  anyTrue,
  type IntegerLanes,
  integerLanes,
  orVector,
  type Width,
} from "./integer-lanes.ts";

/** Where the state of the random numbers is kept, a word that is not 0. */
export const RANDOM_ADDRESS = 16;

/** Where a sweep says how many of its visits flipped a spin in some lane. */
export const VISITS_ADDRESS = 20;

/** Bytes of the spins that read thresholds from one random place on. */
export const BLOCK_BYTES = 512;

/** Bytes of what is known of a neighbour, by kind of coupling. */
export const NEIGHBOUR_BYTES = Object.freeze({ unit: 4, weighted: 8 } as const);

/** Bytes of a row's entry, by kind of coupling. */
export const ROW_BYTES = Object.freeze({ unit: 8, weighted: 4 } as const);

/** Whether all couplings are +-1. */
export type CouplingKind = keyof typeof NEIGHBOUR_BYTES;

/** The routine for fields of `width` bits. */
export function sweep(kind: CouplingKind, width: Width): Routine {
  const lanes = integerLanes(width);
  return routine(
    kind === "unit" ? "sweepUnit" : "sweepWeighted",
    ["i32", "i32", "i32", "i32", "i32", "i32", "i32"],
    ([spins, end, toFields, rows, table, mask, sweeps], declare) => {
      const place = { at: declare("i32"), row: declare("i32"), cut: declare("i32") };
      const { at, row, cut } = place;
      const [random, visits] = [declare("i32"), declare("i32")];
      const turn = flips(lanes, kind, place, toFields, visits, declare);
      const whole: Code = [
        set(at, get(spins)),
        set(row, get(rows)),
        repeatWhile(
          [
            when(startsBlock(at), [
              nextRandom(random),
              set(cut, add(get(table), and(get(random), get(mask)))),
            ]),
            turn,
            set(cut, add(get(cut), constant(VECTOR_BYTES))),
            set(row, add(get(row), constant(ROW_BYTES[kind]))),
            set(at, add(get(at), constant(VECTOR_BYTES))),
          ],
          lessThan(get(at), get(end)),
        ),
        set(sweeps, subtract(get(sweeps), constant(1))),
      ];
      return [
        set(random, loadI32(constant(RANDOM_ADDRESS))),
        repeatWhile(whole, get(sweeps)),
        storeI32(RANDOM_ADDRESS, get(random)),
        storeI32(VISITS_ADDRESS, get(visits)),
      ];
    },
  );
}

interface Place {
  /** Of the spin, of its row and of its thresholds. */
  readonly at: Local;
  readonly row: Local;
  readonly cut: Local;
}

/** One visit. */
function flips(
  lanes: IntegerLanes,
  kind: CouplingKind,
  { at, row, cut }: Place,
  toFields: Local,
  visits: Local,
  declare: Declare,
): Code {
  const [spin, flipped, step] = [declare("v128"), declare("v128"), declare("v128")];
  const field = loadVector(add(get(at), get(toFields)));
  const aligned = lanes.subtract(xorVector(field, get(spin)), get(spin));
  const signs = orVector(get(spin), lanes.splat(constant(1)));
  return [
    set(spin, loadVector(get(at))),
    set(flipped, lanes.atLeast(aligned, loadVector(get(cut)))),
    when(anyTrue(get(flipped)), [
      set(visits, add(get(visits), constant(1))),
      storeVector(get(at), xorVector(get(spin), get(flipped))),
      // Twice the old spin where it flipped: what each unit of coupling takes from a neighbour.
      set(step, andVector(signs, get(flipped))),
      set(step, lanes.add(get(step), get(step))),
      pulls(lanes, kind, row, step, declare),
    ]),
  ];
}

/** Takes the old pull from the neighbours and gives the new one. */
function pulls(
  lanes: IntegerLanes,
  kind: CouplingKind,
  row: Local,
  step: Local,
  declare: Declare,
): Code {
  const [entry, last, address] = [declare("i32"), declare("i32"), declare("i32")];
  const upTo = (offset: number, change: (field: Code) => Code): Code => [
    set(last, loadI32(get(row), offset)),
    when(
      lessThan(get(entry), get(last)),
      repeatWhile(
        [
          set(address, loadI32(get(entry))),
          storeVector(get(address), change(loadVector(get(address)))),
          set(entry, add(get(entry), constant(NEIGHBOUR_BYTES[kind]))),
        ],
        lessThan(get(entry), get(last)),
      ),
    ),
  ];
  const begin = set(entry, loadI32(get(row)));
  const { add: plus, subtract: minus, multiply: times } = lanes;
  if (times === undefined || kind === "unit") {
    const [up, down] = [4, 8];
    return [
      begin,
      upTo(up, (field) => minus(field, get(step))),
      upTo(down, (field) => plus(field, get(step))),
    ];
  }
  const weighted = () => times(get(step), lanes.loadSplat(get(entry), 4));
  return [begin, upTo(4, (field) => minus(field, weighted()))];
}

function startsBlock(at: Local): Code {
  const isZero = 0x45;
  return [and(get(at), constant(BLOCK_BYTES - 1)), isZero];
}

/** The next of G. Marsaglia's xorshift numbers (Journal of Statistical Software 8, 2003). */
export function nextRandom(random: Local): Code {
  const mixed = (shifted: Code) => set(random, xor(get(random), shifted));
  return [
    mixed(shiftLeft(get(random), constant(13))),
    mixed(shiftRight(get(random), constant(17))),
    mixed(shiftLeft(get(random), constant(5))),
  ];
}

/** Stores an i32. */
export function storeI32(address: number, value: Code): Code {
  return [constant(address), value, 0x36, 2, 0];
}

/**
 * Forces on oscillators, and what they do to momenta, for eight replicas at once: the half of a
 * step that costs. Every spin hears the signals of its neighbours.
 *
 * `pushLists`: signals are f32, and neighbours (address of the signal, coupling as f32) stand in
 * lists. `pushMatrix`: signals are 16-bit integers, two spins to a 32-bit lane, so that one dot
 * product adds two couplings of four replicas; four rows of couplings, two columns at a time, stand
 * together. Sums of integers are exact.
 *
 * Signature of both: (momenta, end, toPositions, biases, signals, signalsEnd, couplings, strength,
 * restoring). Momenta from `momenta` up to `end` become y + strength force - restoring x, where
 * `toPositions` after each y stands its x, and the force is what signals and couplings add up to,
 * plus the bias, an f32 at `biases`, times the ancilla's signal. Lists: `couplings` is where the
 * addresses stand at which each spin's neighbours begin, and `signals` says nothing.
 */
import type { Code } from "../assembly/encoding.ts";
import {
  add,
  constant,
  get,
  type Local,
  lessThan,
  loadI32,
  repeatWhile,
  set,
  sweep,
  when,
} from "../assembly/instruction.ts";
import { type Declare, type Routine, routine } from "../assembly/routine.ts";
import { loadVector, storeVector, VECTOR_BYTES } from "../assembly/simd.ts";
import { addWords, dotHalves, floats } from "./float-lanes.ts";
import {
  ANCILLA_ADDRESS,
  BLOCK_ROWS,
  type CouplingForm,
  LANE_COUNT,
  SPIN_BYTES,
} from "./oscillator-kernels.ts";

/** Bytes of a neighbour in a list. */
export const NEIGHBOUR_BYTES = 8;

/** Bytes of the couplings of two columns in a block of rows. */
const PAIR_BYTES = 4 * BLOCK_ROWS;

const VECTORS: readonly number[] = Array.from({ length: LANE_COUNT / 4 }, (_, index) => index);

const PARAMETERS = ["i32", "i32", "i32", "i32", "i32", "i32", "i32", "f32", "f32"] as const;

/** The routine for couplings of a form. */
export function push(form: CouplingForm): Routine {
  const name = form === "lists" ? "pushLists" : "pushMatrix";
  return routine(name, PARAMETERS, (parameters, declare) => {
    const [momenta, end, toPositions, biases, signals, signalsEnd, couplings, ...factors] =
      parameters;
    const [strength, restoring] = factors.map((factor) => {
      const splat = declare("v128");
      return { splat, made: set(splat, floats.splat(get(factor))) };
    });
    const moved = { momenta, toPositions, biases, strength, restoring };
    const makeFactors = [strength.made, restoring.made];
    return form === "lists"
      ? [makeFactors, listPass({ ...moved, end, couplings }, declare)]
      : [makeFactors, matrixPass({ ...moved, end, couplings, signals, signalsEnd }, declare)];
  });
}

interface Moved {
  readonly momenta: Local;
  readonly toPositions: Local;
  readonly biases: Local;
  readonly strength: { readonly splat: Local };
  readonly restoring: { readonly splat: Local };
}

function listPass(
  pass: Moved & { readonly end: Local; readonly couplings: Local },
  declare: Declare,
): Code {
  const { momenta, end, biases, couplings } = pass;
  const [entry, last, address] = [declare("i32"), declare("i32"), declare("i32")];
  const weight = declare("v128");
  const sums = VECTORS.map(() => declare("v128"));
  const hear = [
    set(address, loadI32(get(entry))),
    set(weight, floats.loadSplat(get(entry), 4)),
    VECTORS.map((v) => {
      const signal = loadVector(get(address), v * VECTOR_BYTES);
      return set(sums[v], floats.add(get(sums[v]), floats.multiply(get(weight), signal)));
    }),
    set(entry, add(get(entry), constant(NEIGHBOUR_BYTES))),
  ];
  return sweep(momenta, end, SPIN_BYTES, [
    set(entry, loadI32(get(couplings))),
    set(last, loadI32(get(couplings), 4)),
    VECTORS.map((v) => set(sums[v], biasPull(get(biases), v, 0))),
    when(lessThan(get(entry), get(last)), repeatWhile(hear, lessThan(get(entry), get(last)))),
    VECTORS.map((v) => move(pass, v * VECTOR_BYTES, get(sums[v]))),
    set(couplings, add(get(couplings), constant(4))),
    set(biases, add(get(biases), constant(4))),
  ]);
}

function matrixPass(
  pass: Moved & {
    readonly end: Local;
    readonly couplings: Local;
    readonly signals: Local;
    readonly signalsEnd: Local;
  },
  declare: Declare,
): Code {
  const { momenta, end, biases, couplings, signals, signalsEnd } = pass;
  const [column, weight] = [declare("i32"), declare("v128")];
  const heard = VECTORS.map(() => declare("v128"));
  const rows = Array.from({ length: BLOCK_ROWS }, (_, row) => row);
  const sums = rows.map(() => VECTORS.map(() => declare("v128")));
  const hear = [
    VECTORS.map((v) => set(heard[v], loadVector(get(column), v * VECTOR_BYTES))),
    rows.map((row) => [
      set(weight, floats.loadSplat(get(couplings), 4 * row)),
      VECTORS.map((v) => {
        const product = dotHalves(get(weight), get(heard[v]));
        return set(sums[row][v], addWords(get(sums[row][v]), product));
      }),
    ]),
    set(couplings, add(get(couplings), constant(PAIR_BYTES))),
  ];
  return sweep(momenta, end, BLOCK_ROWS * SPIN_BYTES, [
    sums.flat().map((sum) => set(sum, floats.splatConstant(0))),
    set(column, get(signals)),
    sweep(column, signalsEnd, SPIN_BYTES, hear),
    rows.map((row) =>
      VECTORS.map((v) => {
        const pull = biasPull(get(biases), v, 4 * row);
        const force = floats.add(floats.fromIntegers(get(sums[row][v])), pull);
        return move(pass, row * SPIN_BYTES + v * VECTOR_BYTES, force);
      }),
    ),
    set(biases, add(get(biases), constant(4 * BLOCK_ROWS))),
  ]);
}

/** The bias at `address + offset` times the ancilla's signal. */
function biasPull(address: Code, vector: number, offset: number): Code {
  const ancilla = loadVector(constant(ANCILLA_ADDRESS), vector * VECTOR_BYTES);
  return floats.multiply(floats.loadSplat(address, offset), ancilla);
}

/** y + strength force - restoring x. */
function move(
  { momenta, toPositions, strength, restoring }: Moved,
  offset: number,
  force: Code,
): Code {
  const momentum = loadVector(get(momenta), offset);
  const position = loadVector(add(get(momenta), get(toPositions)), offset);
  const pushed = floats.add(momentum, floats.multiply(get(strength.splat), force));
  const held = floats.multiply(get(restoring.splat), position);
  return storeVector(get(momenta), floats.subtract(pushed, held), offset);
}

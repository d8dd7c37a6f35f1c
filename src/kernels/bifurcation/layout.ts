/**
 * Where everything lies in the memory of oscillators, and which form their couplings have: a
 * matrix of 16-bit integers where most pairs are coupled and these are small, else lists.
 */
import type { SpinGlass } from "../spin/spin-glass.ts";
import {
  ARRAYS_ADDRESS,
  BLOCK_ROWS,
  type CouplingForm,
  LANE_COUNT,
  SPIN_BYTES,
} from "./oscillator-kernels.ts";
import { NEIGHBOUR_BYTES } from "./push.ts";

/** Above this share of coupled pairs a matrix is faster than lists. */
const MATRIX_DENSITY_MIN = 0.15;
/** 128 MB of couplings. */
const MATRIX_SPINS_MAX = 8192;
const HALF_MAX = 2 ** 15 - 1;
const WORD_MAX = 2 ** 31 - 1;
/** Signals of a matrix are whole multiples of 1 / level, from 1/128 down to 1/16,384. */
const LEVEL_MIN = 2 ** 7;
const LEVEL_MAX = 2 ** 14;

/** The form of couplings, and addresses of the parts in bytes. */
export interface OscillatorLayout {
  readonly form: CouplingForm;
  /** With those that fill up the last block of a matrix; they are coupled to nothing. */
  readonly spinCount: number;
  /** What a signal of 1 is in the signals' number format. */
  readonly level: number;
  readonly positions: number;
  readonly momenta: number;
  readonly signals: number;
  readonly signalsEnd: number;
  readonly biases: number;
  readonly couplings: number;
  /** Of lists, where neighbours begin. */
  readonly neighbours: number;
  readonly byteCount: number;
}

/** Lays out the memory for `glass`. */
export function layOutOscillators(glass: SpinGlass): OscillatorLayout {
  const matrixLevel = levelOf(glass);
  const form = matrixLevel === undefined ? "lists" : "matrix";
  const { spinCount: given } = glass;
  const spinCount = form === "lists" ? given : Math.ceil(given / BLOCK_ROWS) * BLOCK_ROWS;
  const positions = ARRAYS_ADDRESS;
  const momenta = positions + spinCount * SPIN_BYTES;
  const signals = momenta + spinCount * SPIN_BYTES;
  const signalsEnd = signals + (form === "lists" ? spinCount : spinCount / 2) * SPIN_BYTES;
  const biases = signalsEnd;
  const couplings = biases + Math.ceil(spinCount / BLOCK_ROWS) * 4 * BLOCK_ROWS;
  const neighbours = couplings + Math.ceil((spinCount + 1) / 2) * 8;
  const byteCount =
    form === "lists"
      ? neighbours + glass.neighbours.length * NEIGHBOUR_BYTES
      : couplings + spinCount * spinCount * 2;
  const level = matrixLevel ?? 1;
  const addresses = { positions, momenta, signals, signalsEnd, biases, couplings, neighbours };
  return Object.freeze({ form, spinCount, level, ...addresses, byteCount });
}

/** Vector operations of a step on one spin: what a budget is charged with. */
export function operationsPerSpin(glass: SpinGlass, { form, spinCount }: OscillatorLayout): number {
  const vectors = LANE_COUNT / 4;
  const own = 20 * vectors;
  if (form === "matrix") return own + spinCount * vectors * 1.4;
  return own + (glass.neighbours.length / Math.max(1, glass.spinCount)) * (2 + 3 * vectors);
}

/** The finest level at which no sum of a matrix overflows; `undefined` where lists are better. */
function levelOf({ spinCount, starts, couplings }: SpinGlass): number | undefined {
  const pairs = spinCount * (spinCount - 1);
  if (spinCount > MATRIX_SPINS_MAX || couplings.length < MATRIX_DENSITY_MIN * pairs) return;
  if (couplings.length === 0) return;
  let reach = 1;
  for (let spin = 0; spin < spinCount; spin += 1) {
    let sum = 0;
    for (let entry = starts[spin]; entry < starts[spin + 1]; entry += 1) {
      const size = Math.abs(couplings[entry]);
      if (size > HALF_MAX) return;
      sum += size;
    }
    reach = Math.max(reach, sum);
  }
  let level = LEVEL_MAX;
  while (level >= LEVEL_MIN && reach * level > WORD_MAX) level /= 2;
  return level < LEVEL_MIN ? undefined : level;
}

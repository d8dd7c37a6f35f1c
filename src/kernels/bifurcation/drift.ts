/**
 * The other half of a step: positions move by their momenta, stop at the walls, and are signalled.
 * A wall at -1 and at +1 takes the whole momentum. The signal of a lane is its position or, where
 * the mask at SIGNS_ADDRESS says so, its sign.
 *
 * Signature: (positions, end, toMomenta, signals, biases, rate, level). Positions from `positions`
 * up to `end` become x + rate y. `driftLists` writes each signal as f32, `driftMatrix` `level`
 * times the signals of two spins as 16-bit integers into one vector. At PULL_ADDRESS the products
 * of signals and biases, f32 from `biases` on, are added up in order.
 */
import type { Code } from "../assembly/encoding.ts";
import { add, constant, get, type Local, set, sweep } from "../assembly/instruction.ts";
import { type Routine, routine } from "../assembly/routine.ts";
import { loadVector, storeVector, VECTOR_BYTES } from "../assembly/simd.ts";
import { andNot, floats, pairHalves, select } from "./float-lanes.ts";
import {
  type CouplingForm,
  LANE_COUNT,
  PULL_ADDRESS,
  SIGNS_ADDRESS,
  SPIN_BYTES,
} from "./oscillator-kernels.ts";

/** The routine for couplings of a form. */
export function drift(form: CouplingForm): Routine {
  const name = form === "lists" ? "driftLists" : "driftMatrix";
  const parameters = ["i32", "i32", "i32", "i32", "i32", "f32", "f32"] as const;
  const spinsPerTurn = form === "lists" ? 1 : 2;
  return routine(name, parameters, (given, declare) => {
    const [positions, end, toMomenta, signals, biases, rate, level] = given;
    const [rates, levels] = [declare("v128"), declare("v128")];
    const [moved, outside] = [declare("v128"), declare("v128")];
    const told = Array.from({ length: spinsPerTurn }, () => declare("v128"));
    const turn = (vector: number): Code => {
      const pull = PULL_ADDRESS + vector * VECTOR_BYTES;
      const one = (spin: number): Code => {
        const offset = spin * SPIN_BYTES + vector * VECTOR_BYTES;
        const bias = floats.loadSplat(get(biases), 4 * spin);
        const pulled = floats.multiply(bias, get(told[spin]));
        return [
          step({ positions, toMomenta, rates, moved, outside }, offset),
          set(told[spin], signalOf(moved, vector)),
          storeVector(constant(pull), floats.add(loadVector(constant(pull)), pulled)),
        ];
      };
      const scaled = told.map((signal) =>
        floats.toIntegers(floats.multiply(get(signal), get(levels))),
      );
      const written = form === "lists" ? get(told[0]) : pairHalves(scaled[0], scaled[1]);
      return [
        told.map((_, spin) => one(spin)),
        storeVector(get(signals), written, vector * VECTOR_BYTES),
      ];
    };
    return [
      set(rates, floats.splat(get(rate))),
      set(levels, floats.splat(get(level))),
      sweep(positions, end, spinsPerTurn * SPIN_BYTES, [
        Array.from({ length: LANE_COUNT / 4 }, (_, vector) => turn(vector)),
        set(signals, add(get(signals), constant(SPIN_BYTES))),
        set(biases, add(get(biases), constant(4 * spinsPerTurn))),
      ]),
    ];
  });
}

interface Drifting {
  readonly positions: Local;
  readonly toMomenta: Local;
  readonly rates: Local;
  readonly moved: Local;
  readonly outside: Local;
}

/** Moves a vector of positions, stops what hits a wall, and leaves the positions in `moved`. */
function step({ positions, toMomenta, rates, moved, outside }: Drifting, offset: number): Code {
  const [one, minusOne] = [floats.splatConstant(1), floats.splatConstant(-1)];
  const momenta = add(get(positions), get(toMomenta));
  const way = floats.multiply(get(rates), loadVector(momenta, offset));
  return [
    set(moved, floats.add(loadVector(get(positions), offset), way)),
    set(outside, floats.lessThan(one, floats.magnitude(get(moved)))),
    storeVector(momenta, andNot(loadVector(momenta, offset), get(outside)), offset),
    set(moved, floats.least(floats.greatest(get(moved), minusOne), one)),
    storeVector(get(positions), get(moved), offset),
  ];
}

/** The position, or its sign. */
function signalOf(position: Local, vector: number): Code {
  const isDown = floats.lessThan(get(position), floats.splatConstant(0));
  const sign = select(floats.splatConstant(-1), floats.splatConstant(1), isDown);
  const mask = loadVector(constant(SIGNS_ADDRESS), vector * VECTOR_BYTES);
  return select(sign, get(position), mask);
}

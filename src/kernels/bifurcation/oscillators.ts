/**
 * Simulated bifurcation (H. Goto, K. Tatsumura and A. Dixon, Science Advances 5, eaav2372, 2019;
 * H. Goto et al., Science Advances 7, eabe7953, 2021): every spin is an oscillator with a position
 * and a momentum, driven through a bifurcation while it hears its neighbours, between walls that
 * stop it. In the *ballistic* variant neighbours hear positions, in the *discrete* one only their
 * signs. Eight replicas move at once; each call does a bounded part of a step.
 *
 * Biases pull by an ancilla, one more oscillator that is coupled to each spin by its bias; a
 * replica's spins are read relative to it.
 */
import { assert, type RandomStream } from "#foundation";
import type { SpinGlass } from "../spin/spin-glass.ts";
import { writeCouplings } from "./couplings.ts";
import { layOutOscillators, type OscillatorLayout, operationsPerSpin } from "./layout.ts";
import { openOscillatorKernels } from "./module.ts";
import {
  ANCILLA_ADDRESS,
  BLOCK_ROWS,
  LANE_COUNT,
  type OscillatorBuild,
  type OscillatorKernels,
  PULL_ADDRESS,
  SIGNS_ADDRESS,
  SPIN_BYTES,
} from "./oscillator-kernels.ts";

/** What neighbours hear. */
export type BifurcationVariant = "ballistic" | "discrete";

/** Positions and momenta begin within this distance of 0. */
const SCATTER = 0.1;
/** Couplings are scaled so that their pull on a spin is about this, of a detuning of 1. */
const PULL_SHARE = 0.5;

/** Replicas of one Ising problem as oscillators, all at rest at first. */
export class Oscillators {
  /** Replicas that move together. */
  static readonly laneCount = LANE_COUNT;
  /** Spins that a part of a step can begin at are multiples of this. */
  static readonly partSpins = BLOCK_ROWS;
  readonly glass: SpinGlass;
  /** Spins as the kernels count them: parts of a step end here at the latest. */
  readonly spinCount: number;
  /** Vector operations of a step, by spin. */
  readonly operationsPerSpin: number;
  readonly #layout: OscillatorLayout;
  readonly #kernels: OscillatorKernels;
  readonly #floats: Float32Array;
  readonly #signs: Int32Array;
  readonly #ancillaPositions = new Float32Array(LANE_COUNT);
  readonly #ancillaMomenta = new Float32Array(LANE_COUNT);
  /** Momentum by a unit of force in a unit of time. */
  readonly #strength: number;

  constructor(glass: SpinGlass, build: OscillatorBuild = "generated") {
    const layout = layOutOscillators(glass);
    const { buffer, kernels } = openOscillatorKernels(layout, build);
    this.glass = glass;
    this.spinCount = layout.spinCount;
    this.operationsPerSpin = operationsPerSpin(glass, layout);
    this.#layout = layout;
    this.#kernels = kernels;
    this.#floats = new Float32Array(buffer);
    this.#signs = new Int32Array(buffer, SIGNS_ADDRESS, LANE_COUNT);
    this.#strength = strengthOf(glass) / layout.level;
    writeCouplings(glass, layout, buffer);
  }

  /** From now on neighbours hear what the variant says, by lane. */
  setVariants(variantOf: (lane: number) => BifurcationVariant): void {
    for (let lane = 0; lane < LANE_COUNT; lane += 1) {
      this.#signs[lane] = variantOf(lane) === "discrete" ? -1 : 0;
    }
  }

  /** Gives every oscillator a random position and momentum near 0. */
  scatter(random: RandomStream): void {
    const draw = () => SCATTER * (2 * random.unit() - 1);
    const { positions, momenta } = this.#layout;
    for (const base of [positions, momenta]) {
      const length = this.glass.spinCount * LANE_COUNT;
      for (let at = 0; at < length; at += 1) this.#floats[base / 4 + at] = draw();
    }
    for (let lane = 0; lane < LANE_COUNT; lane += 1) {
      this.#ancillaPositions[lane] = draw();
      this.#ancillaMomenta[lane] = draw();
    }
    this.drift(0, this.spinCount, 0);
  }

  /**
   * The forces of a step of `time` on spins `first` up to `end`, at a detuning that goes from 1 to
   * 0. All spins have theirs before any drifts.
   */
  push(first: number, end: number, { detuning, time }: StepTerms): void {
    if (first === end) return;
    const { form, positions, momenta, biases, signals, signalsEnd } = this.#layout;
    assert(first % BLOCK_ROWS === 0, "a part begins at a block");
    const run = form === "lists" ? this.#kernels.pushLists : this.#kernels.pushMatrix;
    run(
      momenta + first * SPIN_BYTES,
      momenta + end * SPIN_BYTES,
      positions - momenta,
      biases + 4 * first,
      signals,
      signalsEnd,
      this.#couplingsOf(first),
      time * this.#strength,
      time * detuning,
    );
    if (end === this.spinCount) this.#pushAncilla(time * this.#strength, time * detuning);
  }

  /** Moves spins `first` up to `end`, in ascending parts, for as long as `time`. */
  drift(first: number, end: number, time: number): void {
    if (first === 0) this.#driftAncilla(time);
    if (first === end) return;
    const { form, positions, momenta, signals, biases, level } = this.#layout;
    assert(first % BLOCK_ROWS === 0, "a part begins at a block");
    const run = form === "lists" ? this.#kernels.driftLists : this.#kernels.driftMatrix;
    const signalBytes = form === "lists" ? SPIN_BYTES : SPIN_BYTES / 2;
    run(
      positions + first * SPIN_BYTES,
      positions + end * SPIN_BYTES,
      momenta - positions,
      signals + first * signalBytes,
      biases + 4 * first,
      time,
      level,
    );
  }

  /** The spins of a replica, -1 or +1. */
  spinsOf(lane: number): Int8Array {
    const isTurned = this.#ancillaPositions[lane] < 0;
    const from = this.#layout.positions / 4 + lane;
    return Int8Array.from({ length: this.glass.spinCount }, (_, spin) =>
      this.#floats[from + spin * LANE_COUNT] < 0 === isTurned ? 1 : -1,
    );
  }

  /** Where a replica's oscillators are, between -1 and 1. */
  positionsOf(lane: number): Float32Array {
    return this.#numbersOf(this.#layout.positions, lane);
  }

  /** Everything that moves in a replica, the ancilla last. */
  stateOf(lane: number): { readonly positions: Float32Array; readonly momenta: Float32Array } {
    const { positions, momenta } = this.#layout;
    const withLast = (address: number, last: Float32Array) =>
      Float32Array.from([...this.#numbersOf(address, lane), last[lane]]);
    return {
      positions: withLast(positions, this.#ancillaPositions),
      momenta: withLast(momenta, this.#ancillaMomenta),
    };
  }

  #numbersOf(address: number, lane: number): Float32Array {
    const { spinCount } = this.glass;
    return Float32Array.from(
      { length: spinCount },
      (_, spin) => this.#floats[address / 4 + spin * LANE_COUNT + lane],
    );
  }

  #couplingsOf(first: number): number {
    const { form, couplings, spinCount } = this.#layout;
    return couplings + (form === "lists" ? 4 * first : 2 * first * spinCount);
  }

  #pushAncilla(strength: number, restoring: number): void {
    for (let lane = 0; lane < LANE_COUNT; lane += 1) {
      const pull = strength * this.#floats[PULL_ADDRESS / 4 + lane];
      this.#ancillaMomenta[lane] += pull - restoring * this.#ancillaPositions[lane];
    }
  }

  /** Moves the ancilla, and begins to add up what pulls it next. */
  #driftAncilla(time: number): void {
    const [positions, momenta] = [this.#ancillaPositions, this.#ancillaMomenta];
    for (let lane = 0; lane < LANE_COUNT; lane += 1) {
      const moved = positions[lane] + time * momenta[lane];
      if (Math.abs(moved) > 1) momenta[lane] = 0;
      positions[lane] = Math.min(Math.max(moved, -1), 1);
      const sign = positions[lane] < 0 ? -1 : 1;
      const signal = this.#signs[lane] === 0 ? positions[lane] : sign;
      this.#floats[ANCILLA_ADDRESS / 4 + lane] = signal;
      this.#floats[PULL_ADDRESS / 4 + lane] = 0;
    }
  }
}

/** What a step depends on. */
export interface StepTerms {
  readonly detuning: number;
  readonly time: number;
}

/** -0.5 sqrt(N - 1) / |J|, the ancilla and its couplings included; 0 where nothing is coupled. */
function strengthOf({ spinCount, biases, couplings }: SpinGlass): number {
  const square = (sum: number, value: number) => sum + value * value;
  const ancilla = biases.reduce(square, 0);
  const norm = Math.sqrt(couplings.reduce(square, 0) + 2 * ancilla);
  const others = spinCount - (ancilla === 0 ? 1 : 0);
  return norm === 0 ? 0 : (-PULL_SHARE * Math.sqrt(others)) / norm;
}

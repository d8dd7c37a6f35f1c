/**
 * Replicas of one Ising problem that are annealed together: up to 16 in the lanes of a vector, at
 * one temperature. Every call does a bounded part of a sweep or a bounded number of sweeps, so that
 * the caller can stop in between.
 */
import { assert, type RandomStream, shuffle } from "#foundation";
import { VECTOR_BYTES } from "../assembly/simd.ts";
import { log } from "../portable-math.ts";
import { FACTORS_ADDRESS } from "./fill-table.ts";
import { type Integers, integersIn } from "./integers.ts";
import { layOutSpins, type SpinMemoryLayout } from "./layout.ts";
import { openSpinKernels } from "./module.ts";
import { writeNeighbours } from "./neighbour-lists.ts";
import { PATTERN_ADDRESS } from "./permute-lanes.ts";
import type { SpinGlass } from "./spin-glass.ts";
import type { SpinBuild, SpinKernels } from "./spin-kernels.ts";
import { BLOCK_BYTES, RANDOM_ADDRESS, ROW_BYTES, VISITS_ADDRESS } from "./sweep.ts";

/** Spins that a sweep can begin or end at are multiples of this. */
export const BLOCK_SPINS = BLOCK_BYTES / VECTOR_BYTES;

/** Bytes of thresholds for one temperature: they stay in the first-level cache. */
const TABLE_BYTES = 2 ** 15;

/** Bytes for a temperature in each lane, which reads a lane's share of them alone. */
const LANE_TABLES_BYTES = 2 ** 18;

/** How replicas are kept. */
export interface SpinReplicasOptions {
  /** Whether lanes will differ in temperature; absent: no. */
  readonly hasLadder?: boolean;
  readonly build?: SpinBuild;
}

/** Replicas of one problem, all spins up at first. */
export class SpinReplicas {
  readonly glass: SpinGlass;
  readonly laneCount: number;
  readonly #layout: SpinMemoryLayout;
  readonly #kernels: SpinKernels;
  readonly #words: Int32Array;
  readonly #factors: Float32Array;
  readonly #spins: Integers;
  readonly #fields: Integers;
  readonly #thresholds: Integers;
  readonly #random: RandomStream;
  /** Places in the table where a block of thresholds may begin are multiples of this. */
  #grain = VECTOR_BYTES;

  constructor(glass: SpinGlass, random: RandomStream, options: SpinReplicasOptions = {}) {
    const { hasLadder = false, build = "generated" } = options;
    const layout = layOutSpins(glass, hasLadder ? LANE_TABLES_BYTES : TABLE_BYTES);
    const { buffer, kernels } = openSpinKernels(layout, build);
    const { laneCount, width } = layout;
    this.glass = glass;
    this.laneCount = laneCount;
    this.#layout = layout;
    this.#kernels = kernels;
    this.#random = random;
    this.#words = new Int32Array(buffer);
    this.#factors = new Float32Array(buffer, FACTORS_ADDRESS, laneCount);
    const tableLength = ((layout.tableBytes + BLOCK_BYTES) * 8) / width;
    this.#thresholds = integersIn(buffer, width, layout.table, tableLength);
    this.#spins = integersIn(buffer, width, layout.spins, glass.spinCount * laneCount);
    this.#fields = integersIn(buffer, width, layout.fields, glass.spinCount * laneCount);
    this.#words[RANDOM_ADDRESS / 4] = random.uint32() | 1;
    writeNeighbours(glass, layout, this.#words);
    this.#writeLogarithms(new Float32Array(buffer));
    this.load(new Int8Array(glass.spinCount).fill(1));
  }

  /** How many replicas of `glass` are kept together: 16, 8 or 4. */
  static laneCountOf(glass: SpinGlass): number {
    return layOutSpins(glass, TABLE_BYTES).laneCount;
  }

  /** Gives every replica these spins, -1 or +1. */
  load(spins: ArrayLike<number>): void {
    const { biases, starts, neighbours, couplings, spinCount } = this.glass;
    for (let spin = 0; spin < spinCount; spin += 1) {
      let field = biases[spin];
      for (let entry = starts[spin]; entry < starts[spin + 1]; entry += 1) {
        field += couplings[entry] * spins[neighbours[entry]];
      }
      const at = spin * this.laneCount;
      this.#spins.fill(spins[spin] < 0 ? -1 : 0, at, at + this.laneCount);
      this.#fields.fill(field, at, at + this.laneCount);
    }
  }

  /** From now on spins flip by the rule of Metropolis at this temperature, above 0. */
  setTemperature(temperature: number): void {
    this.setTemperatures(new Float64Array(this.laneCount).fill(temperature));
    this.#grain = this.#layout.width / 8;
  }

  /** The same with a temperature for each lane, of replicas that have a ladder. */
  setTemperatures(temperatures: ArrayLike<number>): void {
    const { table, tableBytes, logarithms } = this.#layout;
    for (let lane = 0; lane < this.laneCount; lane += 1)
      this.#factors[lane] = temperatures[lane] / 2;
    this.#kernels.fillTable(table, table + tableBytes, logarithms);
    this.#grain = VECTOR_BYTES;
    this.#repeatStart();
  }

  /** From now on every spin flips with probability 1/2. */
  setInfiniteTemperature(): void {
    const least = -1 << (this.#layout.width - 1);
    for (let index = 0; index < this.#thresholds.length; index += 1) {
      this.#thresholds[index] = this.#random.uint32() & 1 ? ~least : least;
    }
    this.#repeatStart();
  }

  /** From now on spins flip only where that lowers the energy. */
  setZeroTemperature(): void {
    this.#thresholds.fill(1);
  }

  /**
   * Visits the spins from `first` up to `end` (multiples of BLOCK_SPINS, or the number of spins),
   * `sweeps` times over; how many visits flipped a spin in some replica.
   */
  sweep(first: number, end: number, sweeps: number): number {
    if (first === end) return 0;
    const { spins, fields, rows, table, tableBytes, kind } = this.#layout;
    assert(first % BLOCK_SPINS === 0, "a sweep starts at a block");
    const run = kind === "unit" ? this.#kernels.sweepUnit : this.#kernels.sweepWeighted;
    const mask = tableBytes - this.#grain;
    run(
      spins + first * VECTOR_BYTES,
      spins + end * VECTOR_BYTES,
      fields - spins,
      rows + first * ROW_BYTES[kind],
      table,
      mask,
      sweeps,
    );
    return this.#words[VISITS_ADDRESS / 4];
  }

  /** The energy of each replica. */
  energies(): Float64Array {
    const { laneCount, glass } = this;
    const doubled = new Float64Array(laneCount);
    for (let spin = 0; spin < glass.spinCount; spin += 1) {
      const bias = glass.biases[spin];
      for (let lane = 0; lane < laneCount; lane += 1) {
        const at = spin * laneCount + lane;
        doubled[lane] += (this.#spins[at] | 1) * (this.#fields[at] + bias);
      }
    }
    return doubled.map((energy) => energy / 2);
  }

  /** The spins of a replica, -1 or +1. */
  spinsOf(lane: number): Int8Array {
    return Int8Array.from(
      { length: this.glass.spinCount },
      (_, spin) => this.#spins[spin * this.laneCount + lane] | 1,
    );
  }

  /** Whether a spin of a replica is up. */
  isUp(lane: number, spin: number): boolean {
    return this.#spins[spin * this.laneCount + lane] === 0;
  }

  /** Flips a spin of a replica. */
  flip(lane: number, spin: number): void {
    const { starts, neighbours, couplings } = this.glass;
    const at = spin * this.laneCount + lane;
    const step = 2 * (this.#spins[at] | 1);
    this.#spins[at] ^= -1;
    for (let entry = starts[spin]; entry < starts[spin + 1]; entry += 1) {
      this.#fields[neighbours[entry] * this.laneCount + lane] -= step * couplings[entry];
    }
  }

  /** Puts into each lane the replica that is in lane `order[lane]` now. */
  permute(order: ArrayLike<number>): void {
    const bytes = this.#layout.width / 8;
    const pattern = new Uint8Array(this.#words.buffer, PATTERN_ADDRESS, VECTOR_BYTES);
    for (let byte = 0; byte < VECTOR_BYTES; byte += 1) {
      pattern[byte] = order[Math.floor(byte / bytes)] * bytes + (byte % bytes);
    }
    const { spins, rows } = this.#layout;
    this.#kernels.permuteLanes(spins, rows, PATTERN_ADDRESS);
  }

  /** Takes over all replicas of others of the same problem. */
  copyFrom(others: SpinReplicas): void {
    this.#spins.set(others.#spins);
    this.#fields.set(others.#fields);
  }

  /** What flipping each spin of a replica would cost. */
  flipCosts(lane: number): Float64Array {
    return Float64Array.from({ length: this.glass.spinCount }, (_, spin) => {
      const at = spin * this.laneCount + lane;
      return -2 * (this.#spins[at] | 1) * this.#fields[at];
    });
  }

  /** The table ends as it begins, so that a block can start anywhere. */
  #repeatStart(): void {
    const blockLength = (BLOCK_BYTES * 8) / this.#layout.width;
    this.#thresholds.copyWithin(this.#thresholds.length - blockLength, 0, blockLength);
  }

  /**
   * ln(u) for evenly spaced u, in random order within each lane: the table as a whole, and what
   * each lane sees of it, have the exact distribution.
   */
  #writeLogarithms(floats: Float32Array): void {
    const { laneCount } = this;
    const { tableBytes, width, logarithms } = this.#layout;
    const rowCount = (tableBytes * 8) / width / laneCount;
    const order = Int32Array.from({ length: rowCount }, (_, row) => row);
    for (let lane = 0; lane < laneCount; lane += 1) {
      shuffle(order, this.#random);
      for (let row = 0; row < rowCount; row += 1) {
        const share = (order[row] * laneCount + lane + 0.5) / (rowCount * laneCount);
        floats[logarithms / 4 + row * laneCount + lane] = log(share);
      }
    }
  }
}

/**
 * Path-integral Monte Carlo of the Ising model in a transverse field (R. Martonak, G. Santoro and
 * E. Tosatti, Physical Review B 66, 094203, 2002). By the formula of Suzuki and Trotter a quantum
 * spin is a ring of 16 classical ones, its world line; at temperature T and field G neighbouring
 * slices are bound by -(P T / 2) ln tanh(G / (P T)), P being their number, and all is sampled at
 * the temperature P T. Spins flip slice by slice, and world lines as a whole.
 */
import { assert, type RandomStream, shuffle } from "#foundation";
import { exp, log } from "../portable-math.ts";
import type { SpinGlass } from "../spin/spin-glass.ts";
import { RANDOM_ADDRESS, VISITS_ADDRESS } from "../spin/sweep.ts";
import {
  BINDING_LIMIT,
  LINE_TABLE_BYTES,
  layOutWorldLines,
  SLICE_TABLE_BYTES,
  type WorldLineLayout,
} from "./layout.ts";
import { openWorldLineKernels } from "./module.ts";
import {
  BLOCK_SITES,
  NEIGHBOUR_BYTES,
  SITE_BYTES,
  SLICE_COUNT,
  type WorldLineBuild,
  type WorldLineKernels,
} from "./world-line-kernels.ts";

/** What flips at a visit: single spins of a site, or all of them. */
export type WorldLineMove = "slices" | "lines";

/** The strength that binds neighbouring slices, of a temperature and a transverse field above 0. */
export function bindingOf(temperature: number, transverseField: number): number {
  const ringTemperature = SLICE_COUNT * temperature;
  const decay = exp((-2 * transverseField) / ringTemperature);
  return (-ringTemperature / 2) * log((1 - decay) / (1 + decay));
}

/** The world lines of one problem, all spins up at first. */
export class WorldLines {
  static readonly sliceCount = SLICE_COUNT;
  /** Sites that a sweep can begin or end at are multiples of this. */
  static readonly blockSites = BLOCK_SITES;
  readonly glass: SpinGlass;
  readonly #layout: WorldLineLayout;
  readonly #kernels: WorldLineKernels;
  readonly #words: Int32Array;
  readonly #spins: Int16Array;
  readonly #fields: Int16Array;
  readonly #sliceThresholds: Int16Array;
  readonly #lineThresholds: Int32Array;
  readonly #sliceLogarithms: Float64Array;
  readonly #lineLogarithms: Float64Array;
  #binding = 0;

  constructor(glass: SpinGlass, random: RandomStream, build: WorldLineBuild = "generated") {
    const layout = layOutWorldLines(glass);
    const { buffer, kernels } = openWorldLineKernels(layout, build);
    const { sliceTable, lineTable, spins, fields } = layout;
    this.glass = glass;
    this.#layout = layout;
    this.#kernels = kernels;
    this.#words = new Int32Array(buffer);
    this.#words[RANDOM_ADDRESS / 4] = random.uint32() | 1;
    this.#spins = new Int16Array(buffer, spins, glass.spinCount * SLICE_COUNT);
    this.#fields = new Int16Array(buffer, fields, glass.spinCount * SLICE_COUNT);
    const sliceCount = (SLICE_TABLE_BYTES + BLOCK_SITES * SITE_BYTES) / 2;
    this.#sliceThresholds = new Int16Array(buffer, sliceTable, sliceCount);
    const lineCount = LINE_TABLE_BYTES / 4 + BLOCK_SITES;
    this.#lineThresholds = new Int32Array(buffer, lineTable, lineCount);
    this.#sliceLogarithms = logarithms(SLICE_TABLE_BYTES / 2, random);
    this.#lineLogarithms = logarithms(LINE_TABLE_BYTES / 4, random);
    this.#writeNeighbours();
    this.#addUpAligned();
  }

  /** Gives every slice random spins of its own. */
  scatter(random: RandomStream): void {
    for (let at = 0; at < this.#spins.length; at += 1) this.#spins[at] = -(random.uint32() & 1);
    this.#addUp();
  }

  /** From now on everything is sampled at this temperature of the whole, above 0. */
  setTemperature(temperature: number): void {
    const factor = (SLICE_COUNT * temperature * this.#layout.scale) / 2;
    fillThresholds(this.#sliceThresholds, this.#sliceLogarithms, factor, -(2 ** 15));
    fillThresholds(this.#lineThresholds, this.#lineLogarithms, factor, -(2 ** 31));
  }

  /** From now on neighbouring slices are bound by this strength, or what there is room for. */
  setBinding(binding: number): void {
    this.#binding = Math.min(BINDING_LIMIT, Math.round(binding * this.#layout.scale));
  }

  /**
   * Visits the sites from `first` up to `end` (multiples of `blockSites`, or the number of sites)
   * once; how many visits flipped something.
   */
  sweep(move: WorldLineMove, first: number, end: number): number {
    if (first === end) return 0;
    const { spins, fields, rows, sliceTable, lineTable } = this.#layout;
    assert(first % BLOCK_SITES === 0, "a sweep starts at a block");
    const ofSlices = move === "slices";
    const run = ofSlices ? this.#kernels.sweepSlices : this.#kernels.sweepLines;
    run(
      spins + first * SITE_BYTES,
      spins + end * SITE_BYTES,
      fields - spins,
      rows + 4 * first,
      ofSlices ? sliceTable : lineTable,
      ofSlices ? SLICE_TABLE_BYTES - 2 : LINE_TABLE_BYTES - 4,
      this.#binding,
    );
    return this.#words[VISITS_ADDRESS / 4];
  }

  /** The spins of a slice, -1 or +1. */
  spinsOf(slice: number): Int8Array {
    return Int8Array.from(
      { length: this.glass.spinCount },
      (_, site) => this.#spins[site * SLICE_COUNT + slice] | 1,
    );
  }

  #writeNeighbours(): void {
    const { spinCount, starts, neighbours, couplings } = this.glass;
    const { rows, fields, scale, neighbours: address } = this.#layout;
    for (let site = 0; site <= spinCount; site += 1) {
      this.#words[rows / 4 + site] = address + NEIGHBOUR_BYTES * starts[site];
    }
    for (let entry = 0; entry < neighbours.length; entry += 1) {
      this.#words[address / 4 + 2 * entry] = fields + neighbours[entry] * SITE_BYTES;
      this.#words[address / 4 + 2 * entry + 1] = Math.round(couplings[entry] * scale);
    }
  }

  /** The fields while all spins are up: those of a site's slices are alike. */
  #addUpAligned(): void {
    const { spinCount, biases, starts, couplings } = this.glass;
    const { scale } = this.#layout;
    for (let site = 0; site < spinCount; site += 1) {
      let field = Math.round(biases[site] * scale);
      for (let entry = starts[site]; entry < starts[site + 1]; entry += 1) {
        field += Math.round(couplings[entry] * scale);
      }
      this.#fields.fill(field, site * SLICE_COUNT, (site + 1) * SLICE_COUNT);
    }
  }

  #addUp(): void {
    const { spinCount, biases, starts, neighbours, couplings } = this.glass;
    const { scale } = this.#layout;
    const [spins, fields] = [this.#spins, this.#fields];
    for (let site = 0; site < spinCount; site += 1) {
      const at = site * SLICE_COUNT;
      fields.fill(Math.round(biases[site] * scale), at, at + SLICE_COUNT);
      for (let entry = starts[site]; entry < starts[site + 1]; entry += 1) {
        const coupling = Math.round(couplings[entry] * scale);
        const other = neighbours[entry] * SLICE_COUNT;
        for (let slice = 0; slice < SLICE_COUNT; slice += 1) {
          fields[at + slice] += coupling * (spins[other + slice] | 1);
        }
      }
    }
  }
}

/** ln(u) for evenly spaced u, in random order. */
function logarithms(count: number, random: RandomStream): Float64Array {
  const values = Float64Array.from({ length: count }, (_, index) => log((index + 0.5) / count));
  shuffle(values, random);
  return values;
}

/** Thresholds end as they begin, so that a block can start anywhere. */
function fillThresholds(
  thresholds: Int16Array | Int32Array,
  logarithmsOf: Float64Array,
  factor: number,
  least: number,
): void {
  const count = logarithmsOf.length;
  for (let index = 0; index < thresholds.length; index += 1) {
    thresholds[index] = Math.max(least, Math.trunc(factor * logarithmsOf[index % count]));
  }
}

/**
 * Which variables are set free together. Connected regions grow breadth first from a seed, over
 * products and over groups, so that what depends on each other is decided at once; regions by
 * impact take those whose change costs least, wherever they are. Whoever is in a one-hot group
 * comes with the whole group: alone it could not change.
 */
import { type RandomStream, shuffle } from "#foundation";
import { SHAPE, VARTYPE } from "#problem";
import type { QuadraticLayout } from "../quadratic-layout.ts";

/** Rows longer than this connect nothing: everything would be next to everything. */
const ROW_LENGTH_MAX = 64;

/** Chooses regions of up to `sizeMax` variables, or one group, until a pass has freed them all. */
export class Regions {
  readonly #layout: QuadraticLayout;
  readonly #sizeMax: number;
  readonly #random: RandomStream;
  /** Variables in the order in which they are seeds, and how far that has gone. */
  readonly #seeds: Int32Array;
  #next = 0;
  #pass = 0;
  /** The pass, and the region, in which a variable was last free. */
  readonly #passOf: Int32Array;
  readonly #regionOf: Int32Array;
  #region = 0;

  constructor(layout: QuadraticLayout, sizeMax: number, random: RandomStream) {
    this.#layout = layout;
    this.#sizeMax = sizeMax;
    this.#random = random;
    this.#seeds = layout.free.slice();
    this.#passOf = new Int32Array(layout.variableCount).fill(-1);
    this.#regionOf = new Int32Array(layout.variableCount).fill(-1);
    shuffle(this.#seeds, random);
  }

  /** Whether every variable has been free in this pass. */
  get isPassOver(): boolean {
    while (this.#next < this.#seeds.length && this.#isDone(this.#seeds[this.#next]))
      this.#next += 1;
    return this.#next === this.#seeds.length;
  }

  /** Begins a pass of connected regions in random order. */
  beginConnected(): void {
    shuffle(this.#seeds, this.#random);
    this.#begin();
  }

  /** Begins a pass that goes from what changes most easily to what is held fastest. */
  beginByImpact(values: Int32Array): void {
    const cost = new Float64Array(this.#layout.variableCount);
    for (const variable of this.#seeds) cost[variable] = this.#costOfChange(variable, values);
    this.#seeds.sort((one, other) => cost[one] - cost[other] || one - other);
    this.#begin();
  }

  /** The next region of a pass of connected ones, grown from a variable that was not yet free. */
  nextConnected(): readonly number[] {
    const region = this.#open();
    const { starts, neighbours, touches } = this.#layout;
    for (let at = 0; at < region.length; at += 1) {
      const variable = region[at];
      for (let entry = starts[variable]; entry < starts[variable + 1]; entry += 1) {
        if (region.length >= this.#sizeMax) return region;
        this.#admit(region, neighbours[entry]);
      }
      for (let touch = touches.starts[variable]; touch < touches.starts[variable + 1]; touch += 1) {
        for (const member of this.#shortRow(touches.rows[touch])) {
          if (region.length >= this.#sizeMax) return region;
          this.#admit(region, member);
        }
      }
    }
    return region;
  }

  /** The next region of a pass by impact. */
  nextByImpact(): readonly number[] {
    const region = this.#open();
    while (region.length < this.#sizeMax && !this.isPassOver) {
      if (!this.#admit(region, this.#seeds[this.#next])) break;
    }
    return region;
  }

  #begin(): void {
    this.#next = 0;
    this.#pass += 1;
  }

  #isDone(variable: number): boolean {
    return this.#passOf[variable] === this.#pass;
  }

  /** With the next seed in it, and what that brings. */
  #open(): number[] {
    this.#region += 1;
    const region: number[] = [];
    if (!this.isPassOver) this.#admit(region, this.#seeds[this.#next]);
    return region;
  }

  /** Adds a variable, and the whole of every one-hot group it is in; false if there is no room. */
  #admit(region: number[], variable: number): boolean {
    const { lower, upper } = this.#layout;
    if (this.#regionOf[variable] === this.#region || lower[variable] >= upper[variable])
      return true;
    if (region.length > 0 && region.length + this.#companyOf(variable) > this.#sizeMax) {
      return false;
    }
    this.#free(region, variable);
    const { touches, problem } = this.#layout;
    const { shapes, starts, columns } = problem.constraints;
    for (let touch = touches.starts[variable]; touch < touches.starts[variable + 1]; touch += 1) {
      const row = touches.rows[touch];
      if (shapes[row] !== SHAPE.oneHot) continue;
      for (let entry = starts[row]; entry < starts[row + 1]; entry += 1) {
        this.#free(region, columns[entry]);
      }
    }
    return true;
  }

  /** How many come with a variable, itself and what stands twice counted as often. */
  #companyOf(variable: number): number {
    const { touches, problem } = this.#layout;
    const { shapes, starts } = problem.constraints;
    let count = 1;
    for (let touch = touches.starts[variable]; touch < touches.starts[variable + 1]; touch += 1) {
      const row = touches.rows[touch];
      if (shapes[row] === SHAPE.oneHot) count += starts[row + 1] - starts[row];
    }
    return count;
  }

  #free(region: number[], variable: number): void {
    const { lower, upper } = this.#layout;
    if (this.#regionOf[variable] === this.#region || lower[variable] >= upper[variable]) return;
    this.#regionOf[variable] = this.#region;
    this.#passOf[variable] = this.#pass;
    region.push(variable);
  }

  #shortRow(row: number): Int32Array {
    const { starts, columns } = this.#layout.problem.constraints;
    const length = starts[row + 1] - starts[row];
    return columns.subarray(starts[row], length > ROW_LENGTH_MAX ? starts[row] : starts[row + 1]);
  }

  /** By how much the objective worsens with the best change of a variable alone, rows apart. */
  #costOfChange(variable: number, values: Int32Array): number {
    const { linear, squares, starts, neighbours, biases, lower, upper, problem } = this.#layout;
    let field = linear[variable];
    for (let entry = starts[variable]; entry < starts[variable + 1]; entry += 1) {
      field += biases[entry] * values[neighbours[entry]];
    }
    const value = values[variable];
    const size = problem.vartypes[variable] === VARTYPE.spin ? 2 : 1;
    const costOf = (step: number) =>
      value + step < lower[variable] || value + step > upper[variable]
        ? Number.POSITIVE_INFINITY
        : step * field + squares[variable] * step * (2 * value + step);
    return Math.min(costOf(size), costOf(-size));
  }
}

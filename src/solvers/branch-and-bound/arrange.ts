/**
 * The best order of items already chosen, by depth-first search over positions. Where neither pins
 * nor spacing object, that is descending value and the first descent proves it; otherwise the same
 * sum over the rest bounds what is left.
 */
import type { SelectionState } from "#problem";
import type { SearchRun } from "../search-run.ts";

/** Orders sets of items of one layout. */
export class Arrangement {
  /** The best order found by the last `improve`, by rank. */
  readonly order: Int32Array;
  private readonly state: SelectionState;
  private readonly run: SearchRun;
  private readonly items: Int32Array;
  private readonly used: Uint8Array;
  private readonly path: Int32Array;
  /** Position a hard pin holds each rank at, or -1; and the rank held at each position, or -1. */
  private readonly pinnedAt: Int32Array;
  private readonly pinnedRank: Int32Array;
  /** What soft pins from each position on can still pay. */
  private readonly pinHope: Float64Array;
  private length = 0;
  private best = 0;

  constructor(state: SelectionState, run: SearchRun) {
    const { layout } = state;
    const { pins, lengthMax, itemCount } = layout;
    this.state = state;
    this.run = run;
    this.order = new Int32Array(lengthMax);
    this.items = new Int32Array(lengthMax);
    this.used = new Uint8Array(lengthMax);
    this.path = new Int32Array(lengthMax);
    this.pinnedAt = new Int32Array(itemCount).fill(-1);
    this.pinnedRank = new Int32Array(lengthMax).fill(-1);
    this.pinHope = new Float64Array(lengthMax + 1);
    for (let position = lengthMax - 1; position >= 0; position -= 1) {
      this.pinHope[position] = this.pinHope[position + 1];
      for (let pin = pins.offsets[position]; pin < pins.offsets[position + 1]; pin += 1) {
        this.pinHope[position] += pins.penalty[pin];
        if (pins.hard[pin] === 0) continue;
        this.pinnedAt[pins.ranks[pin]] = position;
        this.pinnedRank[position] = pins.ranks[pin];
      }
    }
  }

  /**
   * Looks for an order of `ranks` worth more than `floor`: values less soft penalties for pins and
   * spacing, hard ones kept. Returns the best worth, or `floor` if there is none; gives up early
   * when the run has to end.
   */
  improve(ranks: Int32Array, floor: number): number {
    const { values, pins } = this.state.layout;
    this.length = ranks.length;
    this.items.set(ranks);
    this.items.subarray(0, this.length).sort((a, b) => values[b] - values[a] || a - b);
    this.used.fill(0);
    this.best = floor;
    this.place(0, -pins.softTotal);
    return this.best;
  }

  private place(position: number, merit: number): void {
    const { items, used, path, length, run } = this;
    if (run.spend(1) || merit + this.hope(position) <= this.best) return;
    if (position === length) {
      this.best = merit;
      this.order.set(path.subarray(0, length));
      return;
    }
    for (let index = 0; index < length && !run.stopped; index += 1) {
      if (used[index] === 1 || !this.fits(items[index], position)) continue;
      const gain = this.gain(items[index], position);
      if (gain === Number.NEGATIVE_INFINITY) continue;
      used[index] = 1;
      path[position] = items[index];
      this.place(position + 1, merit + gain);
      used[index] = 0;
    }
  }

  private fits(rank: number, position: number): boolean {
    const held = this.pinnedRank[position];
    return held >= 0 ? held === rank : this.pinnedAt[rank] < 0 || this.pinnedAt[rank] === position;
  }

  /** What `rank` adds at `position` after the path so far; -Infinity where it may not stand. */
  private gain(rank: number, position: number): number {
    const { layout } = this.state;
    const { pins, spacing, problem, values } = layout;
    let gain = problem.positionWeights[position] * values[rank];
    for (let pin = pins.offsets[position]; pin < pins.offsets[position + 1]; pin += 1) {
      if (pins.ranks[pin] === rank) gain += pins.penalty[pin];
    }
    if (position === 0 || spacing === undefined) return gain;
    if (!this.state.clash(this.path[position - 1], rank)) return gain;
    return spacing.hard ? Number.NEGATIVE_INFINITY : gain - spacing.penalty;
  }

  /**
   * The most that the positions from here on can add: the rest by descending value, all soft pins
   * paying.
   */
  private hope(position: number): number {
    const { values, problem } = this.state.layout;
    let hope = this.pinHope[position] - this.pinHope[this.length];
    let at = position;
    for (let index = 0; index < this.length; index += 1) {
      if (this.used[index] === 1) continue;
      hope += problem.positionWeights[at] * values[this.items[index]];
      at += 1;
    }
    return hope;
  }
}

/**
 * An upper bound for the quadratic knapsack: the profit of each pair is split between its two
 * items; then every item chooses its own best companions under what capacity it leaves, and a
 * linear knapsack chooses among the items so valued. Any split gives a bound; subgradient steps
 * look for the split that gives the least (A. Caprara, D. Pisinger and P. Toth, "Exact solution of
 * the quadratic knapsack problem", INFORMS Journal on Computing 11 (1999)).
 */
import { type Fill, fillContinuously, newFill } from "./continuous-fill.ts";
import { Exclusion } from "./exclusion.ts";
import type { QuadraticKnapsack } from "./instance.ts";
import type { Node } from "./node.ts";
import type { PackingBound } from "./packing-bound.ts";

/** The bound under a capacity; the split is kept, for neighbouring nodes differ little. */
export class SplitBound implements PackingBound {
  readonly nodeSteps = 3;
  readonly walkPerEntry = 15;
  readonly values: Float64Array;
  readonly packedBound: Float64Array;
  readonly droppedBound: Float64Array;
  private readonly problem: QuadraticKnapsack;
  /** Share of the row's item in the profit of each pair; with its mirror it adds up to the pair. */
  private readonly shares: Float64Array;
  /** How far each item (row) takes each companion, and how far the items themselves are taken. */
  private readonly companions: Float64Array;
  private readonly taken: Float64Array;
  private readonly fill: Fill;
  private readonly exclusion: Exclusion;

  constructor(problem: QuadraticKnapsack) {
    const { size, profits } = problem;
    this.problem = problem;
    this.values = new Float64Array(size);
    this.shares = profits.map((profit) => profit / 2);
    this.companions = new Float64Array(size * size);
    this.taken = new Float64Array(size);
    this.fill = newFill(size);
    this.exclusion = new Exclusion(problem);
    this.packedBound = this.exclusion.packedBound;
    this.droppedBound = this.exclusion.droppedBound;
  }

  evaluate(node: Node): number {
    const { free, freeCount, room, gains } = node;
    const { weights } = this.problem;
    for (let at = 0; at < freeCount; at += 1) {
      const item = free[at];
      const left = room - weights[item];
      this.values[item] =
        left < 0 ? Number.NEGATIVE_INFINITY : gains[item] + this.chooseCompanions(node, item, left);
    }
    const { fill, values, taken } = this;
    fill.count = 0;
    for (let at = 0; at < freeCount; at += 1) {
      const item = free[at];
      taken[item] = 0;
      if (values[item] > 0) this.offer(item, values[item]);
    }
    return node.profit + this.settle(room, values, 0, taken);
  }

  boundSides(node: Node): void {
    this.exclusion.evaluate(node, this.values);
  }

  step(node: Node, bound: number, aim: number, scale: number): void {
    const { free, freeCount } = node;
    const { companions, taken, shares } = this;
    const { size, profits } = this.problem;
    const norm = this.disagreement(node);
    if (norm === 0) return;
    const length = (scale * (bound - aim)) / norm;
    for (let at = 1; at < freeCount; at += 1) {
      const item = free[at];
      const row = item * size;
      for (let before = 0; before < at; before += 1) {
        const other = free[before];
        const mirror = other * size + item;
        const slope = taken[item] * companions[row + other] - taken[other] * companions[mirror];
        if (slope === 0) continue;
        const share = shares[row + other] - length * slope;
        shares[row + other] = share;
        shares[mirror] = profits[mirror] - share;
      }
    }
  }

  /** Squared length of the subgradient: how far items and companions contradict each other. */
  private disagreement(node: Node): number {
    const { free, freeCount } = node;
    const { companions, taken } = this;
    const { size } = this.problem;
    let norm = 0;
    for (let at = 1; at < freeCount; at += 1) {
      const item = free[at];
      const row = item * size;
      for (let before = 0; before < at; before += 1) {
        const other = free[before];
        const slope =
          taken[item] * companions[row + other] - taken[other] * companions[other * size + item];
        norm += slope * slope;
      }
    }
    return norm;
  }

  private chooseCompanions(node: Node, item: number, room: number): number {
    const { free, freeCount } = node;
    const { shares, companions, fill } = this;
    const { size } = this.problem;
    const row = item * size;
    fill.count = 0;
    for (let at = 0; at < freeCount; at += 1) {
      const other = free[at];
      companions[row + other] = 0;
      const share = shares[row + other];
      if (other !== item && share > 0) this.offer(other, share);
    }
    return this.settle(room, shares, row, companions);
  }

  private offer(item: number, value: number): void {
    const { fill } = this;
    const weight = this.problem.weights[item];
    const density = weight > 0 ? value / weight : Number.MAX_VALUE;
    fill.densities[fill.count] = density;
    fill.items[fill.count] = item;
    fill.count += 1;
  }

  /** Fills `room`, notes how far each item is taken, and returns the value. */
  private settle(room: number, values: Float64Array, offset: number, taken: Float64Array): number {
    const { fill } = this;
    const { weights } = this.problem;
    fillContinuously(fill, weights, room);
    let value = 0;
    for (let at = 0; at < fill.full; at += 1) {
      const item = fill.items[at];
      taken[offset + item] = 1;
      value += values[offset + item];
    }
    if (fill.full < fill.count && fill.room > 0) {
      const item = fill.items[fill.full];
      const part = fill.room / weights[item];
      taken[offset + item] = part;
      value += part * values[offset + item];
    }
    return value;
  }
}

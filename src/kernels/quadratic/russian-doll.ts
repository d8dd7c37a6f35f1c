/**
 * Depth-first branch and bound by nested sub-problems (Russian dolls: G. Verfaillie, M. Lemaitre,
 * T. Schiex, AAAI 1996). The variables are put in a row; the problem of the last one alone is
 * solved, then of the last two, and so on. What the last few are worth at best by themselves, plus
 * what each can at best make of its products with those already set, bounds every search over them.
 */
import { leastOfTerms, type QuadraticInstance, type QuadraticWatch } from "./instance.ts";
import { permuted, strongestFirst } from "./permuted.ts";
import { RowIntervals } from "./row-intervals.ts";

/** Nodes between two reports of work. */
const NODES_PER_REPORT = 32;

/** How a search ended: `bound` holds for every sample; infinite when there is none. */
export interface DollResult {
  readonly isComplete: boolean;
  readonly bound: number;
}

/** Finds the best sample, reporting each better one to `watch`; `upTo` is known to be reached. */
export function russianDoll(
  instance: QuadraticInstance,
  watch: QuadraticWatch,
  upTo = Infinity,
): DollResult {
  const order = strongestFirst(instance);
  const place = (values: Int32Array) => {
    const original = new Int32Array(values.length);
    for (const [rank, variable] of order.entries()) original[variable] = values[rank];
    return original;
  };
  const judge = (values: Int32Array) => watch.judge(place(values));
  const ordered = permuted(instance, order);
  const search = new DollSearch(ordered, { judge, spend: watch.spend }, upTo);
  const result = search.run();
  watch.spend((search.nodeCount % NODES_PER_REPORT) * instance.size);
  return result;
}

class DollSearch {
  nodeCount = 0;
  readonly #instance: QuadraticInstance;
  readonly #watch: QuadraticWatch;
  readonly #rows: RowIntervals;
  readonly #values: Int32Array;
  /** Best of the variables from each depth on, by themselves; the objective's terms alone. */
  readonly #dolls: Float64Array;
  /** Row d: for each later variable, the sum of its products with the variables set before d. */
  readonly #fields: Float64Array;
  readonly #highest: Int32Array;
  /** Bounds of the values of each depth's variable, and of the best of those yet untried. */
  readonly #childBounds: Float64Array[];
  readonly #open: Float64Array;
  /** Objective of the variables set, by depth. */
  readonly #sums: Float64Array;
  #stage: number;
  /** What the caller knows to be reached, or a judged sample. */
  #incumbent: number;
  #best = Infinity;
  /** The best values found in the stage, from the stage's variable on. */
  readonly #bestValues: Int32Array;
  #isStopped = false;

  constructor(instance: QuadraticInstance, watch: QuadraticWatch, upTo: number) {
    const { size, lower, step, counts } = instance;
    this.#instance = instance;
    this.#watch = watch;
    this.#rows = new RowIntervals(instance);
    this.#values = Int32Array.from(lower);
    this.#dolls = new Float64Array(size + 1);
    this.#fields = new Float64Array((size + 1) * size);
    this.#highest = lower.map((least, i) => least + step[i] * (counts[i] - 1));
    this.#childBounds = Array.from(counts, (count) => new Float64Array(count));
    this.#open = new Float64Array(size).fill(Infinity);
    this.#sums = new Float64Array(size + 1);
    this.#stage = size;
    this.#incumbent = upTo;
    this.#bestValues = Int32Array.from(lower);
  }

  run(): DollResult {
    const { size, margin } = this.#instance;
    if (this.#rows.isBroken()) return { isComplete: true, bound: Infinity };
    for (this.#stage = size - 1; this.#stage > 0; this.#stage -= 1) {
      this.#best = Infinity;
      this.#descend(this.#stage);
      if (this.#isStopped) return { isComplete: false, bound: this.#boundOfStage() };
      if (this.#best === Infinity) return { isComplete: true, bound: Infinity };
      this.#dolls[this.#stage] = this.#best - margin;
      this.#complete();
    }
    this.#stage = 0;
    this.#best = this.#incumbent;
    this.#descend(0);
    if (!this.#isStopped) return { isComplete: true, bound: this.#best };
    return { isComplete: false, bound: Math.min(this.#best, ...this.#open) };
  }

  /** Tries the values of the variable at `depth`, the most promising first. */
  #descend(depth: number): void {
    const { size, margin, counts } = this.#instance;
    if (depth === size) {
      this.#leaf();
      return;
    }
    this.nodeCount += 1;
    if (this.nodeCount % NODES_PER_REPORT === 0) {
      this.#isStopped ||= this.#watch.spend(NODES_PER_REPORT * size);
    }
    const bounds = this.#childBounds[depth];
    for (let digit = 0; digit < counts[depth]; digit += 1) {
      bounds[digit] = this.#boundOf(depth, digit);
    }
    for (let tried = 0; tried < counts[depth]; tried += 1) {
      let digit = 0;
      for (let other = 1; other < counts[depth]; other += 1) {
        if (bounds[other] < bounds[digit]) digit = other;
      }
      const bound = bounds[digit];
      if (bound >= this.#best - margin) break;
      bounds[digit] = Infinity;
      this.#enter(depth, digit);
      if (this.#isStopped) {
        this.#open[depth] = Math.min(bound, ...bounds);
        return;
      }
    }
  }

  /** A bound on everything below, once the variable at `depth` has taken its value of `digit`. */
  #boundOf(depth: number, digit: number): number {
    const { size, lower, step, linear, square, biases } = this.#instance;
    const value = lower[depth] + step[depth] * digit;
    const base = depth * size;
    const field = this.#fields[base + depth];
    let bound = this.#sums[depth] + value * (linear[depth] + field + square[depth] * value);
    bound += this.#dolls[depth + 1];
    for (let later = depth + 1; later < size; later += 1) {
      const slope = this.#fields[base + later] + biases[base + later] * value;
      bound += slope * (slope < 0 ? this.#highest[later] : lower[later]);
    }
    return this.#stage === 0 ? bound + this.#rows.softCost : bound;
  }

  #enter(depth: number, digit: number): void {
    const { size, lower, step, linear, square, biases, margin } = this.#instance;
    const value = lower[depth] + step[depth] * digit;
    const mark = this.#rows.set(depth, value);
    const isHopeless =
      this.#rows.isBroken() ||
      (this.#stage === 0 && this.#boundOf(depth, digit) >= this.#best - margin);
    if (!isHopeless) {
      this.#values[depth] = value;
      const base = depth * size;
      const field = this.#fields[base + depth];
      this.#sums[depth + 1] =
        this.#sums[depth] + value * (linear[depth] + field + square[depth] * value);
      for (let later = depth + 1; later < size; later += 1) {
        this.#fields[base + size + later] =
          this.#fields[base + later] + biases[base + later] * value;
      }
      this.#descend(depth + 1);
    }
    this.#rows.restore(mark);
  }

  #leaf(): void {
    const { size, margin } = this.#instance;
    const found = this.#sums[size];
    if (this.#stage > 0) {
      if (found >= this.#best) return;
      this.#best = found;
      this.#bestValues.set(this.#values.subarray(this.#stage), this.#stage);
      return;
    }
    if (found + this.#rows.softCost >= this.#best - margin) return;
    this.#best = Math.min(this.#best, this.#watch.judge(this.#values.slice()) ?? this.#best);
  }

  /** Sets the variables before the stage so as to fit its best ones, and has the sample judged. */
  #complete(): void {
    const { size, lower, step, counts, linear, square, biases } = this.#instance;
    const values = this.#bestValues;
    for (let variable = this.#stage - 1; variable >= 0; variable -= 1) {
      let field = linear[variable];
      for (let later = variable + 1; later < size; later += 1) {
        field += biases[variable * size + later] * values[later];
      }
      let least = Infinity;
      for (let digit = 0; digit < counts[variable]; digit += 1) {
        const value = lower[variable] + step[variable] * digit;
        const worth = value * (field + square[variable] * value);
        if (worth >= least) continue;
        least = worth;
        values[variable] = value;
      }
    }
    const judged = this.#watch.judge(values.slice()) ?? Infinity;
    this.#incumbent = Math.min(this.#incumbent, judged);
  }

  /** What the last finished stage and the terms of the variables before it allow. */
  #boundOfStage(): number {
    return this.#dolls[this.#stage + 1] + leastOfTerms(this.#instance, this.#stage + 1);
  }
}

/**
 * What minimisers of functions of a few real numbers are given, and what they return.
 */

/** How long to go on. */
export interface MinimiseLimits {
  /** Values, or values with gradients, computed at most; from 1. */
  readonly evaluationsMax: number;
  /** Asked before each; nothing is computed once it says so. */
  readonly isStopped?: (() => boolean) | undefined;
}

/** The least value seen, and where. */
export interface Minimum {
  readonly point: Float64Array;
  readonly value: number;
  readonly evaluations: number;
}

/** Counts evaluations and keeps the best of them. */
export class Evaluations {
  #best: { readonly point: Float64Array; readonly value: number } | undefined;
  #count = 0;
  readonly #limits: MinimiseLimits;

  constructor(limits: MinimiseLimits) {
    this.#limits = limits;
  }

  /** Whether another may be made; the first always. */
  get mayGoOn(): boolean {
    if (this.#count === 0) return true;
    return this.#count < this.#limits.evaluationsMax && this.#limits.isStopped?.() !== true;
  }

  /** Takes down what a point is worth, and returns it; what is no number is worth nothing. */
  take(point: Float64Array, value: number): number {
    this.#count += 1;
    const worth = Number.isNaN(value) ? Number.POSITIVE_INFINITY : value;
    if (this.#best === undefined || worth < this.#best.value) {
      this.#best = { point: point.slice(), value: worth };
    }
    return worth;
  }

  /** The best of all; of none, the worst there is at `start`. */
  minimum(start: Float64Array): Minimum {
    const { point, value } = this.#best ?? { point: start, value: Number.POSITIVE_INFINITY };
    return { point, value, evaluations: this.#count };
  }
}

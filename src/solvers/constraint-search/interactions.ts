/**
 * What two variables together add to the objective, looked up: in a square table while that is
 * small, by bisection of the one's neighbours otherwise.
 */
import type { QuadraticLayout } from "../quadratic-layout.ts";

/** Variables up to which there is a table: 8 MiB of it. */
const TABLE_MAX = 1024;

/** Biases of pairs. */
export class Interactions {
  readonly #layout: QuadraticLayout;
  readonly #table: Float64Array | undefined;
  readonly #isEmpty: boolean;

  constructor(layout: QuadraticLayout) {
    const { variableCount: count, starts, neighbours, biases } = layout;
    this.#layout = layout;
    this.#isEmpty = neighbours.length === 0;
    if (this.#isEmpty || count > TABLE_MAX) return;
    this.#table = new Float64Array(count * count);
    for (let variable = 0; variable < count; variable += 1) {
      for (let entry = starts[variable]; entry < starts[variable + 1]; entry += 1) {
        this.#table[variable * count + neighbours[entry]] = biases[entry];
      }
    }
  }

  /** Of two different variables. */
  between(a: number, b: number): number {
    if (this.#isEmpty) return 0;
    if (this.#table !== undefined) return this.#table[a * this.#layout.variableCount + b];
    const { starts, neighbours, biases } = this.#layout;
    const end = starts[a + 1];
    let low = starts[a];
    let high = end;
    while (low < high) {
      const middle = (low + high) >> 1;
      if (neighbours[middle] < b) low = middle + 1;
      else high = middle;
    }
    return low < end && neighbours[low] === b ? biases[low] : 0;
  }
}

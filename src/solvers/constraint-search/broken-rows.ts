/**
 * Which hard rows are broken: counted, and drawn from, in constant time.
 */
import type { ConstraintRows } from "#problem";
import { distance, type QuadraticLayout } from "../quadratic-layout.ts";

/** Of the largest number in a row that is not all integers, what its sum may be off by. */
const ROUNDING = 1e-11;

/** A set of rows. */
export class BrokenRows {
  count = 0;
  readonly #rows: Int32Array;
  /** Where each row stands in `#rows`; -1 if it holds. */
  readonly #places: Int32Array;
  readonly #comparisons: Uint8Array;
  readonly #slack: Float64Array;

  constructor({ problem: { constraints: rows }, isIntegral }: QuadraticLayout) {
    this.#rows = new Int32Array(rows.count);
    this.#places = new Int32Array(rows.count).fill(-1);
    this.#comparisons = rows.comparisons;
    this.#slack = isIntegral ? new Float64Array(rows.count) : slackOf(rows);
  }

  /** Row number `index` of the broken ones, in no particular order. */
  at(index: number): number {
    return this.#rows[index];
  }

  /** Whether a row holds at this excess, up to rounding. */
  holdsAt(row: number, excess: number): boolean {
    return distance(this.#comparisons[row], excess) <= this.#slack[row];
  }

  /** Notes a row's excess. */
  note(row: number, excess: number): void {
    const place = this.#places[row];
    if (this.holdsAt(row, excess)) {
      if (place < 0) return;
      this.count -= 1;
      const last = this.#rows[this.count];
      this.#rows[place] = last;
      this.#places[last] = place;
      this.#places[row] = -1;
    } else if (place < 0) {
      this.#rows[this.count] = row;
      this.#places[row] = this.count;
      this.count += 1;
    }
  }
}

function slackOf(rows: ConstraintRows): Float64Array {
  return rows.rightSides.map((rightSide, row) => {
    let scale = Math.abs(rightSide);
    for (let entry = rows.starts[row]; entry < rows.starts[row + 1]; entry += 1) {
      scale = Math.max(scale, Math.abs(rows.biases[entry]));
    }
    for (let entry = rows.pairStarts[row]; entry < rows.pairStarts[row + 1]; entry += 1) {
      scale = Math.max(scale, Math.abs(rows.pairBiases[entry]));
    }
    return ROUNDING * scale;
  });
}

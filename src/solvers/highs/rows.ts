/** The rows of a programme under construction: one after the other, sparse, with both sides. */
import type { ModelData } from "highs";

/** Collects rows. */
export class ProgrammeRows {
  readonly #starts: number[] = [0];
  readonly #columns: number[] = [];
  readonly #biases: number[] = [];
  readonly #lower: number[] = [];
  readonly #upper: number[] = [];

  /** Adds lower <= sum of biases <= upper. */
  add(biases: ReadonlyMap<number, number>, lower: number, upper: number): void {
    for (const [column, bias] of biases) {
      if (bias === 0) continue;
      this.#columns.push(column);
      this.#biases.push(bias);
    }
    this.#starts.push(this.#columns.length);
    this.#lower.push(lower);
    this.#upper.push(upper);
  }

  /** The rows as HiGHS takes them. */
  matrix(columnCount: number): Pick<ModelData, "numRows" | "rowLower" | "rowUpper" | "matrix"> {
    const numRows = this.#lower.length;
    return {
      numRows,
      rowLower: this.#lower,
      rowUpper: this.#upper,
      matrix: {
        format: "csr",
        numRows,
        numCols: columnCount,
        starts: this.#starts,
        indices: this.#columns,
        values: this.#biases,
      },
    };
  }
}

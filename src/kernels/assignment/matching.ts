/** The assignment under construction, as the phases of the method hand it on. */

/** A cost matrix with at least as many columns as rows, who has whom (-1: nobody), and prices. */
export interface Matching {
  readonly costs: Float64Array;
  readonly rows: number;
  readonly columns: number;
  readonly columnOf: Int32Array;
  readonly rowOf: Int32Array;
  readonly columnPrice: Float64Array;
}

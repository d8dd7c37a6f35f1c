/** What each variable of an instance touches, sparse: other variables, and rows. */
import type { QuadraticInstance, QuadraticRow } from "./instance.ts";

/** One variable in one row. */
export interface RowIncidence {
  readonly row: number;
  readonly bias: number;
  /** The variables it is multiplied with in this row, with the biases of the products. */
  readonly others: Int32Array;
  readonly pairBiases: Float64Array;
  readonly squareBias: number;
}

/** Everything one variable touches. */
export interface Incidence {
  readonly neighbours: Int32Array;
  readonly biases: Float64Array;
  readonly rows: readonly RowIncidence[];
  /** Terms looked at when the variable changes. */
  readonly size: number;
}

/** One entry per variable. */
export function incidences(instance: QuadraticInstance): readonly Incidence[] {
  const { size, biases } = instance;
  return Array.from({ length: size }, (_, variable) => {
    const field = biases.subarray(variable * size, (variable + 1) * size);
    const neighbours = Int32Array.from([...field.keys()].filter((other) => field[other] !== 0));
    const rows = instance.rows.flatMap((row, index) => rowIncidence(row, index, variable) ?? []);
    const rowTerms = rows.reduce((sum, { others }) => sum + 2 + others.length, 0);
    return {
      neighbours,
      biases: Float64Array.from(neighbours, (other) => field[other]),
      rows,
      size: neighbours.length + rowTerms,
    };
  });
}

function rowIncidence(
  row: QuadraticRow,
  index: number,
  variable: number,
): RowIncidence | undefined {
  const entry = row.columns.indexOf(variable);
  let squareBias = 0;
  const others: number[] = [];
  const pairBiases: number[] = [];
  for (const [k, first] of row.firsts.entries()) {
    const second = row.seconds[k];
    if (first !== variable && second !== variable) continue;
    if (first === second) squareBias += row.pairBiases[k];
    else {
      others.push(first === variable ? second : first);
      pairBiases.push(row.pairBiases[k]);
    }
  }
  if (entry < 0 && others.length === 0 && squareBias === 0) return undefined;
  return {
    row: index,
    bias: entry < 0 ? 0 : row.biases[entry],
    others: Int32Array.from(others),
    pairBiases: Float64Array.from(pairBiases),
    squareBias,
  };
}

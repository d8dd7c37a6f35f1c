/**
 * Features weighed by how much they tell: often in this text, seldom in others (G. Salton,
 * C. Buckley, Information Processing & Management 24, 1988), and each text of length 1.
 */
import { log } from "#kernels";
import type { SparseRow } from "./text-features.ts";

/** Weight of each place, from the texts a classifier learns from. */
export function rarityOf(rows: readonly SparseRow[], dimension: number): Float32Array {
  const occurrences = new Float64Array(dimension);
  for (const { places } of rows) for (const place of places) occurrences[place] += 1;
  return Float32Array.from(occurrences, (count) =>
    count === 0 ? 0 : log(1 + rows.length / (1 + count)),
  );
}

/** The row weighed, of length 1; without places where nothing in it was seen before. */
export function weighed(row: SparseRow, rarity: Float32Array): SparseRow {
  const known = Array.from(row.places.keys()).filter((at) => rarity[row.places[at]] > 0);
  const values = Float64Array.from(known, (at) => {
    const count = row.values[at];
    return (count > 1 ? 1 + log(count) : count) * rarity[row.places[at]];
  });
  const length = Math.sqrt(values.reduce((sum, value) => sum + value * value, 0));
  return {
    places: Int32Array.from(known, (at) => row.places[at]),
    values: values.map((value) => value / length),
  };
}

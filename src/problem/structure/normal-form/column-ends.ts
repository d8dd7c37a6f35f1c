/** The rows of every column, as far as the first two. */
import type { ColumnEnds, NormalRows } from "./normal-form.ts";

/** Goes through the rows once. */
export function columnEnds(rows: NormalRows, columnCount: number): ColumnEnds {
  const counts = new Int32Array(columnCount);
  const firstRows = new Int32Array(columnCount).fill(-1);
  const secondRows = new Int32Array(columnCount).fill(-1);
  const firstBiases = new Float64Array(columnCount);
  const secondBiases = new Float64Array(columnCount);
  for (let row = 0; row < rows.count; row += 1) {
    for (let entry = rows.starts[row]; entry < rows.starts[row + 1]; entry += 1) {
      const column = rows.columns[entry];
      const isFirst = counts[column] === 0;
      if (isFirst) {
        firstRows[column] = row;
        firstBiases[column] = rows.biases[entry];
      } else if (counts[column] === 1) {
        secondRows[column] = row;
        secondBiases[column] = rows.biases[entry];
      }
      counts[column] += 1;
    }
  }
  return { counts, firstRows, secondRows, firstBiases, secondBiases };
}

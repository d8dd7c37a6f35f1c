/** An instance with its variables in another order. */
import type { QuadraticInstance, QuadraticRow } from "./instance.ts";

/** Variables by falling weight of their products; a row counts as much as the strongest one. */
export function strongestFirst(instance: QuadraticInstance): Int32Array {
  const { size, biases } = instance;
  const weights = new Float64Array(size);
  let strongest = 0;
  for (let entry = 0; entry < biases.length; entry += 1) {
    const weight = Math.abs(biases[entry]);
    weights[Math.floor(entry / size)] += weight;
    strongest = Math.max(strongest, weight);
  }
  for (const { columns, firsts, seconds } of instance.rows) {
    for (const list of [columns, firsts, seconds]) {
      for (const variable of list) weights[variable] += strongest;
    }
  }
  return Int32Array.from(weights.keys()).sort((a, b) => weights[b] - weights[a]);
}

/** The instance whose variable r is variable `order[r]` of this one. */
export function permuted(instance: QuadraticInstance, order: Int32Array): QuadraticInstance {
  const { size } = instance;
  const ranks = new Int32Array(size);
  for (const [rank, variable] of order.entries()) ranks[variable] = rank;
  const biases = new Float64Array(size * size);
  for (let i = 0; i < size; i += 1) {
    for (let j = 0; j < size; j += 1)
      biases[i * size + j] = instance.biases[order[i] * size + order[j]];
  }
  return {
    ...instance,
    lower: order.map((variable) => instance.lower[variable]),
    step: order.map((variable) => instance.step[variable]),
    counts: order.map((variable) => instance.counts[variable]),
    linear: Float64Array.from(order, (variable) => instance.linear[variable]),
    square: Float64Array.from(order, (variable) => instance.square[variable]),
    biases,
    rows: instance.rows.map((row) => permutedRow(row, ranks)),
  };
}

function permutedRow(row: QuadraticRow, ranks: Int32Array): QuadraticRow {
  const moved = (columns: Int32Array) => columns.map((column) => ranks[column]);
  return {
    ...row,
    columns: moved(row.columns),
    firsts: moved(row.firsts),
    seconds: moved(row.seconds),
  };
}

/**
 * Rows of the similarity matrix, for those who need an item against all others but never the whole
 * matrix.
 */
import type { Similarity } from "#problem";

const rowsOf = new WeakMap<Similarity, Map<number, Float64Array>>();

/**
 * The similarity of `item` to each of `itemCount` items; 0 for the item itself. Kept with the
 * similarity: the rule and the explanation ask for nearly the same rows.
 */
export function similarityRow(
  similarity: Similarity,
  item: number,
  itemCount: number,
): Float64Array {
  let rows = rowsOf.get(similarity);
  if (rows === undefined) {
    rows = new Map();
    rowsOf.set(similarity, rows);
  }
  let row = rows.get(item);
  if (row === undefined) {
    row = new Float64Array(itemCount);
    fillRow(similarity, item, row);
    rows.set(item, row);
  }
  return row;
}

function fillRow(similarity: Similarity, item: number, into: Float64Array): void {
  const { dimension, offsets, others, values } = similarity;
  let other = 0;
  for (; other + 3 < into.length; other += 4) fillFour(similarity, item, other, into);
  for (; other < into.length; other += 1) {
    const dot = product(similarity, item * dimension, other * dimension);
    into[other] = dot > 0 ? dot : 0;
  }
  for (let entry = offsets[item]; entry < offsets[item + 1]; entry += 1) {
    into[others[entry]] = values[entry];
  }
  into[item] = 0;
}

function product({ dimension, unitVectors }: Similarity, a: number, b: number): number {
  let dot = 0;
  for (let axis = 0; axis < dimension; axis += 1)
    dot += unitVectors[a + axis] * unitVectors[b + axis];
  return dot;
}

/** Four products at a time: their additions need not wait for each other. */
function fillFour(similarity: Similarity, item: number, first: number, into: Float64Array): void {
  const { dimension, unitVectors } = similarity;
  const own = item * dimension;
  const base = first * dimension;
  let dot0 = 0;
  let dot1 = 0;
  let dot2 = 0;
  let dot3 = 0;
  for (let axis = 0; axis < dimension; axis += 1) {
    const x = unitVectors[own + axis];
    dot0 += x * unitVectors[base + axis];
    dot1 += x * unitVectors[base + dimension + axis];
    dot2 += x * unitVectors[base + 2 * dimension + axis];
    dot3 += x * unitVectors[base + 3 * dimension + axis];
  }
  into[first] = dot0 > 0 ? dot0 : 0;
  into[first + 1] = dot1 > 0 ? dot1 : 0;
  into[first + 2] = dot2 > 0 ? dot2 : 0;
  into[first + 3] = dot3 > 0 ? dot3 : 0;
}

/**
 * One row of the similarity matrix, for those who need an item against all others but never the
 * whole matrix.
 */
import type { Similarity } from "#problem";

/**
 * Writes the similarity of `item` to each of the `into.length` items into `into`; 0 for the item
 * itself.
 */
export function similarityRow(similarity: Similarity, item: number, into: Float64Array): void {
  const { dimension, unitVectors, offsets, others, values } = similarity;
  const own = item * dimension;
  for (let other = 0, offset = 0; other < into.length; other += 1) {
    let dot = 0;
    for (let axis = 0; axis < dimension; axis += 1, offset += 1) {
      dot += unitVectors[own + axis] * unitVectors[offset];
    }
    into[other] = dot > 0 ? dot : 0;
  }
  for (let entry = offsets[item]; entry < offsets[item + 1]; entry += 1) {
    into[others[entry]] = values[entry];
  }
  into[item] = 0;
}

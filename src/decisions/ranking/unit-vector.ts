/**
 * Unit vectors: embeddings scaled to length one, so that a cosine is a dot product.
 */

/**
 * Writes `embedding` / |embedding| into `into` from `offset` on; zeros where the embedding has no
 * direction. Scaled by the largest component first, so that squares neither overflow nor vanish.
 */
export function writeUnitVector(
  embedding: readonly number[],
  into: Float64Array,
  offset: number,
): void {
  let largest = 0;
  for (let axis = 0; axis < embedding.length; axis += 1) {
    largest = Math.max(largest, Math.abs(embedding[axis]));
  }
  if (largest === 0) return;
  let squares = 0;
  for (let axis = 0; axis < embedding.length; axis += 1) {
    const part = embedding[axis] / largest;
    into[offset + axis] = part;
    squares += part * part;
  }
  const length = Math.sqrt(squares);
  for (let axis = 0; axis < embedding.length; axis += 1) into[offset + axis] /= length;
}

/**
 * Item embeddings: items bought together point the same way. Vectors are the leading eigenvectors
 * of the matrix of positive pointwise mutual information between items, found by subspace iteration
 * from a seeded start.
 *
 * Source: O. Levy and Y. Goldberg, "Neural word embedding as implicit matrix factorization" (2014),
 * with items for words and baskets for contexts; subspace iteration as in Golub and Van Loan,
 * "Matrix computations", section 8.2.
 */
import type { RandomStream } from "#foundation";
import type { CoPurchase } from "./co-purchase.ts";
import { multiply, orthonormalise, type SymmetricSparse } from "./symmetric-sparse.ts";

/** Pairs seen in less than about two baskets are chance. */
const PAIR_WEIGHT_MIN = 0.5;
const ITERATIONS = 6;

/**
 * Embeds items 0 .. `itemCount` - 1 in `dimension` numbers each.
 *
 * @returns itemCount * dimension numbers, row-major; rows have length 1, or 0 for an item never
 * bought with another.
 */
export function itemEmbedding(
  together: CoPurchase,
  itemCount: number,
  dimension: number,
  random: RandomStream,
): Float64Array {
  const information = pointwiseInformation(together, itemCount);
  let block: Float64Array = new Float64Array(itemCount * dimension);
  for (let at = 0; at < block.length; at += 1) block[at] = random.unit() - 0.5;
  for (let iteration = 0; iteration < ITERATIONS; iteration += 1) {
    orthonormalise(block, itemCount, dimension);
    block = multiply(information, block, dimension);
  }
  // One multiplication past the orthonormal basis scales each axis by its eigenvalue.
  normaliseRows(block, dimension);
  return block;
}

/** max(0, ln(pair * all / (a * b))) for each pair of items bought together. */
function pointwiseInformation(together: CoPurchase, itemCount: number): SymmetricSparse {
  const sums = new Float64Array(itemCount);
  let all = 0;
  for (let item = 0; item < itemCount; item += 1) {
    const row = together.row(item);
    for (let other = 0; other < itemCount; other += 1) sums[item] += row[other];
    all += sums[item];
  }
  const offsets = new Int32Array(itemCount + 1);
  const others: number[] = [];
  const values: number[] = [];
  for (let item = 0; item < itemCount; item += 1) {
    const row = together.row(item);
    for (let other = 0; other < itemCount; other += 1) {
      if (row[other] < PAIR_WEIGHT_MIN) continue;
      const information = Math.log((row[other] * all) / (sums[item] * sums[other]));
      if (information <= 0) continue;
      others.push(other);
      values.push(information);
    }
    offsets[item + 1] = others.length;
  }
  return {
    size: itemCount,
    offsets,
    others: Int32Array.from(others),
    values: Float64Array.from(values),
  };
}

function normaliseRows(block: Float64Array, width: number): void {
  for (let start = 0; start < block.length; start += width) {
    const row = block.subarray(start, start + width);
    const length = Math.hypot(...row);
    if (length > 1e-12) for (let axis = 0; axis < width; axis += 1) row[axis] /= length;
    else row.fill(0);
  }
}

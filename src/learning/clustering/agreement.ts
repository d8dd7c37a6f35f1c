/**
 * How good clusters are: beside groups that are known, and by their own likeness.
 */
import { centred } from "../kernels/analysis/centred.ts";

/**
 * The adjusted Rand index of two groupings of the same rows: 1 if they are the same, about 0 if one
 * says nothing of the other.
 *
 * Source: L. Hubert and P. Arabie, J. Classification 2 (1985).
 */
export function adjustedRandIndex(a: Int32Array, b: Int32Array): number {
  const pairs = (count: number) => (count * (count - 1)) / 2;
  const sum = (keys: readonly string[]) => {
    const counts = new Map<string, number>();
    for (const key of keys) counts.set(key, (counts.get(key) ?? 0) + 1);
    return [...counts.values()].reduce((total, count) => total + pairs(count), 0);
  };
  const both = sum(Array.from(a, (one, row) => `${one} ${b[row]}`));
  const [first, second] = [sum(Array.from(a, String)), sum(Array.from(b, String))];
  const expected = (first * second) / pairs(a.length);
  const most = (first + second) / 2;
  return most === expected ? 1 : (both - expected) / (most - expected);
}

/**
 * The centred likeness within clusters, over what every row has with itself: what the cluster
 * problem maximises. 1 where every row is alone, 0 where all are together.
 */
export function likenessWithin(gram: Float64Array, size: number, clusters: Int32Array): number {
  const likeness = centred(gram, size);
  let [within, own] = [0, 0];
  for (let row = 0; row < size; row += 1) {
    own += likeness[row * size + row];
    for (let other = 0; other < size; other += 1) {
      if (clusters[row] === clusters[other]) within += likeness[row * size + other];
    }
  }
  return own > 0 ? within / own : 0;
}

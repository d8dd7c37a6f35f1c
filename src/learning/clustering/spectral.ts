/**
 * Spectral clustering: rows are placed by the leading eigenvectors of their normalised likeness, in
 * which clusters of any shape become round, and k-means does the rest.
 *
 * Source: A. Ng, M. Jordan and Y. Weiss, NIPS 14 (2001).
 */
import type { RandomStream } from "#foundation";
import { symmetricEigen } from "../kernels/analysis/symmetric-eigen.ts";
import { kernelKMeans } from "./kernel-k-means.ts";

/** The cluster of each row of a Gram matrix; likeness below 0 counts as 0. */
export function spectralClusters(
  gram: Float64Array,
  size: number,
  clusters: number,
  random: RandomStream,
): Int32Array {
  const likeness = gram.map((value) => Math.max(0, value));
  const roots = new Float64Array(size);
  for (let at = 0; at < likeness.length; at += 1) roots[Math.floor(at / size)] += likeness[at];
  for (let row = 0; row < size; row += 1) roots[row] = roots[row] > 0 ? roots[row] ** -0.5 : 0;
  const normal = likeness.map(
    (value, at) => value * roots[Math.floor(at / size)] * roots[at % size],
  );
  const { vectors } = symmetricEigen(normal, size);
  const leading = vectors.subarray((size - clusters) * size);
  const placed = new Float64Array(size * size);
  const lengths = new Float64Array(size);
  for (let row = 0; row < size; row += 1) {
    for (let axis = 0; axis < clusters; axis += 1) lengths[row] += leading[axis * size + row] ** 2;
  }
  for (let at = 0; at < placed.length; at += 1) {
    const [row, other] = [Math.floor(at / size), at % size];
    let sum = 0;
    for (let axis = 0; axis < clusters; axis += 1) {
      sum += leading[axis * size + row] * leading[axis * size + other];
    }
    const length = Math.sqrt(lengths[row] * lengths[other]);
    placed[at] = length > 0 ? sum / length : 0;
  }
  return kernelKMeans(placed, size, clusters, random);
}

/**
 * k-means in the space of a kernel: rows go to the cluster whose centre is nearest, distances taken
 * from the Gram matrix alone. The best of several starts.
 *
 * Sources: B. Schölkopf, A. Smola and K.-R. Müller, Neural Computation 10 (1998); starts: D. Arthur
 * and S. Vassilvitskii, SODA (2007).
 */
import { assert, type RandomStream } from "#foundation";

const STARTS = 10;
const SWEEPS_MAX = 100;

/** The cluster, 0 to `clusters` - 1, of each row of a Gram matrix, size x size. */
export function kernelKMeans(
  gram: Float64Array,
  size: number,
  clusters: number,
  random: RandomStream,
): Int32Array {
  assert(clusters >= 1 && clusters <= size, `clusters: expected 1 to ${size}, got ${clusters}`);
  let best = new Int32Array(size);
  let least = Number.POSITIVE_INFINITY;
  for (let start = 0; start < STARTS; start += 1) {
    const members = firstMembers(gram, size, clusters, random);
    const scatter = improve(gram, size, clusters, members);
    if (scatter >= least) continue;
    least = scatter;
    best = members;
  }
  return best;
}

/** Rows drawn as centres, each with the chance of its distance from those before; all join one. */
function firstMembers(gram: Float64Array, size: number, clusters: number, random: RandomStream) {
  const members = new Int32Array(size);
  const nearest = new Float64Array(size).fill(Number.POSITIVE_INFINITY);
  for (let one = 0; one < clusters; one += 1) {
    const centre = one === 0 ? random.below(size) : drawn(nearest, random);
    for (let row = 0; row < size; row += 1) {
      const gap =
        gram[row * size + row] + gram[centre * size + centre] - 2 * gram[row * size + centre];
      if (row !== centre && gap >= nearest[row]) continue;
      nearest[row] = Math.max(0, row === centre ? 0 : gap);
      members[row] = one;
    }
  }
  return members;
}

function drawn(weights: Float64Array, random: RandomStream): number {
  const total = weights.reduce((sum, weight) => sum + weight, 0);
  if (total === 0) return random.below(weights.length);
  let left = random.unit() * total;
  for (let row = 0; row < weights.length; row += 1) {
    left -= weights[row];
    if (left < 0) return row;
  }
  return weights.length - 1;
}

/** Moves rows to their nearest centre until none moves; answers the sum of squared distances. */
function improve(gram: Float64Array, size: number, clusters: number, members: Int32Array): number {
  const distances = new Float64Array(size);
  for (let sweep = 0; sweep < SWEEPS_MAX; sweep += 1) {
    const { counts, likeness, spread } = centresOf(gram, size, clusters, members);
    let moved = 0;
    for (let row = 0; row < size; row += 1) {
      const own = gram[row * size + row];
      const distance = (one: number) =>
        counts[one] === 0
          ? Number.POSITIVE_INFINITY
          : own - 2 * likeness[row * clusters + one] + spread[one];
      let nearest = members[row];
      for (let one = 0; one < clusters; one += 1) {
        if (distance(one) < distance(nearest) - TIE) nearest = one;
      }
      distances[row] = distance(nearest);
      if (nearest !== members[row]) moved += 1;
      members[row] = nearest;
    }
    if (moved === 0) break;
  }
  return distances.reduce((sum, distance) => sum + distance, 0);
}

/** Equal distances must not move a row to and fro. */
const TIE = 1e-12;

/** Of each cluster its rows, the mean likeness of all rows to it, and its centre's own square. */
function centresOf(gram: Float64Array, size: number, clusters: number, members: Int32Array) {
  const counts = new Int32Array(clusters);
  for (const one of members) counts[one] += 1;
  const likeness = new Float64Array(size * clusters);
  const spread = new Float64Array(clusters);
  for (let row = 0; row < size; row += 1) {
    for (let other = 0; other < size; other += 1) {
      const one = members[other];
      likeness[row * clusters + one] += gram[row * size + other] / counts[one];
    }
    spread[members[row]] += likeness[row * clusters + members[row]] / counts[members[row]];
  }
  return { counts, likeness, spread };
}

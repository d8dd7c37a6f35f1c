/**
 * Clustering as a problem for the solvers: rows are put into clusters so that the centred likeness
 * within clusters is greatest. Two clusters are spins, one for each row (an Ising model); more are
 * one-hot groups. Unlike the methods beside it, it takes limits on how many rows a cluster may
 * have, as micro-segments need.
 *
 * Source: two clusters: the relaxed cut of kernel k-means of equal sizes; more: the numerator of
 * centred kernel-target alignment, C. Cortes et al., J. Machine Learning Research 13 (2012).
 */
import { assert } from "#foundation";
import { COMPARISON, ProblemAssembly, type QuadraticProblem, type Sample, VARTYPE } from "#problem";
import { centred } from "../kernels/analysis/centred.ts";

/** How many clusters, and how many rows each may have. */
export interface ClusterLimits {
  readonly clusters: number;
  readonly rowsMin?: number | undefined;
  readonly rowsMax?: number | undefined;
}

/** The problem of clustering the rows of a Gram matrix, size x size; the objective is maximised. */
export function clusterProblem(
  gram: Float64Array,
  size: number,
  limits: ClusterLimits,
): QuadraticProblem {
  const { clusters, rowsMin = 0, rowsMax = size } = limits;
  assert(clusters >= 2 && clusters <= size, `clusters: expected 2 to ${size}, got ${clusters}`);
  assert(
    rowsMin * clusters <= size && rowsMax * clusters >= size,
    `${clusters} clusters of ${rowsMin} to ${rowsMax} rows: expected room for ${size}`,
  );
  const likeness = centred(gram, size);
  const isSpins = clusters === 2 && rowsMin === 0 && rowsMax === size;
  return isSpins ? spinProblem(likeness, size) : groupProblem(likeness, size, limits);
}

/** The cluster of each row in a sample of the problem. */
export function clustersOfSample({ values }: Sample, size: number, clusters: number): Int32Array {
  if (values.length === size) return values.map((spin) => (spin > 0 ? 1 : 0));
  return Int32Array.from({ length: size }, (_, row) =>
    values.subarray(row * clusters, (row + 1) * clusters).indexOf(1),
  );
}

/** The sample of a problem of groups in which each row is in the cluster it has now. */
export function sampleOfClusters(members: Int32Array, clusters: number): Sample {
  const values = new Int32Array(members.length * clusters);
  for (const [row, one] of members.entries()) values[row * clusters + one] = 1;
  return { values };
}

/** Rows i and j are together if their spins multiply to 1: half of (1 + s_i s_j). */
function spinProblem(likeness: Float64Array, size: number): QuadraticProblem {
  const assembly = new ProblemAssembly("maximise");
  assembly.addVariables(size);
  for (let row = 0; row < size; row += 1) {
    assembly.restrict(row, VARTYPE.spin);
    assembly.addOffset(likeness[row * size + row]);
    for (let other = 0; other < row; other += 1) {
      assembly.addOffset(likeness[row * size + other]);
      assembly.addQuadratic(row, other, likeness[row * size + other]);
    }
  }
  return assembly.finish();
}

/** Variable row * clusters + c is 1 if the row is in cluster c. */
function groupProblem(
  likeness: Float64Array,
  size: number,
  { clusters, rowsMin, rowsMax }: ClusterLimits,
): QuadraticProblem {
  const assembly = new ProblemAssembly("maximise");
  assembly.addVariables(size * clusters);
  for (let row = 0; row < size; row += 1) {
    assembly.addOffset(likeness[row * size + row]);
    for (let other = 0; other < row; other += 1) {
      for (let one = 0; one < clusters; one += 1) {
        const together = 2 * likeness[row * size + other];
        assembly.addQuadratic(row * clusters + one, other * clusters + one, together);
      }
    }
    const group = assembly.addRow({ comparison: COMPARISON.equal, rightSide: 1 });
    for (let one = 0; one < clusters; one += 1) {
      assembly.addRowLinear(group, row * clusters + one, 1);
    }
  }
  for (let one = 0; one < clusters; one += 1) {
    for (const [comparison, rightSide] of [
      [COMPARISON.atLeast, rowsMin],
      [COMPARISON.atMost, rowsMax],
    ] as const) {
      if (rightSide === undefined) continue;
      const count = assembly.addRow({ comparison, rightSide });
      for (let row = 0; row < size; row += 1) assembly.addRowLinear(count, row * clusters + one, 1);
    }
  }
  return assembly.finish();
}

/**
 * The methods that make segments: three on each of three kernels. Nothing is tuned, for nobody who
 * segments customers knows the answer: Gaussians are as wide as the median distance, bandwidths
 * fixed beforehand.
 */
import { present, type RandomStream, workBudget } from "#foundation";
import {
  clusterProblem,
  clustersOfSample,
  type FeatureRows,
  gaussian,
  gramMatrix,
  kernelKMeans,
  medianSquaredDistance,
  projectedRows,
  sampleOfClusters,
  spectralClusters,
} from "#learning";
import { solverNamed } from "#solvers";
import { bandwidthOf } from "../kernels/bandwidth.ts";

/** What is asked. */
export interface SegmentsTask {
  readonly clusters: number;
  readonly rowsMin?: number;
  readonly rowsMax?: number;
  readonly seeds: number;
  readonly rows: number;
  readonly features: number;
  readonly seed: number;
}

const KERNELS = Object.freeze(["rbf", "separable-projected", "zz-projected"] as const);
const METHODS = Object.freeze(["k-means", "spectral", "ising"] as const);
const BANDWIDTH = 0.2;
/** Of the solver, for each variable. */
const WORK_PER_VARIABLE = 30_000;
const WORK_MIN = 200_000;
/** Some seconds: an interrupt waits that long. */
const WORK_MAX = 60_000_000;

type SegmentsKernel = (typeof KERNELS)[number];
type SegmentsMethod = (typeof METHODS)[number];

/** Every method on every kernel. */
export const PAIRS = KERNELS.flatMap((kernel) =>
  METHODS.map((method) => [kernel, method] as const),
);

/** The Gram matrix of prepared rows under a kernel. */
export function gramOf(
  kernel: SegmentsKernel,
  rows: FeatureRows,
  random: RandomStream,
): Float64Array {
  const seen = kernel === "rbf" ? rows : projection(kernel, rows, random);
  return gramMatrix(gaussian(1 / medianSquaredDistance(seen)), seen);
}

function projection(
  kernel: "separable-projected" | "zz-projected",
  rows: FeatureRows,
  random: RandomStream,
): FeatureRows {
  const map = kernel === "zz-projected" ? "zz" : "separable";
  const bandwidth = bandwidthOf(map, BANDWIDTH, rows.width);
  return projectedRows({ map, featureCount: rows.width, bandwidth, random }, rows);
}

/** The segment of each row of a Gram matrix. */
export function clustersBy(
  method: SegmentsMethod,
  gram: Float64Array,
  { rows, clusters, rowsMin, rowsMax }: SegmentsTask,
  random: RandomStream,
): Int32Array {
  if (method === "k-means") return kernelKMeans(gram, rows, clusters, random);
  if (method === "spectral") return spectralClusters(gram, rows, clusters, random);
  const problem = clusterProblem(gram, rows, { clusters, rowsMin, rowsMax });
  const isSpins = problem.variableCount === rows;
  const name = isSpins ? "spin-annealing" : "quadratic-annealing";
  const solver = present(solverNamed(name), name);
  const wanted = Math.max(WORK_MIN, WORK_PER_VARIABLE * problem.variableCount);
  const work = Math.min(WORK_MAX, wanted);
  const { best } = solver.solve(problem, {
    seed: random.below(2 ** 31),
    budget: workBudget(work),
    start: isSpins ? undefined : sampleOfClusters(dealt(rows, clusters), clusters),
  });
  return clustersOfSample(present(best, "segments within their limits").sample, rows, clusters);
}

/** Equal shares keep every limit on size that can be kept. */
function dealt(rows: number, clusters: number): Int32Array {
  return Int32Array.from({ length: rows }, (_, row) => row % clusters);
}

/** Whether a segment is smaller or larger than allowed. */
export function breaksLimits(
  found: Int32Array,
  { clusters, rows, rowsMin = 0, rowsMax = rows }: SegmentsTask,
): boolean {
  const counts = new Int32Array(clusters);
  for (const one of found) counts[one] += 1;
  return counts.some((count) => count < rowsMin || count > rowsMax);
}

/**
 * Logistic regression that learns batch by batch and never looks back: each batch is one Newton
 * step on its own gradient under the curvature gathered so far, which fades a little with each
 * batch. There is no learning rate to tune, and because the loss is the likelihood, its predictions
 * are probabilities that hold on average.
 *
 * Source: the extended Kalman filter for logistic regression; e.g. Y. Ollivier, "Online natural
 * gradient as a Kalman filter", Electronic Journal of Statistics 12 (2018).
 */
import { assert } from "#foundation";
import { factorLower, solveLower, solveUpper } from "./kernels/analysis/cholesky.ts";

/** Learns and predicts from rows of `featureCount` numbers, row-major. */
export interface OnlineLogistic {
  readonly featureCount: number;
  /** A copy of the weights learnt so far. */
  weights(): Float64Array;
  /** Probabilities of the first `rowCount` rows, written to `into`. */
  predict(rows: Float64Array, rowCount: number, into: Float64Array): void;
  /** One Newton step on a batch; `labels` holds 0 or 1 for each row. */
  learn(rows: Float64Array, rowCount: number, labels: Uint8Array): void;
}

/** What the learner starts from. */
export interface OnlineLogisticStart {
  readonly weights: readonly number[];
  /** How firmly the starting weights are believed: curvature in each direction before any data. */
  readonly ridge: number;
  /** What is kept of the curvature after each batch, in (0, 1]; below 1 old batches fade. */
  readonly memory: number;
}

/** Starts a learner. */
export function onlineLogistic({ weights, ridge, memory }: OnlineLogisticStart): OnlineLogistic {
  assert(ridge > 0 && memory > 0 && memory <= 1, "ridge above 0, memory in (0, 1]");
  const width = weights.length;
  const current = Float64Array.from(weights);
  // Lower triangle of the curvature, row-major; its factor; the gradient, then the step.
  const curvature = new Float64Array(width * width);
  const factor = new Float64Array(width * width);
  const step = new Float64Array(width);
  for (let at = 0; at < width; at += 1) curvature[at * width + at] = ridge;

  function probability(rows: Float64Array, offset: number): number {
    let logit = 0;
    for (let at = 0; at < width; at += 1) logit += current[at] * rows[offset + at];
    return 1 / (1 + Math.exp(-logit));
  }
  function absorb(rows: Float64Array, offset: number, label: number): void {
    const p = probability(rows, offset);
    for (let at = 0; at < width; at += 1) {
      const x = rows[offset + at];
      step[at] += (p - label) * x;
      const scaled = p * (1 - p) * x;
      for (let other = 0; other <= at; other += 1) {
        curvature[at * width + other] += scaled * rows[offset + other];
      }
    }
  }
  return {
    featureCount: width,
    weights: () => Float64Array.from(current),
    predict: (rows, rowCount, into) => {
      for (let row = 0; row < rowCount; row += 1) into[row] = probability(rows, row * width);
    },
    learn: (rows, rowCount, labels) => {
      step.fill(0);
      for (let row = 0; row < rowCount; row += 1) absorb(rows, row * width, labels[row]);
      factorLower(curvature, width, 0, factor);
      solveLower(factor, width, step);
      solveUpper(factor, width, step);
      for (let at = 0; at < width; at += 1) current[at] -= step[at];
      for (let at = 0; at < curvature.length; at += 1) curvature[at] *= memory;
    },
  };
}

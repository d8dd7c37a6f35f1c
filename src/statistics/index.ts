/**
 * Statistics: distributions, estimates with their intervals, tests, and waiting lines in closed
 * form. Knows nothing of experiments, customers or privacy.
 */
export { clusteredRatio, type RatioSample } from "./clustered-ratio.ts";
export type { Arm, PairedSums, Sums } from "./comparison/arm.ts";
export {
  type Alternative,
  type ArmDifference,
  anytimeComparison,
  armDifference,
  type Comparison,
  expectedShortfall,
  type Posterior,
  posteriorOf,
  type Scale,
  welchComparison,
} from "./comparison/compare-arms.ts";
export { binomial, poisson } from "./distributions/binomial-and-poisson.ts";
export {
  beta,
  chiSquare,
  gamma,
  logNormal,
  normal,
  studentT,
  triangular,
  uniform,
} from "./distributions/continuous.ts";
export type { Distribution } from "./distributions/distribution.ts";
export type { Estimate } from "./estimate.ts";
export {
  anytimeP,
  halfWidth,
  mixtureSpread,
  oneSidedWidth,
} from "./hypothesis/confidence-sequence.ts";
export { type Adjustment, adjustP } from "./hypothesis/multiple-testing.ts";
export { observationsPerArm } from "./hypothesis/power.ts";
export { randomisationP } from "./hypothesis/randomisation-test.ts";
export { sampleRatioAnytimeP, sampleRatioP } from "./hypothesis/sample-ratio.ts";
export { type MeanRange, meanEstimate } from "./mean-estimate.ts";
export { normalQuantile } from "./normal.ts";
export {
  type PairedDifference,
  type PairedTotals,
  pairedInterval,
  pairedRatioDifference,
} from "./paired-ratio.ts";
export { quantile } from "./quantile.ts";
export {
  erlangA,
  erlangC,
  type ImpatientQueueFigures,
  type Pool,
  type QueueFigures,
} from "./queueing.ts";
export { wilsonInterval } from "./wilson.ts";

/**
 * Learning: what the platform learns from what customers did, always from the past only. Knows
 * nothing of decisions or of where data is kept.
 */
export { ANONYMOUS, type Basket, type BasketLearner, walkInTime } from "./basket.ts";
export { adjustedRandIndex, likenessWithin } from "./clustering/agreement.ts";
export {
  type ClusterLimits,
  clusterProblem,
  clustersOfSample,
  sampleOfClusters,
} from "./clustering/cluster-problem.ts";
export { kernelKMeans } from "./clustering/kernel-k-means.ts";
export { spectralClusters } from "./clustering/spectral.ts";
export { intentFaults } from "./intent/faults.ts";
export {
  classifyIntent,
  type IntentModel,
  type IntentVerdict,
} from "./intent/intent-classifier.ts";
export { type IntentExample, type IntentTraining, learnIntents } from "./intent/learn-intents.ts";
export { decodeIntentModel, encodeIntentModel } from "./intent/model-file.ts";
export { itemEmbedding } from "./item-embedding.ts";
export { priceBand, wordGroups } from "./item-groups.ts";
export {
  concentration,
  geometricDifference,
  modelComplexity,
  targetAlignment,
} from "./kernels/analysis/diagnosis.ts";
export { nystromKernel } from "./kernels/analysis/nystrom.ts";
export { measuredGram, nearestSemidefinite } from "./kernels/analysis/semidefinite.ts";
export { type SymmetricEigen, symmetricEigen } from "./kernels/analysis/symmetric-eigen.ts";
export {
  fourierKernel,
  gaussian,
  medianSquaredDistance,
  productKernel,
} from "./kernels/classical-kernels.ts";
export {
  FEATURE_MAPS,
  type FeatureMapName,
  featureMap,
} from "./kernels/feature-maps/feature-maps.ts";
export { qubitState } from "./kernels/feature-maps/qubit-state.ts";
export { crossMatrix, gramMatrix, type KernelFunction } from "./kernels/kernel-function.ts";
export { fidelityKernel, projectedKernel, projectedRows } from "./kernels/quantum-kernels.ts";
export { type FeatureRows, featureRows, takeRows } from "./kernels/rows.ts";
export {
  type BoostedTrees,
  type BoostingOptions,
  boostedScores,
  fitBoosting,
} from "./models/boosting/boosting.ts";
export type { DualScore } from "./models/dual-score.ts";
export { fitKernelRidge } from "./models/kernel-ridge.ts";
export { fitKernelSvm } from "./models/kernel-svm.ts";
export { fitLogistic, type LinearScore, linearScores } from "./models/logistic.ts";
export { type NextPurchase, nextPurchase } from "./next-purchase.ts";

/**
 * Statistics: distributions and interval estimates. Knows nothing of experiments, customers or
 * privacy.
 */
export { clusteredRatio, type RatioSample } from "./clustered-ratio.ts";
export type { Estimate } from "./estimate.ts";
export { normalQuantile } from "./normal.ts";
export { quantile } from "./quantile.ts";
export { wilsonInterval } from "./wilson.ts";

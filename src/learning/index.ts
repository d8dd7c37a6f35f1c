/**
 * Learning: what the platform learns from what customers did, always from the past only. Knows
 * nothing of decisions or of where data is kept.
 */
export { ANONYMOUS, type Basket, type BasketLearner, walkInTime } from "./basket.ts";
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
export { type NextPurchase, nextPurchase } from "./next-purchase.ts";

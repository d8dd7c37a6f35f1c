/**
 * Wire: the HTTP contract as schemas, for everyone on either side of it: the server's checks and
 * its OpenAPI document, the SDK, the console. Envelopes are here; what a decision type asks and
 * answers comes from the catalogue.
 */
export {
  type CapacityTotals,
  type CapacityView,
  capacityList,
  capacityTotals,
  RESOURCES_MAX,
  type ReservationReceipt,
  type ReservationRequest,
  reservationId,
  reservationReceipt,
  reservationRequest,
  resourceName,
} from "./capacity.ts";
export {
  type DecisionReply,
  type DecisionSummary,
  type DecisionView,
  decisionReply,
  decisionSummary,
  decisionView,
  type Quality,
  rungs,
} from "./decision.ts";
export {
  type InferenceError,
  type InferenceRequest,
  inferenceError,
  inferenceRequest,
  inferenceResponse,
  type ModelMetadata,
  modelMetadata,
  REQUEST_TENSOR,
  serverMetadata,
} from "./inference.ts";
export {
  type ItemEntries,
  type ItemSetReceipt,
  itemEntries,
  itemSetReceipt,
  itemSetRequest,
  LOOKED_UP_ITEMS_MAX,
} from "./items.ts";
export { type KeyView, keyCreated, keyRequest, keyView, tenantName } from "./keys.ts";
export {
  keptOutcome,
  type OutcomeReceipt,
  type OutcomeReport,
  outcomeReceipts,
  outcomeReport,
  outcomeReports,
} from "./outcome.ts";
export { page } from "./page.ts";
export { type PolicyRequest, type PolicyView, policyRequest, policyView } from "./policy.ts";
export { PROBLEM_MEDIA_TYPE, type Problem, problem } from "./problem.ts";
export { type ReplayReport, replayReport } from "./replay.ts";
export { uuid } from "./scalar.ts";
export {
  type Board,
  type CentreFrame,
  type WeekRequest,
  weekRequest,
} from "./study.ts";

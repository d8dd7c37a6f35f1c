/**
 * Wire: the HTTP contract as schemas, for everyone on either side of it: the server's checks and
 * its OpenAPI document, the SDK, the console. Envelopes are here; what a decision type asks and
 * answers comes from the catalogue.
 */
export {
  type DecisionReply,
  type DecisionSummary,
  decisionReply,
  decisionSummary,
  decisionView,
  type Quality,
  quality,
  type Reason,
  reason,
  rungs,
  type Timing,
  timing,
} from "./decision.ts";
export { type ItemSetReceipt, itemSetReceipt, itemSetRequest } from "./items.ts";
export {
  keptOutcome,
  type OutcomeReceipt,
  type OutcomeReport,
  outcomeReceipt,
  outcomeReceipts,
  outcomeReport,
  outcomeReports,
} from "./outcome.ts";
export { page } from "./page.ts";
export { type PolicyView, policyRequest, policyView } from "./policy.ts";
export { PROBLEM_MEDIA_TYPE, type Problem, problem } from "./problem.ts";
export { type ReplayReport, replayReport } from "./replay.ts";
export { instant, uuid } from "./scalar.ts";

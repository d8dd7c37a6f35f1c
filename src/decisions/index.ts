/**
 * Decisions: the catalogue of questions the platform can answer, one folder each, and the policies
 * that configure them. Knows nothing of storage or HTTP; decision types know nothing of each other.
 */
export { catalogue, typeNamed } from "./catalogue.ts";
export {
  type CheckReport,
  type DecisionDefinition,
  type DecisionType,
  type DecisionTypeFacts,
  decisionType,
  type FoundIntent,
  type ItemSet,
  type ParsedRequest,
  type PosedDecision,
  type Reason,
  type RequestOptions,
  type ReserveWish,
  type Setting,
  type ShownItem,
} from "./decision-type.ts";
export { decisionFaults } from "./faults.ts";
export { flawsOf, refuseFlawed } from "./flaws.ts";
export { type Policy, policyReference, policySchema, referenceOf } from "./policy.ts";
export {
  answerSchema as routingAnswerSchema,
  type RoutingAnswer,
  type RoutingRequest,
} from "./routing/schema.ts";

/**
 * Pipeline: the sentences of the platform - decide, record an outcome, replay. Knows nothing of HTTP, terminals, or
 * which store is in use.
 */
export type {
  Appended,
  DecisionQuery,
  IdempotencyClaim,
  OutcomeResult,
  Payload,
  Store,
  StoredDecision,
  StoredItemSet,
  StoredOutcome,
  StoredPolicy,
} from "./ports.ts";

/**
 * Provenance: the decision record, its sealing, and the verdict on a replay. Knows nothing of where
 * records are kept.
 */
export { type Comparison, compareDecided } from "./compare.ts";
export {
  type Commitment,
  type Decided,
  type DecisionRecord,
  type Profile,
  type Quality,
  RECORD_SCHEMA_VERSION,
  type RecordedAttempt,
} from "./decision-record.ts";
export { profileHere } from "./profile.ts";
export { recordAttempt, restoreAttempt } from "./recorded-attempt.ts";
export {
  openPayload,
  openRecord,
  type SealedPayload,
  type SealedRecord,
  seal,
  sealPayload,
} from "./seal.ts";

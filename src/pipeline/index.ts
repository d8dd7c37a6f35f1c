/**
 * Pipeline: the sentences of the platform - decide, record an outcome, replay. Knows nothing of
 * HTTP, terminals, or which store is in use.
 */
export { readBackup } from "./backup/read-backup.ts";
export { writeBackup } from "./backup/write-backup.ts";
export { createPipeline } from "./create-pipeline.ts";
export { pipelineFaults } from "./faults.ts";
export type {
  DecideOptions,
  DecisionReply,
  DecisionSummary,
  DecisionView,
  ItemEntries,
  ItemSetFacts,
  OutcomeReceipt,
  Page,
  Pipeline,
  ReplayReport,
  ReportedOutcome,
  Timing,
} from "./pipeline.ts";
export type { IntentFinder, Platform } from "./platform.ts";
export type {
  Appended,
  CommittedBatch,
  DecisionQuery,
  IdempotencyClaim,
  OutcomeResult,
  Payload,
  RowBatch,
  RowCursor,
  Store,
  StoredDecision,
  StoredItemSet,
  StoredOutcome,
  StoredPolicy,
} from "./ports.ts";
export { keepHouse } from "./upkeep/keep-house.ts";
export { rehearse } from "./upkeep/rehearse.ts";

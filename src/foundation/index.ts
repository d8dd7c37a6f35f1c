/**
 * Foundation: what every room may lean on and what leans on nothing. Each file is one subject:
 * assertions, faults, seeded random streams, clocks, budgets, identifiers, canonical JSON, tenants,
 * API keys, money, threads.
 */
export type { IdentifiedKey, KeyFacts, KeyStanding, KeyWish } from "./api-key.ts";
export { AssertionError, assert, present, unreachable } from "./assert.ts";
export {
  type DecisionBudget,
  openBudget,
  reserveWithin,
  type TickReply,
  type WorkBudget,
  workBudget,
} from "./budget.ts";
export { canonicalForm, canonicalJson, digest, type Json, sha256Hex } from "./canonical-json.ts";
export { type Clock, instantText, inTime, slowedClock, systemClock } from "./clock.ts";
export { counted } from "./counted.ts";
export { shareNoImportWrappers, startThread } from "./engine/import-wrappers.ts";
export {
  Fault,
  type FaultCategory,
  type FaultDetail,
  type FaultRow,
  type Flaw,
  faultRows,
} from "./fault.ts";
export { type IdentifierSource, identifierSource, isIdentifier } from "./identifier.ts";
export { type Money, minorDigits } from "./money.ts";
export { type RandomStream, randomStream, shuffle } from "./random.ts";
export { rememberSource, writtenJson } from "./source-text.ts";
export { LOCAL_PRINCIPAL, type Principal, type Role, type TenantId } from "./tenant.ts";

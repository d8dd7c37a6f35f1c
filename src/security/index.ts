/**
 * Security: API keys, who stands behind one, and what may be done about them. Knows nothing of
 * decisions, HTTP, or where keys are kept.
 */
export { securityFaults } from "./faults.ts";
export { keepLooking } from "./keep-looking.ts";
export { type KeyRing, openKeyRing } from "./key-ring.ts";
export type { ApiKeyStore, StoredApiKey } from "./ports.ts";

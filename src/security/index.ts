/**
 * Security: API keys and what they allow. Knows nothing of decisions, HTTP, or where keys are kept.
 */
export type { ApiKeyStore, StoredApiKey } from "./ports.ts";

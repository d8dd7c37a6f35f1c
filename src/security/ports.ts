/**
 * What the security room asks of a store: API keys by their digests. Secrets never get here.
 */
import type { KeyFacts, TenantId } from "#foundation";

/** An API key as it is kept. Its row outlives it: a key that was, still says that keys are used. */
export interface StoredApiKey extends Omit<KeyFacts, "standing"> {
  /** SHA-256 of the secret part, hexadecimal. */
  readonly secretDigest: string;
}

/** The keys' part of a store. A promise that resolves means the change is durable. */
export interface ApiKeyStore {
  /** Every tenant's keys: whose a key is only its row can tell. */
  apiKeys(): Promise<readonly StoredApiKey[]>;
  /** Rejects when the id is taken. */
  addApiKey(key: StoredApiKey): Promise<void>;
  /** False when the tenant has no such key that is not revoked already. */
  revokeApiKey(tenant: TenantId, id: string, atUtcMs: number): Promise<boolean>;
  noteApiKeyUse(tenant: TenantId, id: string, atUtcMs: number): Promise<void>;
}

/**
 * What the security room asks of a store: API keys by their digests. Secrets never get here.
 */
import type { Role, TenantId } from "#foundation";

/** An API key as it is kept. Its row outlives it: a key that was, still says that keys are used. */
export interface StoredApiKey {
  readonly tenant: TenantId;
  /** Part of the key's text; public, unique over all tenants. */
  readonly id: string;
  /** What people call it. */
  readonly name: string;
  readonly role: Role;
  /** The decision types it may touch; null for all. */
  readonly decisionTypes: readonly string[] | null;
  /** SHA-256 of the secret part, hexadecimal. */
  readonly secretDigest: string;
  readonly createdAtUtcMs: number;
  /** The principal that made it. */
  readonly createdBy: string;
  readonly expiresAtUtcMs: number | null;
  readonly revokedAtUtcMs: number | null;
  /** Kept to the hour: enough to find keys nobody uses, too coarse to follow anybody. */
  readonly lastUsedAtUtcMs: number | null;
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

/**
 * What the server asks of whoever keeps the API keys.
 */
import type { IdentifiedKey, KeyFacts, KeyWish, Principal, TenantId } from "#foundation";

/** The keys of an installation. Every answer about a presented key comes from memory. */
export interface KeyDesk {
  /** Whether requests need a key. */
  readonly required: boolean;
  identify(text: string): IdentifiedKey;
  /** Whether the key behind a principal is still in force. */
  stands(principal: Principal): boolean;
  create(by: Principal, wish: KeyWish): Promise<{ readonly key: string; readonly facts: KeyFacts }>;
  list(by: Principal, tenant?: TenantId): readonly KeyFacts[];
  revoke(by: Principal, id: string, tenant?: TenantId): Promise<KeyFacts>;
}

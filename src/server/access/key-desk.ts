/**
 * What the server asks of whoever keeps the API keys.
 */
import type { Principal, Role, TenantId } from "#foundation";

/** What a presented key amounts to. */
export type Identified =
  | { readonly kind: "known"; readonly principal: Principal }
  | { readonly kind: "refused"; readonly reason: "unknown" | "expired" | "revoked" };

/** A wish for a key. */
export interface KeyWish {
  readonly name: string;
  readonly role: Role;
  readonly tenant?: TenantId | undefined;
  readonly decisionTypes?: readonly string[] | undefined;
  readonly expiresAtUtcMs?: number | undefined;
}

/** Everything about a key but its secret. */
export interface KeyFacts {
  readonly tenant: TenantId;
  readonly id: string;
  readonly name: string;
  readonly role: Role;
  readonly decisionTypes: readonly string[] | null;
  readonly createdAtUtcMs: number;
  readonly createdBy: string;
  readonly expiresAtUtcMs: number | null;
  readonly revokedAtUtcMs: number | null;
  readonly lastUsedAtUtcMs: number | null;
  readonly standing: "active" | "expired" | "revoked";
}

/** The keys of an installation. Every answer about a presented key comes from memory. */
export interface KeyDesk {
  /** Whether requests need a key. */
  readonly required: boolean;
  identify(text: string): Identified;
  /** Whether the key behind a principal is still in force. */
  stands(principal: Principal): boolean;
  create(by: Principal, wish: KeyWish): Promise<{ readonly key: string; readonly facts: KeyFacts }>;
  list(by: Principal, tenant?: TenantId): readonly KeyFacts[];
  revoke(by: Principal, id: string, tenant?: TenantId): Promise<KeyFacts>;
}

/**
 * What an API key is to those who make, check and show one. How keys are made and proved is the
 * security room's alone; no secret is in here.
 */
import type { Principal, Role, TenantId } from "./tenant.ts";

/** A wish for a key. */
export interface KeyWish {
  /** What people call it, 1 to 100 characters. */
  readonly name: string;
  readonly role: Role;
  /** Whose data it opens; the maker's own if absent. */
  readonly tenant?: TenantId | undefined;
  /** The decision types it may touch; all if absent. */
  readonly decisionTypes?: readonly string[] | undefined;
  /** When it ends by itself; never if absent. */
  readonly expiresAtUtcMs?: number | undefined;
}

/** How a key stands. */
export type KeyStanding = "active" | "expired" | "revoked";

/** Everything about a key but its secret. */
export interface KeyFacts {
  readonly tenant: TenantId;
  /** Part of the key's text; public, unique over all tenants. */
  readonly id: string;
  /** What people call it. */
  readonly name: string;
  readonly role: Role;
  /** The decision types it may touch; null for all. */
  readonly decisionTypes: readonly string[] | null;
  readonly createdAtUtcMs: number;
  /** The principal that made it. */
  readonly createdBy: string;
  readonly expiresAtUtcMs: number | null;
  readonly revokedAtUtcMs: number | null;
  /** Kept to the hour: enough to find keys nobody uses, too coarse to follow anybody. */
  readonly lastUsedAtUtcMs: number | null;
  readonly standing: KeyStanding;
}

/** What a presented key amounts to. */
export type IdentifiedKey =
  | { readonly kind: "known"; readonly principal: Principal }
  | { readonly kind: "refused"; readonly reason: "unknown" | Exclude<KeyStanding, "active"> };

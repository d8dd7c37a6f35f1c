/**
 * Whose data it is and who asks. Every row, key, cache and limit carries a tenant from the first
 * day, because adding one later means touching all of them.
 */

/** Whose data and budget it is. */
export type TenantId = string;

/** What a caller may do; each role includes the ones before it. */
export type Role = "reader" | "operator" | "admin";

/** Who asks: the authenticated caller of one request. */
export interface Principal {
  readonly tenant: TenantId;
  /** The key or user that acts; recorded, never shown to other tenants. */
  readonly name: string;
  readonly role: Role;
  /** The decision types it may touch; all if absent. */
  readonly decisionTypes?: readonly string[];
}

/**
 * The tenant of an installation that has no API keys: everything on the loopback interface is one
 * owner's.
 */
export const LOCAL_PRINCIPAL: Principal = Object.freeze({
  tenant: "local",
  name: "loopback",
  role: "admin",
});

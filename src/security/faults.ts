/**
 * What can be wrong with a wish about API keys.
 */
import { faultRows } from "#foundation";

/** The security room's rows of the fault register. */
export const securityFaults = faultRows({
  firstKey: {
    code: "first-key-not-admin",
    category: "conflict",
    retry: false,
    title: "The first API key must be an administrator's of the installation's own tenant.",
    remedy: "Make one with the role admin and no tenant first, then the others.",
  },
  badKey: {
    code: "invalid-key",
    category: "invalid",
    retry: false,
    title: "No API key can be made like this.",
    remedy: "Correct every flaw listed.",
  },
  unknownKey: {
    code: "unknown-key",
    category: "missing",
    retry: false,
    title: "There is no such API key in force.",
    remedy: "See `tandem keys list` or GET /v1/keys for the ids.",
  },
  foreignTenant: {
    code: "tenant-refused",
    category: "refused",
    retry: false,
    title: "Keys of other tenants are managed by the installation's own administrators alone.",
    remedy: "Leave out the tenant, or use an administrator's key of the installation's own tenant.",
  },
});

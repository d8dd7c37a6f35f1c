/**
 * API keys on the wire. A key's text is in the reply that made it and nowhere else.
 */
import { z } from "zod";
import { instant } from "./scalar.ts";

const role = z.enum(["reader", "operator", "admin"]).meta({
  description:
    "`reader`: looks. `operator`: decides, replays, reports outcomes. `admin`: also policies, " +
    "items and keys.",
});

/** A tenant as keys name it. */
export const tenantName = z
  .string()
  .regex(/^[a-z][a-z0-9-]{0,62}$/, "expected a lower-case name, e.g. shop-uk")
  .meta({ description: "Whose data the key opens; the caller's own if absent." });

/** What `POST /v1/keys` takes where these are the ids of the decision types. */
export function keyRequest(types: readonly string[]) {
  const expected = `expected one of ${types.join(", ")}`;
  const type = z.enum(types, {
    error: ({ input }) => `${expected}, got ${String(JSON.stringify(input)).slice(0, 40)}`,
  });
  return z
    .strictObject({
      name: z.string().min(1).max(100).meta({ description: "What people call it." }),
      role,
      tenant: tenantName.optional(),
      decisionTypes: z
        .array(type)
        .min(1)
        .max(64)
        .readonly()
        .optional()
        .meta({ description: "The decision types it may touch; all if absent." }),
      expiresAt: instant
        .optional()
        .meta({ description: "When it ends by itself; never if absent." }),
    })
    .meta({ description: "A wish for an API key." });
}

/** A key as it is listed. */
export const keyView = z.object({
  id: z.string().meta({ description: "The part of the key's text that is no secret." }),
  name: z.string(),
  role,
  tenant: z.string(),
  decisionTypes: z.array(z.string()).readonly().nullable(),
  standing: z.enum(["active", "expired", "revoked"]),
  createdAt: instant,
  createdBy: z.string(),
  expiresAt: instant.nullable(),
  revokedAt: instant.nullable(),
  lastUsedAt: instant.nullable().meta({ description: "To the hour; null if it never was." }),
});

/** The reply that made a key. */
export const keyCreated = keyView.extend({
  key: z.string().meta({ description: "The key itself, shown this once." }),
});

/** See {@link keyView}. */
export type KeyView = z.infer<typeof keyView>;

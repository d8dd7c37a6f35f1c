/**
 * Policies on the wire. A version is written once and never changed; what is sent is the policy
 * itself.
 */
import { z } from "zod";
import { policySchema } from "#decisions";
import { instant } from "./scalar.ts";

/** A policy as it is sent. The decision type checks its `defaults` and `bounds`. */
export const policyRequest = policySchema.meta({
  description: "An immutable version of a decision type's configuration.",
});

/** A policy version as it is kept. */
export const policyView = z.object({
  reference: z.string().meta({ description: "name@version, as requests name it." }),
  name: z.string(),
  version: z.int(),
  type: z.string(),
  policy: z.json().meta({ description: "The policy's content." }),
  digest: z.string().meta({ description: "SHA-256 of the content's canonical JSON, hex." }),
  createdAt: instant,
  principal: z.string().meta({ description: "Who added it." }),
});

/** See {@link policyRequest}; what has a default may be left out. */
export type PolicyRequest = z.input<typeof policyRequest>;
/** See {@link policyView}. */
export type PolicyView = z.infer<typeof policyView>;

/**
 * Station 2: which policy decides, with what probability it was chosen. Without experiments the
 * request or the type's default names it and the propensity is 1.
 */
import type { Policy } from "#decisions";
import { referenceOf } from "#decisions";
import type { AdmittedRequest } from "./admit.ts";
import type { PolicyShelf } from "./policy-shelf.ts";

/** The policy of one decision. */
export interface Assignment {
  readonly policy: Policy;
  readonly reference: string;
  /** SHA-256 of the policy's canonical JSON. */
  readonly digest: string;
  readonly arm: string;
  readonly propensity: number;
}

/** @throws Fault `unknown-policy`. */
export async function assign(shelf: PolicyShelf, admitted: AdmittedRequest): Promise<Assignment> {
  const { type, parsed, principal } = admitted;
  const reference = parsed.options.policy ?? referenceOf(type.defaultPolicy);
  const { policy, digest } = await shelf.find(principal.tenant, type, reference);
  return Object.freeze({ policy, reference, digest, arm: "default", propensity: 1 });
}

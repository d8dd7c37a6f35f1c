/**
 * The faults any decision type may raise on its way from a request to a problem.
 */
import { faultRows } from "#foundation";

/** Rows of the register that belong to the catalogue. */
export const decisionFaults = faultRows({
  requestInvalid: {
    code: "request-invalid",
    category: "invalid",
    retry: false,
    title: "The request does not keep the schema of its decision type.",
    remedy: "Correct every place listed under flaws and send the request again.",
  },
  outsidePolicy: {
    code: "outside-policy",
    category: "invalid",
    retry: false,
    title: "The request asks for something its policy or its item set does not hold.",
    remedy: "Keep to the bounds named under flaws, or name another policy or item set.",
  },
  intentsUnknown: {
    code: "intents-not-known",
    category: "refused",
    retry: false,
    title: "Nobody here can tell what a text is about.",
    remedy: "Say what is needed in place of the text, or start the server with an intent model.",
  },
  policyInvalid: {
    code: "policy-terms-invalid",
    category: "invalid",
    retry: false,
    title: "The defaults, bounds or safe answer of a policy do not fit its decision type.",
    remedy: "Correct every place listed under flaws; the type's page in docs/catalogue shows them.",
  },
  itemsInvalid: {
    code: "items-invalid",
    category: "invalid",
    retry: false,
    title: "The items to register do not keep the item schema of their decision type.",
    remedy: "Correct every place listed under flaws and register the set again.",
  },
  itemSetMissing: {
    code: "item-set-missing",
    category: "missing",
    retry: false,
    title: "The request names an item set that is not registered.",
    remedy: "Register the set with PUT /v1/items/{set} first, or send whole candidates.",
  },
});

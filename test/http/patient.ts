/**
 * A policy with time enough for a machine that is busy with other tests, and the smallest request
 * whose answer a rule decides: of a, b and c the best two are a and b, but for the rule.
 */
import { catalogue } from "#decisions";
import { present } from "#foundation";

/** The decision type all of them ask. */
export const ranking = present(catalogue[0], "the ranking type");

/** The default policy, only more patient. */
export const PATIENT = {
  ...ranking.defaultPolicy,
  name: "patient",
  contract: { ...ranking.defaultPolicy.contract, deadlineMs: 20_000, deadlineMsMax: 20_000 },
};

/** Answered by a and c, under {@link PATIENT}. */
export const REQUEST = {
  candidates: [
    { id: "a", score: 0.3, group: ["x"] },
    { id: "b", score: 0.2, group: ["x"] },
    { id: "c", score: 0.1, group: ["y"] },
  ],
  k: 2,
  rules: { maxPerGroup: { x: 1 } },
  options: { policy: "patient@1", seed: 7 },
};

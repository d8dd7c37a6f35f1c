/**
 * What a policy may say about ranking: `defaults` (weights, rules) and `bounds` within which a
 * request may choose. A rule is taken over whole, with its softness: what a request gives replaces
 * what the policy gives, except that exclusions add up.
 */
import { z } from "zod";
import type { Flaw } from "#foundation";
import { decisionFaults } from "../../faults.ts";
import { pointer, refuseFlawed } from "../../flaws.ts";
import { type Policy, referenceOf } from "../../policy.ts";
import { amountRange, oncePerPolicy, partFlaws, rangeFlaws } from "../../policy-parts.ts";
import type { RankingWeights } from "../question.ts";
import {
  answerSchema,
  limits,
  type RankingRequest,
  type RequestedRules,
  type RequestedWeights,
  RULE_NAMES,
  rulesSchema,
  weightsSchema,
} from "../schema.ts";

const range = amountRange(limits.amount);

const defaultsSchema = z.strictObject({
  weights: weightsSchema.optional(),
  // A pin names a candidate of one request, so a policy has none.
  rules: rulesSchema.omit({ pinned: true }).optional(),
});

const boundsSchema = z.strictObject({
  k: range.optional(),
  weights: z
    .strictObject({
      utility: range.optional(),
      diversity: range.optional(),
      freshness: range.optional(),
      halfLifeHours: range.optional(),
    })
    .optional(),
  rules: z.strictObject({ mayChange: z.array(z.enum(RULE_NAMES)).optional() }).optional(),
});

/** What weighs when neither request nor policy says: utility alone. */
const PLAIN_WEIGHTS: RankingWeights = Object.freeze({
  utility: 1,
  diversity: 0,
  freshness: 0,
  halfLifeHours: 72,
});

/** A policy's defaults and bounds, parsed. */
export interface PolicyTerms {
  readonly weights: RankingWeights;
  readonly rules: RequestedRules;
  readonly bounds: z.infer<typeof boundsSchema>;
}

/** The terms of `policy`. @throws Fault (invalid) if {@link checkPolicy} does. */
export const policyTerms = oncePerPolicy((policy): PolicyTerms => {
  checkPolicy(policy);
  const { weights = {}, rules = {} } = defaultsSchema.parse(policy.defaults);
  const bounds = boundsSchema.parse(policy.bounds);
  return Object.freeze({ weights: { ...PLAIN_WEIGHTS, ...weights }, rules, bounds });
});

/** @throws Fault (invalid) listing every flaw in the policy's defaults, bounds and safe answer. */
export function checkPolicy(policy: Policy): void {
  const parts = { defaults: defaultsSchema, bounds: boundsSchema, safe: answerSchema };
  const flaws = partFlaws(policy, parts);
  const defaults = defaultsSchema.safeParse(policy.defaults);
  const bounds = boundsSchema.safeParse(policy.bounds);
  if (defaults.success) {
    const { weights = {}, rules = {} } = defaults.data;
    flaws.push(...softFlaws(rules));
    const limitsOf = bounds.success ? bounds.data.weights : undefined;
    const effective = { ...PLAIN_WEIGHTS, ...weights };
    flaws.push(...weightFlaws(effective, limitsOf, "/defaults/weights", policy));
  }
  refuseFlawed(decisionFaults.policyInvalid, `flaws in policy ${referenceOf(policy)}`, flaws);
}

/** Where `request` leaves the bounds of its policy. */
export function boundFlaws(request: RankingRequest, terms: PolicyTerms, policy: Policy): Flaw[] {
  const { bounds } = terms;
  const flaws = rangeFlaws(request.k, bounds.k, "/k", "k", policy);
  flaws.push(...weightFlaws(request.weights ?? {}, bounds.weights, "/weights", policy));
  const mayChange = bounds.rules?.mayChange;
  if (mayChange === undefined || request.rules === undefined) return flaws;
  for (const name of RULE_NAMES) {
    if (request.rules[name] === undefined || mayChange.includes(name)) continue;
    flaws.push({
      pointer: pointer(["rules", name]),
      message: `expected none: bounds.rules.mayChange of ${referenceOf(policy)} does not list it`,
    });
  }
  return flaws;
}

function weightFlaws(
  weights: RequestedWeights,
  bounds: PolicyTerms["bounds"]["weights"],
  at: string,
  policy: Policy,
): Flaw[] {
  const names = ["utility", "diversity", "freshness", "halfLifeHours"] as const;
  return names.flatMap((name) =>
    rangeFlaws(weights[name], bounds?.[name], `${at}/${name}`, `weights.${name}`, policy),
  );
}

function softFlaws(rules: RequestedRules): Flaw[] {
  return RULE_NAMES.flatMap((name): Flaw[] => {
    if (name === "excluded" || rules.soft?.[name] === undefined) return [];
    if (rules[name] !== undefined && rules[name] !== false) return [];
    const message = "expected the name of a rule given beside it, got none such";
    return [{ pointer: pointer(["defaults", "rules", "soft", name]), message }];
  });
}

/**
 * What a policy may say about routing: `defaults` (weights, hold, effects, and what is needed by
 * whom whose text has which intent) and `bounds` within which a request may choose its weights.
 */
import { z } from "zod";
import type { Flaw } from "#foundation";
import { decisionFaults } from "../../faults.ts";
import { refuseFlawed } from "../../flaws.ts";
import { type Policy, referenceOf } from "../../policy.ts";
import { amountRange, oncePerPolicy, partFlaws, rangeFlaws } from "../../policy-parts.ts";
import type { RoutingEffects, RoutingQuestion, RoutingWeights } from "../question.ts";
import {
  answerSchema,
  effectsSchema,
  holdSchema,
  limits,
  needsSchema,
  type RoutingNeed,
  weightsSchema,
} from "../schema.ts";

const range = amountRange(limits.amount);

const needs = needsSchema.refine(
  (list) => new Set(list.map(({ skill }) => skill)).size === list.length,
  "expected each skill once, got one again",
);

const defaultsSchema = z.strictObject({
  weights: weightsSchema.optional(),
  hold: holdSchema.optional(),
  effects: effectsSchema.optional(),
  intents: z
    .record(z.string().min(1).max(limits.nameLength), needs)
    .refine(
      (intents) => Object.keys(intents).length <= limits.intents,
      `expected at most ${limits.intents} intents`,
    )
    .optional(),
  unclear: needs.optional(),
});

const boundsSchema = z.strictObject({
  weights: z.partialRecord(weightsSchema.keyof(), range).optional(),
});

/** What weighs when neither request nor policy says. */
const PLAIN_WEIGHTS: RoutingWeights = Object.freeze({
  value: 1,
  priority: 100,
  serviceLevel: 200,
  delay: 50,
  cost: 1,
  idle: 5,
  load: 5,
});
const PLAIN_HOLD = Object.freeze({ seconds: 30, trust: 0.5 });
const PLAIN_EFFECTS: RoutingEffects = Object.freeze({
  interference: 0,
  sameLanguage: 0,
  teamBalance: 0,
  shortlist: 8,
});

/** Who helps a contact whose text is not clear. */
const PLAIN_UNCLEAR: readonly RoutingNeed[] = Object.freeze([{ skill: "general" }]);

/** A policy's defaults and bounds, parsed. */
export interface PolicyTerms {
  readonly weights: RoutingWeights;
  readonly hold: RoutingQuestion["hold"];
  readonly effects: RoutingEffects;
  /** What contacts need by the intent their text was found to have. */
  readonly intents: ReadonlyMap<string, readonly RoutingNeed[]>;
  /** What they need when none was found. */
  readonly unclear: readonly RoutingNeed[];
  readonly bounds: z.infer<typeof boundsSchema>;
}

/** The terms of `policy`. @throws Fault (invalid) if {@link checkPolicy} does. */
export const policyTerms = oncePerPolicy((policy): PolicyTerms => {
  checkPolicy(policy);
  const { weights, hold, effects, intents, unclear } = defaultsSchema.parse(policy.defaults);
  return Object.freeze({
    weights: { ...PLAIN_WEIGHTS, ...weights },
    hold: { ...PLAIN_HOLD, ...hold },
    effects: { ...PLAIN_EFFECTS, ...effects },
    intents: new Map(Object.entries(intents ?? {})),
    unclear: unclear ?? PLAIN_UNCLEAR,
    bounds: boundsSchema.parse(policy.bounds),
  });
});

/** @throws Fault (invalid) listing every flaw in the policy's defaults, bounds and safe answer. */
export function checkPolicy(policy: Policy): void {
  const parts = { defaults: defaultsSchema, bounds: boundsSchema, safe: answerSchema };
  const flaws = partFlaws(policy, parts);
  const defaults = defaultsSchema.safeParse(policy.defaults);
  const bounds = boundsSchema.safeParse(policy.bounds);
  if (defaults.success && bounds.success) {
    const weights = { ...PLAIN_WEIGHTS, ...defaults.data.weights };
    flaws.push(...weightFlaws(weights, bounds.data, "/defaults/weights", policy));
  }
  refuseFlawed(decisionFaults.policyInvalid, `flaws in policy ${referenceOf(policy)}`, flaws);
}

/** Weights outside the bounds of their policy. */
export function weightFlaws(
  weights: z.infer<typeof weightsSchema>,
  bounds: PolicyTerms["bounds"],
  at: string,
  policy: Policy,
): Flaw[] {
  return weightsSchema
    .keyof()
    .options.flatMap((name) =>
      rangeFlaws(weights[name], bounds.weights?.[name], `${at}/${name}`, `weights.${name}`, policy),
    );
}

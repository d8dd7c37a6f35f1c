/**
 * The schemas of `ranking`: request, answer and registered item. Route, OpenAPI and forms are made
 * from them, so units stand in the descriptions (`x-unit`) and personal members are marked
 * (`x-privacy`). Nothing here transforms: what passes is what was sent.
 */
import { z } from "zod";
import { policyReference } from "../policy.ts";
import { wellFormedText } from "../well-formed-text.ts";

/** The sizes a request may have. */
export const limits = Object.freeze({
  candidates: 2000,
  positions: 100,
  embedding: 1024,
  groupsPerItem: 32,
  similarityPairs: 100_000,
  pins: 200,
  groupLimits: 1000,
  idLength: 200,
  groupLength: 100,
  titleLength: 500,
  contextDepth: 16,
  contextValues: 10_000,
  amount: 1e12,
});

/** Members of a request that are about a person; kept apart from the sealed record. */
export const PERSONAL_MEMBERS = Object.freeze(["subject", "context"] as const);

/** The rules a request may give; also the names under `bounds.rules.mayChange` of a policy. */
export const RULE_NAMES = Object.freeze([
  "maxPerGroup",
  "minPerGroup",
  "minFresh",
  "pinned",
  "excluded",
  "spacing",
] as const);

/** The rules that may be soft: all but `excluded`. */
export const SOFT_RULE_NAMES = Object.freeze([
  "maxPerGroup",
  "minPerGroup",
  "minFresh",
  "pinned",
  "spacing",
] as const);

const itemId = wellFormedText(limits.idLength);
const groupName = wellFormedText(limits.groupLength);
const finite = z.number().min(-limits.amount).max(limits.amount);
const amount = z.number().min(0).max(limits.amount);
const hours = (description: string) => amount.meta({ description, "x-unit": "hours" });
const halfLifeHours = z
  .number()
  .gt(0)
  .max(limits.amount)
  .meta({ description: "Age at which freshness has halved.", "x-unit": "hours" });
const groups = z
  .array(groupName)
  .max(limits.groupsPerItem)
  .meta({ description: "Groups the item belongs to, e.g. category or brand." });
const price = z
  .int()
  .min(0)
  .meta({ description: "Price as an integer count of minor units.", "x-unit": "minor units" });
const embedding = z
  .array(z.number())
  .min(1)
  .max(limits.embedding)
  .meta({ description: "Direction that says what the item is like; all of one length." });

const candidate = z.strictObject({
  id: itemId,
  score: finite.meta({ description: "Expected utility, as your model sees it." }),
  group: groups.optional(),
  ageHours: hours("Age at the decision; without it the item has no freshness.").optional(),
  price: price.optional(),
  embedding: embedding.optional(),
});

const groupCounts = (description: string) =>
  z
    .record(groupName, z.int().min(0).max(limits.candidates))
    .refine(
      (counts) => Object.keys(counts).length <= limits.groupLimits,
      `expected at most ${limits.groupLimits} groups`,
    )
    .meta({ description, "x-unit": "items" });

/** Penalties per violation, by rule. */
const softSchema = z
  .strictObject({
    maxPerGroup: amount.optional(),
    minPerGroup: amount.optional(),
    minFresh: amount.optional(),
    pinned: amount.optional(),
    spacing: amount.optional(),
  })
  .meta({
    description: "Penalty per violation; a rule of this request named here is paid for, not kept.",
  });

/** What must hold of the answer; a rule is hard unless `soft` names it. */
export const rulesSchema = z.strictObject({
  maxPerGroup: groupCounts('Most items of a group; "*" for each group without its own.').optional(),
  minPerGroup: groupCounts(
    'Fewest items of a group; "*" for each group without its own.',
  ).optional(),
  minFresh: z
    .strictObject({
      count: z.int().min(0).max(limits.candidates).meta({ "x-unit": "items" }),
      withinHours: hours("The greatest age that counts as fresh."),
    })
    .optional(),
  pinned: z
    .array(
      z.strictObject({
        id: itemId,
        position: z.int().min(1).max(1_000_000).meta({ description: "Counts from 1." }),
      }),
    )
    .max(limits.pins)
    .optional(),
  excluded: z.array(itemId).max(limits.candidates).optional(),
  spacing: z.boolean().meta({ description: "No two neighbours share a group." }).optional(),
  soft: softSchema.optional(),
});

/** What the objective weighs. */
export const weightsSchema = z.strictObject({
  utility: amount.optional(),
  diversity: amount.meta({ description: "Cost of a mean pair similarity of 1." }).optional(),
  freshness: amount.meta({ description: "Worth of an item of age 0." }).optional(),
  halfLifeHours: halfLifeHours.optional(),
});

/** `POST /v1/decisions/ranking`. */
export const requestSchema = z.strictObject({
  candidates: z.array(candidate).max(limits.candidates),
  k: z
    .int()
    .min(1)
    .max(limits.positions)
    .meta({ description: "How many positions to fill.", "x-unit": "items" }),
  items: z
    .string()
    .regex(/^[A-Za-z0-9][A-Za-z0-9._-]{0,63}$/)
    .meta({ description: "Registered item set; a candidate then needs only id and score." })
    .optional(),
  similarity: z
    .array(z.strictObject({ a: itemId, b: itemId, value: z.number().min(0).max(1) }))
    .max(limits.similarityPairs)
    .meta({ description: "Similarity of pairs, in place of the cosine of embeddings." })
    .optional(),
  rules: rulesSchema.optional(),
  weights: weightsSchema.optional(),
  subject: z
    .strictObject({ id: wellFormedText(limits.idLength) })
    .meta({ description: "Whom the decision is for, by pseudonym.", "x-privacy": "personal" })
    .optional(),
  context: z
    .record(z.string(), z.unknown())
    .meta({ description: "Anything known of the situation.", "x-privacy": "personal" })
    .optional(),
  options: z
    .strictObject({
      deadlineMs: z.int().min(1).max(3_600_000).meta({ "x-unit": "ms" }).optional(),
      policy: policyReference.optional(),
      seed: z.int().optional(),
    })
    .optional(),
});

/** The answer: the chosen items, first position first. */
export const answerSchema = z.strictObject({
  items: z.array(z.strictObject({ id: itemId, position: z.int().min(1) })),
  requested: z.int().min(1).meta({ description: "How many positions were asked for." }),
  shortenedBy: z.array(z.string()).meta({
    description: 'Why there are fewer: rules, or "candidates"; empty when there are not.',
  }),
});

/** One registered item. */
export const itemSchema = z
  .strictObject({
    id: itemId,
    title: wellFormedText(limits.titleLength).optional(),
    group: groups.optional(),
    price: price.optional(),
    embedding: embedding.optional(),
    ageHours: hours("Age, if it does not change.").optional(),
    firstSeenAt: z.iso
      .datetime({ offset: true })
      .meta({ description: "When the item was first on offer; its age is counted from here." })
      .optional(),
  })
  .refine((item) => item.ageHours === undefined || item.firstSeenAt === undefined, {
    message: "expected ageHours or firstSeenAt, got both",
    path: ["firstSeenAt"],
  });

/** See {@link requestSchema}. */
export type RankingRequest = z.infer<typeof requestSchema>;
/** See {@link answerSchema}. */
export type RankingAnswer = z.infer<typeof answerSchema>;
/** See {@link itemSchema}. */
export type RankingItem = z.infer<typeof itemSchema>;
/** See {@link rulesSchema}. */
export type RequestedRules = z.infer<typeof rulesSchema>;
/** See {@link weightsSchema}. */
export type RequestedWeights = z.infer<typeof weightsSchema>;

/**
 * Decisions on the wire: the reply, its line in a list, and everything kept about one. The answer's
 * own schema is the decision type's and is passed in.
 */
import { z } from "zod";
import type { Json } from "#foundation";
import { keptOutcome } from "./outcome.ts";
import { instant, uuid } from "./scalar.ts";

/** The steps of the ladder, best first. */
export const rungs = ["proved", "portfolio", "incumbent", "rule", "safe"] as const;

/** How good an answer is; every field is computed, none claimed. */
const quality = z
  .object({
    rung: z.enum(rungs).meta({
      description:
        "The step of the ladder that answered: proved, portfolio, incumbent, rule, safe.",
    }),
    status: z.enum(["optimal", "feasible"]).meta({
      description: "`optimal`: best for these scores and rules, nothing more.",
    }),
    objective: z.number(),
    bound: z.number().nullable().meta({ description: "No answer can be better than this." }),
    gap: z.number().nullable().meta({
      description: "|bound - objective| / max(|bound|, |objective|, 1e-9).",
    }),
    ruleObjective: z.number().nullable().meta({
      description: "What the decision type's own deterministic rule reaches.",
    }),
    solver: z.string(),
  })
  .meta({ description: "How good the answer is." });

/** Where the time went, in milliseconds. */
const timing = z
  .object({
    receivedAt: instant,
    deadlineMs: z.number(),
    totalMs: z.number(),
    solveMs: z.number(),
  })
  .meta({ description: "Where the time went, in milliseconds." });

/** One statement about the answer. */
const reason = z
  .object({
    subject: z.string().meta({ description: "What it speaks of: an item's id, a rule's name." }),
    kind: z.enum(["chosen", "left-out", "answer"]),
    text: z.string(),
    facts: z.record(z.string(), z.json()).meta({ description: "The numbers behind the words." }),
  })
  .meta({ description: "One statement about the answer, in words made from its facts." });

/** The reply to a decision request whose answer has the schema `answer`. */
export function decisionReply<Answer extends z.ZodType>(answer: Answer) {
  return z.object({
    decisionId: uuid,
    answer,
    quality,
    reasons: z.array(reason).readonly(),
    policy: z.string().meta({ description: "The policy that decided, as name@version." }),
    timing,
    unrecorded: z.literal(true).optional().meta({
      description: "The record could not be made durable and the policy allows answering anyway.",
    }),
  });
}

/** The line of a decision in a list. */
export const decisionSummary = z.object({
  decisionId: uuid,
  type: z.string(),
  policy: z.string(),
  at: instant,
  rung: z.string(),
  status: z.string(),
  latencyMs: z.number(),
  deadlineMs: z.number().nullable().meta({
    description: "Null for decisions of an earlier version; their record has it.",
  }),
  gap: z.number().nullable(),
});

/** A decision with everything kept about it. */
export const decisionView = z.object({
  reply: decisionReply(z.json()),
  request: z.json().meta({
    description: "What was asked, personal members left out; null once it has been erased.",
  }),
  record: z.json().meta({ description: "The sealed record that a replay starts from." }),
  recordDigest: z.string().meta({ description: "SHA-256 of the record's canonical JSON, hex." }),
  outcomes: z.array(keptOutcome).readonly(),
});

/** See {@link decisionReply}; the answer is the decision type's own. */
export type DecisionReply = z.infer<ReturnType<typeof decisionReply<z.ZodType<Json>>>>;
/** See {@link decisionSummary}. */
export type DecisionSummary = z.infer<typeof decisionSummary>;
/** See {@link decisionView}. */
export type DecisionView = z.infer<typeof decisionView>;
/** How good an answer is. */
export type Quality = z.infer<typeof quality>;

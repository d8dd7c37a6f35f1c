/**
 * Outcomes on the wire: what happened after a decision, reported by the caller, joined by decision
 * id. Outcome ids are the caller's, so a report can be sent again without counting twice.
 */
import { z } from "zod";
import { instant, money, uuid } from "./scalar.ts";

/** The most outcomes one report may hold. */
const OUTCOMES_PER_REPORT_MAX = 1000;

const name = z.string().min(1).max(200);

/** An outcome as its reporter sends it. */
export const outcomeReport = z
  .strictObject({
    outcomeId: name.meta({
      description: "Chosen by the caller; the same id again is the same event.",
    }),
    decisionId: uuid,
    item: name.optional().meta({ description: "The chosen item it concerns." }),
    position: z.int().min(1).max(100_000).optional().meta({ description: "Counted from 1." }),
    kind: name.meta({ description: "What happened, e.g. click, order." }),
    value: z
      .union([money, z.number()], { error: "expected a number, or money {minor, currency}" })
      .optional(),
    at: instant,
  })
  .meta({ description: "Something that happened after a decision." });

/** One outcome or several. */
export const outcomeReports = z.union([
  outcomeReport,
  z.array(outcomeReport).max(OUTCOMES_PER_REPORT_MAX),
]);

/** What became of one reported outcome. */
const outcomeReceipt = z.object({
  outcomeId: z.string(),
  result: z.enum(["recorded", "duplicate", "conflict", "unknown-decision"]).meta({
    description:
      "`duplicate`: already there, same content. `conflict`: already there, other content; " +
      "not stored.",
  }),
  late: z.boolean().meta({ description: "It came after the window in which it counts." }),
});

/** One receipt per outcome, in the order of the report. */
export const outcomeReceipts = z.object({ results: z.array(outcomeReceipt).readonly() });

/**
 * An outcome as it is kept. `currency` is null for plain numbers; both are null if the kind has no
 * value.
 */
export const keptOutcome = z.object({
  outcomeId: z.string(),
  item: z.string().nullable(),
  position: z.int().nullable(),
  kind: z.string(),
  value: z.number().nullable(),
  currency: z.string().nullable(),
  at: instant,
  receivedAt: instant,
  late: z.boolean(),
});

/** See {@link outcomeReceipts}. */
export type OutcomeReceipt = z.infer<typeof outcomeReceipt>;
/** See {@link outcomeReport}. */
export type OutcomeReport = z.infer<typeof outcomeReport>;

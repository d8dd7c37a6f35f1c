/**
 * Studies on the wire: the simulated week of a contact centre as it goes by, and the page at its
 * end.
 */
import { z } from "zod";

/** What `POST /v1/studies/contact-centre-week` takes. */
export const weekRequest = z.strictObject({
  days: z.int().min(2).max(28).multipleOf(2).default(6).meta({
    description: "Opening days, even: every hour is paired with the next day's; six are a week.",
  }),
  seed: z
    .int()
    .min(0)
    .max(2 ** 31)
    .default(1)
    .meta({ description: "Same seed, same contacts and coins." }),
  speed: z.number().min(150).max(1_000_000).default(3600).meta({
    description: "Seconds of the centre per second of the watcher, at most, nights aside.",
  }),
});

const arm = z.enum(["control", "treatment"]);

const centreFrame = z.object({
  atSeconds: z.number(),
  time: z.string().meta({ description: "The same as the centre's clock shows it: Tue 10:32." }),
  runSeconds: z.number(),
  arm,
  classes: z
    .array(z.object({ id: z.string(), waiting: z.int(), longestWaitSeconds: z.number() }))
    .readonly(),
  groups: z.array(z.object({ id: z.string(), staffed: z.int(), busy: z.int() })).readonly(),
  arms: z
    .array(
      z.object({
        arm,
        offered: z.int(),
        abandoned: z.int(),
        serviceLevel: z.number().nullable().meta({ description: "Null before the first contact." }),
      }),
    )
    .readonly(),
  decisions: z.int(),
});

const moneyLine = z.object({
  title: z.string(),
  median: z.string(),
  lower: z.string(),
  upper: z.string(),
});

const board = z.object({
  title: z.string(),
  lead: z.string(),
  conclusion: z.string(),
  figures: z
    .array(
      z.object({
        title: z.string(),
        rule: z.string(),
        tandem: z.string(),
        change: z.string(),
        interval: z.string(),
        finding: z.enum(["better", "worse", "changed", "not-shown"]),
      }),
    )
    .readonly(),
  money: z.array(moneyLine).readonly(),
  words: z.array(z.string()).readonly(),
  risk: z.array(z.string()).readonly(),
  solvedBy: z.array(z.string()).readonly(),
  assumptions: z.array(z.string()).readonly(),
});

/** See {@link weekRequest}, as a caller writes it. */
export type WeekRequest = z.input<typeof weekRequest>;
/** A look at the floor; times in seconds since the first Monday 00:00, no Sundays. */
export type CentreFrame = z.infer<typeof centreFrame>;
/** The page for a board, in words and numbers made for reading. */
export type Board = z.infer<typeof board>;

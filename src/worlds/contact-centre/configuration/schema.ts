/**
 * The schema of a contact centre as its user describes it: who calls, who answers, when, and how
 * long a run lasts. Units stand in the names; what may be left out has its default here.
 */
import { z } from "zod";

/** The sizes a centre may have. */
export const LIMITS = Object.freeze({
  classes: 50,
  groups: 50,
  agents: 5000,
  shiftsPerGroup: 200,
  breaksPerShift: 20,
  tableSteps: 2016,
  hours: 8784,
  contactsPerRun: 5_000_000,
  concurrency: 10,
});

const name = z.string().min(1).max(100);
const seconds = z.number().gt(0).max(1e7);
const weight = z.number().gt(0).max(1e6);
const minuteOfDay = z.number().min(0).max(2880);

const duration = z.discriminatedUnion("kind", [
  z.strictObject({ kind: z.literal("fixed"), meanSeconds: seconds }),
  z.strictObject({ kind: z.literal("exponential"), meanSeconds: seconds }),
  z.strictObject({
    kind: z.literal("log-normal"),
    meanSeconds: seconds,
    cv: z.number().gt(0).max(10),
  }),
]);

const arrivals = z.discriminatedUnion("kind", [
  z.strictObject({ kind: z.literal("constant"), perHour: z.number().min(0).max(1e6) }),
  z.strictObject({ kind: z.literal("bank-week"), perDay: z.number().min(0).max(1e7) }),
  z.strictObject({
    kind: z.literal("table"),
    stepMinutes: z.number().gt(0).max(1440),
    perHour: z.array(z.number().min(0).max(1e6)).min(1).max(LIMITS.tableSteps),
  }),
  z.strictObject({
    kind: z.literal("calls"),
    file: z.string().min(1),
    share: z.number().gt(0).max(100).default(1),
  }),
]);

const fraction = z.number().min(0).max(1);
const points = z.number().min(0).max(4);

const outcome = z.strictObject({
  resolved: fraction,
  transferred: fraction.default(0),
  satisfaction: z
    .strictObject({
      mean: z.number().min(1).max(5),
      deviation: points.default(1),
      unresolvedLoss: points.default(1),
      lossPerMinute: points.default(0.1),
      answeredShare: fraction.default(1),
    })
    .optional(),
});

const contactClass = z.strictObject({
  id: name,
  channel: name.default("voice"),
  skill: name.optional(),
  sites: z.array(name).min(1).max(LIMITS.groups).optional(),
  arrivals,
  dayCv: z.number().min(0).max(2).default(0),
  handle: duration,
  patience: duration.optional(),
  redial: z.strictObject({ probability: z.number().min(0).max(0.99), delay: duration }).optional(),
  withinSeconds: z.number().min(0).max(1e6).default(20),
  waitCost: weight.default(1),
  queueShare: weight.optional(),
  value: z.number().min(0).max(1e9).default(100),
  outcome: outcome.optional(),
});

const shift = z.strictObject({
  agents: z.int().min(1).max(LIMITS.agents),
  days: z.array(z.int().min(1).max(7)).min(1).max(7).default([1, 2, 3, 4, 5, 6, 7]),
  fromMinute: minuteOfDay.max(1440),
  untilMinute: minuteOfDay,
  breaks: z
    .array(z.strictObject({ fromMinute: minuteOfDay, untilMinute: minuteOfDay }))
    .max(LIMITS.breaksPerShift)
    .default([]),
});

const group = z.strictObject({
  id: name,
  site: name.default("main"),
  agents: z.int().min(1).max(LIMITS.agents).optional(),
  shifts: z.array(shift).min(1).max(LIMITS.shiftsPerGroup).optional(),
  skills: z.record(name, z.number().gt(0).max(1)),
  concurrency: z.record(name, z.int().min(1).max(LIMITS.concurrency)).optional(),
  interference: z.number().min(0).max(10).default(0),
});

/** A whole centre. */
export const centreSchema = z.strictObject({
  classes: z.array(contactClass).min(1).max(LIMITS.classes),
  groups: z.array(group).min(1).max(LIMITS.groups),
  hours: z.number().gt(0).max(LIMITS.hours).default(168),
  warmUpHours: z.number().min(0).max(LIMITS.hours).default(4),
  tickSeconds: z.number().min(0.1).max(3600).optional(),
  abandonments: z.enum(["missed", "excluded", "short-excluded"]).default("missed"),
});

/** A centre as its user describes it, defaults filled in. */
export type CentreText = z.infer<typeof centreSchema>;

/** One class of contacts in it. */
export type ClassText = CentreText["classes"][number];

/** One group of agents in it. */
export type GroupText = CentreText["groups"][number];

/** One shift of a group. */
export type ShiftText = z.infer<typeof shift>;

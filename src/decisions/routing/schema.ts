/**
 * The schemas of `routing`: request and answer. Route, OpenAPI and forms are made from them, so
 * units stand in the descriptions (`x-unit`). Contacts and agents go by pseudonyms, marked as such
 * (`x-privacy`). What contacts say is personal and goes its own way: a tick is decided again from
 * what their texts were found to be about. Nothing here transforms: what passes is what was sent.
 */
import { z } from "zod";
import { policyReference } from "../policy.ts";
import { wellFormedText } from "../well-formed-text.ts";

/** The sizes a request may have. */
export const limits = Object.freeze({
  contacts: 2000,
  agents: 2000,
  /** Contacts times agents. */
  pairs: 1_000_000,
  /** Contacts times shortlist, where pairwise effects are weighed. */
  listedPairs: 2000,
  needs: 16,
  textLength: 2000,
  /** Characters of all texts; telling what they are about takes time no search can use. */
  textsLength: 50_000,
  intents: 1000,
  skills: 64,
  channels: 16,
  languages: 32,
  slots: 1000,
  idLength: 200,
  nameLength: 100,
  seconds: 1e7,
  /** Of times that others are divided by: beyond its square, no number tells two worths apart. */
  secondsMin: 0.001,
  /** A place is taken for as long as it is reserved, whatever becomes of its contact. */
  reserveSeconds: 3600,
  amount: 1e12,
});

const id = wellFormedText(limits.idLength);
const name = wellFormedText(limits.nameLength);
const share = z.number().min(0).max(1);
const amount = z.number().min(0).max(limits.amount);
const money = (description: string) => amount.meta({ description, "x-unit": "minor units" });
const seconds = (description: string) =>
  z.number().min(0).max(limits.seconds).meta({ description, "x-unit": "seconds" });
const someSeconds = (description: string) =>
  z.number().min(limits.secondsMin).max(limits.seconds).meta({ description, "x-unit": "seconds" });
const slots = (description: string) =>
  z.int().min(0).max(limits.slots).meta({ description, "x-unit": "contacts" });

const need = z.strictObject({
  skill: name.meta({ description: "A skill, or an intent that agents are trained for." }),
  weight: amount
    .meta({
      description: "How much it counts among the needs; 1. With 0 it is needed all the same.",
    })
    .optional(),
  atLeast: share.meta({ description: "Least proficiency that will do; any above 0." }).optional(),
});

/** What is needed of whoever serves a contact. */
export const needsSchema = z
  .array(need)
  .max(limits.needs)
  .meta({ description: "All of them are needed." });

/** One contact that waits. */
const contactSchema = z.strictObject({
  id: id.meta({ description: "Your pseudonym for it; unique.", "x-privacy": "pseudonym" }),
  channel: name.meta({ description: "How it came: voice, chat, e-mail." }),
  waitedSeconds: seconds("How long it has waited."),
  needs: needsSchema.optional(),
  text: wellFormedText(limits.textLength)
    .meta({
      description: "What it is about in its own words, in place of needs.",
      "x-privacy": "personal",
    })
    .optional(),
  value: money("What serving it well is worth; 100.").optional(),
  priority: amount.meta({ description: "How urgent it is beyond its waiting; 0." }).optional(),
  slaSeconds: someSeconds("To be answered within; 20.").optional(),
  patienceSeconds: someSeconds("Mean time until such a contact leaves; never.").optional(),
  handleSeconds: someSeconds("Time it takes an agent that fits wholly; 240.").optional(),
  language: name.meta({ description: "The agent has to have it." }).optional(),
  allowedAgents: z
    .array(id)
    .max(limits.agents)
    .meta({ description: "No agent but these." })
    .optional(),
  mayOverflow: z.boolean().meta({ description: "May go to the overflow." }).optional(),
  mayCallBack: z.boolean().meta({ description: "Would accept a call-back." }).optional(),
});

/** One agent, at work or soon free. */
const agentSchema = z.strictObject({
  id: id.meta({ description: "Your pseudonym for it; unique.", "x-privacy": "pseudonym" }),
  skills: z
    .record(name, share)
    .refine(
      (skills) => Object.keys(skills).length <= limits.skills,
      `expected at most ${limits.skills} skills`,
    )
    .meta({ description: "Proficiency by skill: 0 not at all, 1 fully." })
    .optional(),
  languages: z
    .array(name)
    .max(limits.languages)
    .meta({ description: "Any language if absent." })
    .optional(),
  concurrency: z
    .record(name, slots("Contacts of the channel the agent can take now."))
    .refine(
      (channels) => Object.keys(channels).length <= limits.channels,
      `expected at most ${limits.channels} channels`,
    )
    .meta({ description: "Free places by channel; `contactsMax` of any channel if absent." })
    .optional(),
  contactsMax: slots(
    "Contacts the agent can take now over all channels; the largest of `concurrency`, 1 without.",
  ).optional(),
  freeInSeconds: seconds("When the places become free; now.").optional(),
  costPerHour: money("What an hour of the agent costs; 0.").optional(),
  idleSeconds: seconds("How long the agent has been idle; 0.").optional(),
  contactsToday: z
    .int()
    .min(0)
    .max(1e6)
    .meta({ description: "Contacts taken today, for fairness; 0.", "x-unit": "contacts" })
    .optional(),
  team: name.meta({ description: "Team whose load is balanced." }).optional(),
});

/** What the objective weighs; amounts are in the minor units of values and costs. */
export const weightsSchema = z.strictObject({
  value: amount.meta({ description: "Factor on the values of contacts." }).optional(),
  priority: money("Worth of a point of priority.").optional(),
  serviceLevel: money("Worth of an answer within the target.").optional(),
  delay: money("Cost of having waited once the target; grows with the square.").optional(),
  cost: amount.meta({ description: "Factor on costs." }).optional(),
  idle: money("Worth of giving the longest idle agent a contact.").optional(),
  load: money("Cost of giving the most loaded agent another contact.").optional(),
});

/** What holding a contact is reckoned to mean. */
export const holdSchema = z.strictObject({
  seconds: someSeconds("How long a contact that is held waits for the next chance.").optional(),
  trust: share.meta({ description: "Share of its worth that holding is reckoned at." }).optional(),
});

/** Effects of pairs of contacts; they make the question quadratic. */
export const effectsSchema = z.strictObject({
  interference: money("Cost of each two contacts one agent is given at once.").optional(),
  sameLanguage: money("Worth of such two sharing their language.").optional(),
  teamBalance: money("Cost of a team's contacts squared, over its agents.").optional(),
  shortlist: z
    .int()
    .min(1)
    .max(limits.listedPairs)
    .meta({
      description: "Agents a contact may go to: half the best, half in turn.",
      "x-unit": "agents",
    })
    .optional(),
});

/** `POST /v1/decisions/routing`. */
export const requestSchema = z.strictObject({
  contacts: z.array(contactSchema).max(limits.contacts),
  agents: z.array(agentSchema).max(limits.agents),
  overflow: z
    .strictObject({
      slots: slots("Contacts it takes at this tick; any number.").optional(),
      fit: share.meta({ description: "How well it serves any contact." }),
      cost: money("Cost of each contact; 0.").optional(),
    })
    .meta({ description: "A partner or another site that takes contacts now." })
    .optional(),
  callBack: z
    .strictObject({
      slots: slots("Call-backs that can be promised at this tick; any number.").optional(),
      afterSeconds: seconds("When the contact is called back."),
      reached: share.meta({ description: "Share of contacts that are reached then." }),
      cost: money("Cost of each call-back; 0.").optional(),
    })
    .optional(),
  weights: weightsSchema.optional(),
  hold: holdSchema.optional(),
  effects: effectsSchema.optional(),
  reserve: z
    .strictObject({
      seconds: z.number().gt(0).max(limits.reserveSeconds).meta({
        description:
          "How long the places stay reserved; about the delay until you count them taken.",
        "x-unit": "seconds",
      }),
    })
    .meta({
      description:
        "Reserves the places given under the decision's id, so that no other tick gives them too " +
        "until the time is up or they are released; one you already count as taken counts twice.",
    })
    .optional(),
  options: z
    .strictObject({
      deadlineMs: z.int().min(1).max(3_600_000).meta({ "x-unit": "ms" }).optional(),
      policy: policyReference.optional(),
      seed: z.int().optional(),
    })
    .optional(),
});

/** Why a contact is held. */
export const HOLD_REASONS = Object.freeze([
  "agent-soon-free",
  "no-agent",
  "agents-taken",
  "better-later",
] as const);

/** What happens to one contact. */
const actionSchema = z.discriminatedUnion("action", [
  z.strictObject({ id, action: z.literal("assign"), agent: id }),
  z.strictObject({
    id,
    action: z.literal("hold"),
    untilSeconds: seconds("From now."),
    why: z.enum(HOLD_REASONS),
    agent: id.meta({ description: "Who is kept for it, once free." }).optional(),
  }),
  z.strictObject({ id, action: z.literal("overflow") }),
  z.strictObject({ id, action: z.literal("call-back"), afterSeconds: seconds("From now.") }),
]);

/** The answer: what happens to each contact, in the order of the request. */
export const answerSchema = z.strictObject({ contacts: z.array(actionSchema) });

/** See {@link requestSchema}. */
export type RoutingRequest = z.infer<typeof requestSchema>;
/** See {@link answerSchema}. */
export type RoutingAnswer = z.infer<typeof answerSchema>;
/** What happens to one contact. */
export type RoutingAction = z.infer<typeof actionSchema>;
/** One contact of a request. */
export type RoutingContact = z.infer<typeof contactSchema>;
/** A skill that is needed. */
export type RoutingNeed = z.infer<typeof need>;
/** One agent of a request. */
export type RoutingAgent = z.infer<typeof agentSchema>;

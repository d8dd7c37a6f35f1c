/**
 * Seeded routing requests over all kinds of members: several channels and places, agents soon free,
 * languages, overflow and call-back, limited or not, effects of pairs, or none of them. The same
 * seed gives the same request on every machine.
 */
import { type RandomStream, randomStream } from "#foundation";
import type {
  RoutingAgent,
  RoutingContact,
  RoutingRequest,
} from "../../src/decisions/routing/schema.ts";

/** What may be fixed instead of drawn. */
export interface TickSizes {
  /** Drawn from 0 to 7 if absent. */
  readonly contactCount?: number;
  /** Drawn from 0 to 5 if absent. */
  readonly agentCount?: number;
  /** Whether pairs have effects; drawn if absent. */
  readonly hasEffects?: boolean;
  /** Whether some agents have several places; drawn if absent. */
  readonly hasPlaces?: boolean;
}

const SKILLS = ["cards", "mortgage", "fraud", "constructor", "été"];
const CHANNELS = ["voice", "chat"];
const LANGUAGES = ["en", "pt"];

/** The request of `seed`. */
export function routingRequest(seed: number, sizes: TickSizes = {}): RoutingRequest {
  const random = randomStream(seed, "routing-request");
  const contactCount = sizes.contactCount ?? random.below(8);
  const agentCount = sizes.agentCount ?? random.below(6);
  const hasEffects = sizes.hasEffects ?? random.below(4) === 0;
  const hasPlaces = sizes.hasPlaces ?? random.below(2) === 0;
  const contacts = Array.from({ length: contactCount }, (_, index) => contact(random, index));
  return {
    contacts: contacts.map((one) =>
      random.below(10) === 0 ? { ...one, allowedAgents: ["agent-0", "agent-1"] } : one,
    ),
    agents: Array.from({ length: agentCount }, (_, index) => agent(random, index, hasPlaces)),
    ...(random.below(2) === 0 && {
      overflow: { fit: random.unit(), cost: random.below(200), ...limit(random) },
    }),
    ...(random.below(2) === 0 && {
      callBack: { afterSeconds: 600, reached: random.unit(), cost: 50, ...limit(random) },
    }),
    ...(random.below(2) === 0 && {
      weights: { serviceLevel: random.below(500), delay: random.below(100), idle: 20, load: 10 },
    }),
    ...(random.below(3) === 0 && { hold: { seconds: 1 + random.below(60), trust: random.unit() } }),
    ...(hasEffects && {
      effects: {
        interference: random.below(100),
        sameLanguage: random.below(50),
        teamBalance: 1 + random.below(50),
        shortlist: 1 + random.below(5),
      },
    }),
  };
}

function contact(random: RandomStream, index: number): RoutingContact {
  const skills = SKILLS.filter(() => random.below(4) === 0);
  return {
    id: `contact-${index}`,
    channel: CHANNELS[random.below(2)],
    waitedSeconds: random.below(90),
    needs: skills.map((skill) => ({
      skill,
      ...(random.below(2) === 0 && { weight: random.below(3) }),
      ...(random.below(3) === 0 && { atLeast: 0.4 }),
    })),
    value: random.below(1000),
    ...(random.below(3) === 0 && { priority: random.below(4) }),
    ...(random.below(2) === 0 && { slaSeconds: 10 + random.below(60) }),
    ...(random.below(2) === 0 && { patienceSeconds: 30 + random.below(300) }),
    ...(random.below(2) === 0 && { handleSeconds: 60 + random.below(600) }),
    ...(random.below(3) === 0 && { language: LANGUAGES[random.below(2)] }),
    ...(random.below(2) === 0 && { mayOverflow: random.below(3) > 0 }),
    ...(random.below(2) === 0 && { mayCallBack: true }),
  };
}

function agent(random: RandomStream, index: number, hasPlaces: boolean): RoutingAgent {
  const skills = SKILLS.filter(() => random.below(3) > 0);
  return {
    id: `agent-${index}`,
    skills: Object.fromEntries(skills.map((skill) => [skill, random.below(11) / 10])),
    ...(random.below(2) === 0 && { languages: LANGUAGES.filter(() => random.below(3) > 0) }),
    ...(hasPlaces && random.below(3) > 0 && places(random)),
    ...(random.below(4) === 0 && { freeInSeconds: random.below(40) }),
    costPerHour: random.below(4000),
    idleSeconds: random.below(100),
    contactsToday: random.below(30),
    ...(random.below(3) > 0 && { team: ["north", "south"][random.below(2)] }),
  };
}

function places(random: RandomStream): Pick<RoutingAgent, "concurrency" | "contactsMax"> {
  return {
    concurrency: { voice: random.below(2), chat: random.below(4) },
    ...(random.below(2) === 0 && { contactsMax: random.below(5) }),
  };
}

function limit(random: RandomStream): { readonly slots?: number } {
  return random.below(2) === 0 ? { slots: random.below(3) } : {};
}

/**
 * The options of a tick, laid out flat: every contact with every place that can take it, and what
 * that is worth; and for each contact what becomes of it without a place. Computed once per
 * question; problem, rule, answer and reasons read it. The check does not.
 */
import { unreachable } from "#foundation";
import { eligibilityOf } from "./eligible.ts";
import type { Contact, RoutingQuestion } from "./question.ts";
import { fairnessOf, worthCallBack, worthHeld, worthOverflow, worthWithAgent } from "./worth.ts";

/** Something that takes a limited number of contacts. */
export type Place =
  /** Places of one agent for one channel; for any channel where that is `undefined`. */
  | {
      readonly kind: "agent";
      readonly agent: number;
      readonly channel: string | undefined;
      readonly slots: number;
    }
  | { readonly kind: "overflow"; readonly slots: number }
  | { readonly kind: "call-back"; readonly slots: number };

/** What becomes of a contact without a place. */
export type Alone = "hold" | "overflow" | "call-back";

/** All options of a question. */
export interface Options {
  readonly places: readonly Place[];
  /** Options of contact c: `starts[c]` up to but excluding `starts[c + 1]`. */
  readonly starts: Int32Array;
  readonly placeOf: Int32Array;
  /** Of the contact in the place, in minor units. */
  readonly worths: Float64Array;
  readonly aloneKinds: readonly Alone[];
  /** Of each contact without a place. */
  readonly aloneWorths: Float64Array;
}

/** Questions are frozen, so each is laid out once. */
const known = new WeakMap<RoutingQuestion, Options>();

/** The options of `question`. */
export function optionsOf(question: RoutingQuestion): Options {
  const before = known.get(question);
  if (before !== undefined) return before;
  const options = layOut(question);
  known.set(question, options);
  return options;
}

function layOut(question: RoutingQuestion): Options {
  const { contacts, agents } = question;
  const places = placesOf(question);
  const placesByChannel = byChannel(places, contacts);
  const starts = new Int32Array(contacts.length + 1);
  // An agent has one place for a contact at most; overflow and call-back are one each.
  const placeOf = new Int32Array(contacts.length * (agents.length + 2));
  const worths = new Float64Array(placeOf.length);
  const aloneKinds: Alone[] = [];
  const aloneWorths = new Float64Array(contacts.length);
  const eligibility = eligibilityOf(agents);
  const fits = new Float64Array(agents.length);
  const fairness = fairnessOf(question);
  let count = 0;
  for (const [index, contact] of contacts.entries()) {
    eligibility.write(contact, fits);
    const first = count;
    for (const place of placesByChannel.get(contact.channel) ?? []) {
      const worth = worthIn(question, contact, places[place], fits, fairness);
      if (worth === undefined) continue;
      placeOf[count] = place;
      worths[count] = worth;
      count += 1;
    }
    if (question.effects !== undefined) {
      const isListed = ranksListed(index, question.effects.shortlist);
      count = shorten(places, placeOf, worths, first, count, isListed);
    }
    starts[index + 1] = count;
    const alone = bestAlone(question, contact);
    aloneKinds.push(alone.kind);
    aloneWorths[index] = alone.worth;
  }
  return {
    places,
    starts,
    placeOf: placeOf.subarray(0, count),
    worths: worths.subarray(0, count),
    aloneKinds,
    aloneWorths,
  };
}

function placesOf({ agents, overflow, callBack }: RoutingQuestion): readonly Place[] {
  const places: Place[] = [];
  for (const [agent, { concurrency, contactsMax }] of agents.entries()) {
    if (concurrency === undefined) {
      places.push({ kind: "agent", agent, channel: undefined, slots: contactsMax });
      continue;
    }
    for (const [channel, open] of concurrency) {
      places.push({ kind: "agent", agent, channel, slots: Math.min(open, contactsMax) });
    }
  }
  if (isLimited(overflow)) places.push({ kind: "overflow", slots: overflow.slots });
  if (isLimited(callBack)) places.push({ kind: "call-back", slots: callBack.slots });
  return places.filter(({ slots }) => slots > 0);
}

function isLimited<Outlet extends { readonly slots: number }>(
  outlet: Outlet | undefined,
): outlet is Outlet {
  return outlet !== undefined && outlet.slots < Number.POSITIVE_INFINITY;
}

/** The places open to each channel of the contacts, in order. */
function byChannel(
  places: readonly Place[],
  contacts: readonly Contact[],
): ReadonlyMap<string, readonly number[]> {
  const channels = new Map<string, number[]>();
  for (const { channel } of contacts) channels.set(channel, []);
  for (const [index, place] of places.entries()) {
    const own = place.kind === "agent" ? place.channel : undefined;
    if (own !== undefined) channels.get(own)?.push(index);
    else for (const open of channels.values()) open.push(index);
  }
  return channels;
}

/** `undefined` where the place cannot take the contact. */
function worthIn(
  question: RoutingQuestion,
  contact: Contact,
  place: Place,
  fits: Float64Array,
  fairness: Float64Array,
): number | undefined {
  switch (place.kind) {
    case "agent": {
      const fit = fits[place.agent];
      if (fit < 0) return undefined;
      const agent = question.agents[place.agent];
      return worthWithAgent(question, contact, agent, fit, fairness[place.agent]);
    }
    case "overflow":
      return worthOverflow(question, contact);
    case "call-back":
      return worthCallBack(question, contact);
    default:
      return unreachable(place);
  }
}

/** Whether a contact may go to the agent of a rank, 0 the best, of so many. */
type RanksListed = (rank: number, agentCount: number) => boolean;

/**
 * The better half of the `most` ranks a contact has are the best agents there are. The others are
 * taken in turn from those after them, so that contacts alike do not all list the same few agents.
 */
function ranksListed(contact: number, most: number): RanksListed {
  const best = Math.ceil(most / 2);
  const turn = most - best;
  return (rank, agentCount) => {
    if (agentCount <= most || rank < best) return true;
    const rest = agentCount - best;
    return (rank - best + rest - ((contact * turn) % rest)) % rest < turn;
  };
}

/** Keeps the agents listed of a contact's options, in their order; answers the new end. */
function shorten(
  places: readonly Place[],
  placeOf: Int32Array,
  worths: Float64Array,
  first: number,
  end: number,
  isListed: RanksListed,
): number {
  const ofAgents: number[] = [];
  for (let at = first; at < end; at += 1) {
    if (places[placeOf[at]].kind === "agent") ofAgents.push(at);
  }
  ofAgents.sort((one, other) => worths[other] - worths[one] || one - other);
  const left = new Set(ofAgents.filter((_, rank) => !isListed(rank, ofAgents.length)));
  let kept = first;
  for (let at = first; at < end; at += 1) {
    if (left.has(at)) continue;
    placeOf[kept] = placeOf[at];
    worths[kept] = worths[at];
    kept += 1;
  }
  return kept;
}

/** The best of what needs no place. */
function bestAlone(
  question: RoutingQuestion,
  contact: Contact,
): { readonly kind: Alone; readonly worth: number } {
  const { overflow, callBack } = question;
  const held = { kind: "hold", worth: worthHeld(question, contact) } as const;
  const gone = isLimited(overflow) ? undefined : worthOverflow(question, contact);
  const called = isLimited(callBack) ? undefined : worthCallBack(question, contact);
  if (called !== undefined && called > Math.max(held.worth, gone ?? held.worth)) {
    return { kind: "call-back", worth: called };
  }
  return gone !== undefined && gone > held.worth ? { kind: "overflow", worth: gone } : held;
}

/**
 * Dual prices of a tick, read off its best answer: what one more place would be worth now. A place
 * is worth the best chain of contacts that move up through it, each freeing the place it leaves;
 * in a best answer no chain gains without a new place, so values settle (the potentials of the
 * residual network: R. Ahuja, T. Magnanti, J. Orlin, "Network Flows", 1993, 9.7).
 */
import type { Chosen } from "../chosen.ts";
import { eligibilityOf } from "../eligible.ts";
import type { Options } from "../options.ts";
import type { Agent, RoutingQuestion } from "../question.ts";
import { worthWithAgent } from "../worth.ts";

/** How often the contacts of a place are looked at until values have settled, on the average. */
const LOOKS_MAX = 200;
/** What counts as a gain, relative to the worths moved. */
const ROUNDING = 1e-9;
/** Fairness to an agent who has been neither idle nor busy. */
const NEITHER = 0;

/**
 * What one more contact in each place would be worth, in minor units; `undefined` where a chain
 * gains without: then the answer is not a best one, and has no prices.
 */
export function placePrices(
  question: RoutingQuestion,
  options: Options,
  chosen: Chosen,
): Float64Array | undefined {
  const { places, starts, placeOf, worths, aloneWorths } = options;
  const prices = new Float64Array(places.length);
  const gains = new Float64Array(places.length).fill(Number.NEGATIVE_INFINITY);
  const slack = ROUNDING * largest(worths);
  const { feeds, isOpen } = freeing(question, options, chosen);
  // Places whose price has risen since their contacts were looked at: first in, first out.
  const risen = new Set<number>();
  let isGainOpen = false;
  const look = (contact: number) => {
    const own = chosen[contact];
    const leaves = own < 0 ? -aloneWorths[contact] : prices[placeOf[own]] - worths[own];
    for (let at = starts[contact]; at < starts[contact + 1]; at += 1) {
      const gain = worths[at] + leaves;
      const into = placeOf[at];
      if (gain <= gains[into] || at === own) continue;
      gains[into] = gain;
      for (const place of feeds[into]) {
        if (gain <= prices[place] + slack) continue;
        isGainOpen ||= isOpen[place];
        prices[place] = gain;
        risen.add(place);
      }
    }
  };
  const takers = takersOf(options, chosen);
  for (let contact = 0; contact < aloneWorths.length; contact += 1) look(contact);
  let looks = LOOKS_MAX * places.length;
  for (const place of risen) {
    if (isGainOpen || looks === 0) return undefined;
    looks -= 1;
    risen.delete(place);
    for (const contact of takers[place]) look(contact);
  }
  return isGainOpen ? undefined : prices;
}

/** The contacts in each place. */
function takersOf({ places, placeOf }: Options, chosen: Chosen): readonly (readonly number[])[] {
  const takers = places.map((): number[] => []);
  for (const [contact, option] of chosen.entries()) {
    if (option >= 0) takers[placeOf[option]].push(contact);
  }
  return takers;
}

/** The largest amount without its sign, at least 1. */
function largest(amounts: Float64Array): number {
  let most = 1;
  for (const amount of amounts) most = Math.max(most, Math.abs(amount));
  return most;
}

/** What moves where one contact leaves a place. */
interface Freeing {
  /** For each place: the places that, once left by one contact, let another into it. */
  readonly feeds: readonly (readonly number[])[];
  /** Whether each could take another contact now. */
  readonly isOpen: readonly boolean[];
}

function freeing({ agents }: RoutingQuestion, options: Options, chosen: Chosen): Freeing {
  const { places, placeOf } = options;
  const taken = new Int32Array(places.length);
  const takenOf = new Int32Array(agents.length);
  for (const option of chosen) {
    if (option < 0) continue;
    const place = places[placeOf[option]];
    taken[placeOf[option]] += 1;
    if (place.kind === "agent") takenOf[place.agent] += 1;
  }
  const siblings = new Map<number, number[]>();
  for (const [index, place] of places.entries()) {
    if (place.kind !== "agent") continue;
    siblings.set(place.agent, [...(siblings.get(place.agent) ?? []), index]);
  }
  const feeds = places.map((place, index) => {
    const others = place.kind === "agent" ? siblings.get(place.agent) : undefined;
    // Where a place is open and its agent is not, what frees the agent frees the place.
    return taken[index] < place.slots && others !== undefined ? others : [index];
  });
  const isOpen = places.map((place, index) => {
    const { slots } = place;
    if (taken[index] >= slots) return false;
    return place.kind !== "agent" || takenOf[place.agent] < agents[place.agent].contactsMax;
  });
  return { feeds, isOpen };
}

/** What one more agent would be worth now who has this skill alone. */
export interface SkillPrice {
  readonly skill: string;
  /** The agent reckoned with: what those who have the skill are on average. */
  readonly agent: Agent;
  readonly worth: number;
}

/** The prices of all skills that contacts need, dearest first. */
export function skillPrices(
  question: RoutingQuestion,
  { placeOf, worths, aloneWorths }: Options,
  chosen: Chosen,
  prices: Float64Array,
): readonly SkillPrice[] {
  const { contacts, agents } = question;
  const skills = new Set(contacts.flatMap(({ needs }) => needs.map(({ skill }) => skill)));
  const fits = new Float64Array(1);
  const priced = Array.from(skills, (skill): SkillPrice => {
    const agent = typicalAgent(agents, skill);
    const eligibility = eligibilityOf([agent]);
    let worth = 0;
    for (const [index, contact] of contacts.entries()) {
      eligibility.write(contact, fits);
      if (fits[0] < 0) continue;
      const own = chosen[index];
      const leaves = own < 0 ? -aloneWorths[index] : prices[placeOf[own]] - worths[own];
      worth = Math.max(worth, worthWithAgent(question, contact, agent, fits[0], NEITHER) + leaves);
    }
    return { skill, agent, worth };
  });
  return priced.sort((one, other) => other.worth - one.worth || (one.skill < other.skill ? -1 : 1));
}

/** A free agent like those who have the skill; fully proficient, for nothing, where nobody has. */
function typicalAgent(agents: readonly Agent[], skill: string): Agent {
  const skilled = agents.filter(({ skills }) => (skills.get(skill) ?? 0) > 0);
  const mean = (read: (agent: Agent) => number, otherwise: number): number =>
    skilled.length === 0
      ? otherwise
      : skilled.reduce((sum, agent) => sum + read(agent), 0) / skilled.length;
  return {
    id: "one more",
    skills: new Map([[skill, mean(({ skills }) => skills.get(skill) ?? 0, 1)]]),
    languages: undefined,
    concurrency: undefined,
    contactsMax: 1,
    freeInSeconds: 0,
    costPerHour: mean(({ costPerHour }) => costPerHour, 0),
    idleSeconds: 0,
    contactsToday: 0,
    team: undefined,
  };
}

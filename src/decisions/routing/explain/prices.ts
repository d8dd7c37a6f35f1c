/**
 * Dual prices of a tick, read off its best answer: what one more place would be worth now. A place
 * is worth the best chain of contacts that move up through it, each freeing the place it leaves;
 * in a best answer no chain gains without a new place, so values settle (the potentials of the
 * residual network: R. Ahuja, T. Magnanti, J. Orlin, "Network Flows", 1993, 9.7).
 */
import type { Chosen } from "../chosen.ts";
import { eligibilityOf } from "../eligible.ts";
import type { Options } from "../options.ts";
import type { Agent, Contact, RoutingQuestion } from "../question.ts";
import { agentTerm, extremesOf, handleSecondsOf, worthServed } from "../worth.ts";

/** Rounds until values have settled; chains are seldom longer than a few moves. */
const ROUNDS_MAX = 200;
/** What counts as a gain, relative to the worths moved. */
const ROUNDING = 1e-9;

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
  const slack = ROUNDING * worths.reduce((most, worth) => Math.max(most, Math.abs(worth)), 1);
  const freedBy = freeing(question, options, chosen);
  const hasMoved = new Uint8Array(places.length);
  for (let round = 0; round < ROUNDS_MAX; round += 1) {
    for (let contact = 0; contact < aloneWorths.length; contact += 1) {
      const own = chosen[contact];
      // What a contact can bring changes with the price of the place it leaves alone.
      if (round > 0 && (own < 0 || hasMoved[placeOf[own]] === 0)) continue;
      const leaves = own < 0 ? -aloneWorths[contact] : prices[placeOf[own]] - worths[own];
      for (let at = starts[contact]; at < starts[contact + 1]; at += 1) {
        if (at === own) continue;
        const gain = worths[at] + leaves;
        if (gain > gains[placeOf[at]]) gains[placeOf[at]] = gain;
      }
    }
    hasMoved.fill(0);
    for (const [place, { into, isOpen }] of freedBy.entries()) {
      for (const other of into) {
        if (gains[other] <= prices[place] + slack) continue;
        if (isOpen) return undefined;
        prices[place] = gains[other];
        hasMoved[place] = 1;
      }
    }
    if (!hasMoved.includes(1)) return prices;
  }
  return undefined;
}

/** For each place: what can take another contact once one leaves it, and whether it can now. */
function freeing(
  { agents }: RoutingQuestion,
  { places, placeOf }: Options,
  chosen: Chosen,
): readonly { readonly into: readonly number[]; readonly isOpen: boolean }[] {
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
  return places.map((place, index) => {
    const isOpenHere = taken[index] < place.slots;
    if (place.kind !== "agent") return { into: [index], isOpen: isOpenHere };
    const others = siblings.get(place.agent) ?? [];
    const into = others.filter((one) => one === index || taken[one] < places[one].slots);
    return { into, isOpen: isOpenHere && takenOf[place.agent] < agents[place.agent].contactsMax };
  });
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
  const extremes = extremesOf(agents);
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
      worth = Math.max(worth, worthOf(question, contact, agent, fits[0], extremes) + leaves);
    }
    return { skill, agent, worth };
  });
  return priced.sort((one, other) => other.worth - one.worth || (one.skill < other.skill ? -1 : 1));
}

function worthOf(
  question: RoutingQuestion,
  contact: Contact,
  agent: Agent,
  fit: number,
  extremes: ReturnType<typeof extremesOf>,
): number {
  const handleSeconds = handleSecondsOf(contact, fit);
  return (
    worthServed(question, contact, 0, fit) + agentTerm(question, agent, extremes, handleSeconds)
  );
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

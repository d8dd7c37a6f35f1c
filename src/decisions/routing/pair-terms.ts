/**
 * Effects of pairs of contacts: two given to one agent at once disturb each other, or suit each
 * other by their language; and a team's contacts weigh by their square over its agents, which is
 * least where teams are equally loaded.
 */
import type { ProblemAssembly } from "#problem";
import type { Options } from "./options.ts";
import type { Contact, RoutingEffects, RoutingQuestion } from "./question.ts";

/** Adds the effects to the objective. */
export function addPairTerms(
  assembly: ProblemAssembly,
  { contacts, agents }: RoutingQuestion,
  { starts, placeOf, places }: Options,
  effects: RoutingEffects,
): void {
  const agentOf = Int32Array.from(placeOf, (place) => {
    const one = places[place];
    return one.kind === "agent" ? one.agent : -1;
  });
  const teamWeight = agents.map(({ team }) => {
    const size = agents.filter((other) => other.team === team).length;
    return team === undefined ? 0 : effects.teamBalance / size;
  });
  for (const [option, agent] of agentOf.entries()) {
    // x^2 = x: the square of a sum has each of its terms once, and each pair twice.
    if (agent >= 0) assembly.addLinear(option, -teamWeight[agent]);
  }
  for (let contact = 0; contact < contacts.length; contact += 1) {
    for (let one = starts[contact]; one < starts[contact + 1]; one += 1) {
      const agent = agentOf[one];
      if (agent < 0) continue;
      for (let other = starts[contact + 1]; other < placeOf.length; other += 1) {
        const otherAgent = agentOf[other];
        if (otherAgent < 0) continue;
        const isOneTeam = agents[agent].team === agents[otherAgent].team;
        const balance = isOneTeam ? -2 * teamWeight[agent] : 0;
        const together =
          agent === otherAgent
            ? togetherTerm(contacts[contact], contacts[contactOf(starts, other)], effects)
            : 0;
        if (balance + together !== 0) assembly.addQuadratic(one, other, balance + together);
      }
    }
  }
}

/** What two contacts that one agent takes at once add. */
function togetherTerm(one: Contact, other: Contact, effects: RoutingEffects): number {
  const isShared = one.language !== undefined && one.language === other.language;
  return (isShared ? effects.sameLanguage : 0) - effects.interference;
}

/** The contact whose options include `option`. */
function contactOf(starts: Int32Array, option: number): number {
  let [low, high] = [0, starts.length - 2];
  while (low < high) {
    const middle = (low + high + 1) >> 1;
    if (starts[middle] <= option) low = middle;
    else high = middle - 1;
  }
  return low;
}

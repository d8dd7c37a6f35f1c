/**
 * The rule: what a contact centre does without an optimiser. The contact that has waited longest
 * goes to the skilled agent who has been idle longest; whoever is left over waits. Where pairs have
 * effects, only agents on the contact's shortlist count, as for every answer.
 */
import type { Sample } from "#problem";
import { type Chosen, sampleOf } from "./chosen.ts";
import { type Options, optionsOf } from "./options.ts";
import type { Agent, RoutingQuestion } from "./question.ts";

/** Always finds an answer, as nobody has to be served now. */
export function rule(question: RoutingQuestion): Sample {
  const options = optionsOf(question);
  const { contacts, agents } = question;
  const chosen: Chosen = new Int32Array(contacts.length).fill(-1);
  const freeAt = Int32Array.from(options.places, ({ slots }) => Math.min(slots, contacts.length));
  const freeOf = Int32Array.from(agents, ({ contactsMax }) => contactsMax);
  const queue = [...contacts.keys()].sort(
    (one, other) => contacts[other].waitedSeconds - contacts[one].waitedSeconds || one - other,
  );
  for (const contact of queue) {
    const option = longestIdle(question, options, contact, { freeAt, freeOf });
    if (option < 0) continue;
    chosen[contact] = option;
    const place = options.placeOf[option];
    freeAt[place] -= 1;
    const agent = agentIn(options, place);
    if (agent >= 0) freeOf[agent] -= 1;
  }
  return sampleOf(question, options, chosen);
}

/** What is still free, by place and by agent. */
interface Free {
  readonly freeAt: Int32Array;
  readonly freeOf: Int32Array;
}

/** The option of the longest idle agent that can take the contact now, or -1. */
function longestIdle(
  { agents }: RoutingQuestion,
  options: Options,
  contact: number,
  { freeAt, freeOf }: Free,
): number {
  let best = -1;
  let bestAgent: Agent | undefined;
  for (let at = options.starts[contact]; at < options.starts[contact + 1]; at += 1) {
    const index = agentIn(options, options.placeOf[at]);
    if (index < 0 || freeAt[options.placeOf[at]] === 0 || freeOf[index] === 0) continue;
    const agent = agents[index];
    if (agent.freeInSeconds > 0) continue;
    if (bestAgent !== undefined && agent.idleSeconds <= bestAgent.idleSeconds) continue;
    best = at;
    bestAgent = agent;
  }
  return best;
}

function agentIn({ places }: Options, place: number): number {
  const one = places[place];
  return one.kind === "agent" ? one.agent : -1;
}

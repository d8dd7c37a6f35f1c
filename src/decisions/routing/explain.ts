/**
 * Reasons for an answer: of the whole, with what one more agent of each skill would be worth now;
 * of contacts that wait, and of contacts that are served. The words follow from the facts.
 */
import type { Json } from "#foundation";
import type { Reason } from "../decision-type.ts";
import type { Chosen } from "./chosen.ts";
import { placePrices, skillPrices } from "./explain/prices.ts";
import { contactText, wholeText } from "./explain/words.ts";
import { type Options, optionsOf } from "./options.ts";
import type { RoutingQuestion } from "./question.ts";
import type { RoutingAction, RoutingAnswer } from "./schema.ts";

/** How many contacts of those held, and of the others, are explained: who waited longest. */
const EXPLAINED_MAX = 50;
/** How many skills are priced in the answer's own reason. */
const SKILLS_MAX = 10;

/** Reasons for `answer`; what the question does not offer is passed over. */
export function explain(
  question: RoutingQuestion,
  _problem: unknown,
  answer: RoutingAnswer,
): readonly Reason[] {
  const options = optionsOf(question);
  const chosen = chosenByNames(question, options, answer);
  const prices =
    question.effects === undefined ? placePrices(question, options, chosen) : undefined;
  const skills =
    prices === undefined ? [] : skillPrices(question, options, chosen, prices).slice(0, SKILLS_MAX);
  const oneMoreAgent = Object.fromEntries(skills.map(({ skill, worth }) => [skill, worth]));
  const counts = countsOf(answer);
  const whole: Reason = {
    subject: "answer",
    kind: "answer",
    text: wholeText(counts, question.agents.length, skills),
    facts: { ...counts, priced: prices !== undefined, oneMoreAgent },
  };
  const actions = new Map(answer.contacts.map((action) => [action.id, action]));
  const cases = byWaiting(question).flatMap((contact): Case[] => {
    const action = actions.get(question.contacts[contact].id);
    return action === undefined ? [] : [{ contact, action, option: chosen[contact], prices }];
  });
  const held = cases.filter(({ action }) => action.action === "hold");
  const served = cases.filter(({ action }) => action.action !== "hold");
  const explained = [...held.slice(0, EXPLAINED_MAX), ...served.slice(0, EXPLAINED_MAX)];
  return [whole, ...explained.map((one) => reasonOf(question, options, one))];
}

/** One contact, what happens to it, and what places are worth. */
interface Case {
  readonly contact: number;
  readonly action: RoutingAction;
  readonly option: number;
  readonly prices: Float64Array | undefined;
}

function reasonOf(question: RoutingQuestion, options: Options, one: Case): Reason {
  const { contact, action, option, prices } = one;
  const { id, waitedSeconds, found } = question.contacts[contact];
  const alone = options.aloneWorths[contact];
  const best = bestOther(question, options, contact, option);
  const place = option < 0 ? -1 : options.placeOf[option];
  const facts: Record<string, Json> = {
    action: action.action,
    waitedSeconds,
    worth: option < 0 ? alone : options.worths[option],
    worthAlone: alone,
    ...(found !== undefined && { ...found }),
    ...("agent" in action && action.agent !== undefined && { agent: action.agent }),
    ...(action.action === "hold" && { why: action.why, untilSeconds: action.untilSeconds }),
    ...(best !== undefined && { otherAgent: best.agent, otherWorth: best.worth }),
    ...(prices !== undefined && place >= 0 && { oneMorePlace: prices[place] }),
  };
  const kind = action.action === "hold" ? "left-out" : "chosen";
  return { subject: id, kind, text: contactText(action, facts), facts };
}

/** The best agent for the contact but the one it has. */
function bestOther(
  { agents }: RoutingQuestion,
  { starts, placeOf, places, worths }: Options,
  contact: number,
  own: number,
): { readonly agent: string; readonly worth: number } | undefined {
  let best: { readonly agent: string; readonly worth: number } | undefined;
  for (let at = starts[contact]; at < starts[contact + 1]; at += 1) {
    const place = places[placeOf[at]];
    if (at === own || place.kind !== "agent") continue;
    if (best === undefined || worths[at] > best.worth) {
      best = { agent: agents[place.agent].id, worth: worths[at] };
    }
  }
  return best;
}

function byWaiting({ contacts }: RoutingQuestion): readonly number[] {
  return [...contacts.keys()].sort(
    (one, other) => contacts[other].waitedSeconds - contacts[one].waitedSeconds || one - other,
  );
}

function countsOf({ contacts }: RoutingAnswer) {
  const count = (action: RoutingAction["action"]) =>
    contacts.filter((one) => one.action === action).length;
  return {
    contacts: contacts.length,
    assigned: count("assign"),
    held: count("hold"),
    overflow: count("overflow"),
    calledBack: count("call-back"),
  };
}

/** The option of each contact, from the names in the answer. */
function chosenByNames(
  { contacts, agents }: RoutingQuestion,
  { starts, placeOf, places }: Options,
  answer: RoutingAnswer,
): Chosen {
  const actions = new Map(answer.contacts.map((action) => [action.id, action]));
  const placesByName = new Map<string, number[]>();
  for (const [index, place] of places.entries()) {
    const name = place.kind === "agent" ? agentName(agents[place.agent].id) : place.kind;
    const named = placesByName.get(name);
    if (named === undefined) placesByName.set(name, [index]);
    else named.push(index);
  }
  return Int32Array.from(contacts, ({ id }, contact) => {
    const action = actions.get(id);
    if (action === undefined) return -1;
    const agent = "agent" in action ? action.agent : undefined;
    const named = placesByName.get(agent === undefined ? action.action : agentName(agent)) ?? [];
    // A contact has one option per place, and an agent's places are of different channels.
    for (const place of named) {
      const at = placeOf.subarray(starts[contact], starts[contact + 1]).indexOf(place);
      if (at >= 0) return starts[contact] + at;
    }
    return -1;
  });
}

/** Tells an agent called `overflow` from the overflow. */
function agentName(id: string): string {
  return `agent ${id}`;
}

/**
 * What the judge reckons one contact to be worth, with an agent or without: the formulas of
 * docs/catalogue/routing.md, written down a second time.
 */
import { unreachable } from "#foundation";
import type { Agent, Contact, RoutingQuestion } from "../question.ts";

/** How well the agent fits; `undefined` where it cannot serve the contact. */
export function fitOf(contact: Contact, agent: Agent): number | undefined {
  const { language, allowedAgents, needs } = contact;
  if (allowedAgents !== undefined && !allowedAgents.has(agent.id)) return undefined;
  if (language !== undefined && agent.languages?.has(language) === false) return undefined;
  let [sum, weights] = [0, 0];
  for (const { skill, weight, atLeast } of needs) {
    const proficiency = agent.skills.get(skill) ?? 0;
    if (proficiency <= 0 || proficiency < atLeast) return undefined;
    sum += weight * proficiency;
    weights += weight;
  }
  return weights > 0 ? sum / weights : 1;
}

/** How many contacts of this one's channel the agent can take. */
export function opensFor({ concurrency, contactsMax }: Agent, { channel }: Contact): number {
  return concurrency === undefined
    ? contactsMax
    : Math.min(contactsMax, concurrency.get(channel) ?? 0);
}

/** The contact with the agent, as soon as that is free; the fit counts 0 where there is none. */
export function worthWith(question: RoutingQuestion, contact: Contact, agent: Agent): number {
  const { weights, agents } = question;
  const fit = fitOf(contact, agent) ?? 0;
  const hours = (contact.handleSeconds * (2 - fit)) / 3600;
  const mostIdle = mostOf(agents, "idleSeconds");
  const mostLoaded = mostOf(agents, "contactsToday");
  return (
    afterWaiting(question, contact, agent.freeInSeconds, fit) -
    costOfWaiting(question, contact, agent.freeInSeconds) -
    weights.cost * agent.costPerHour * hours +
    weights.idle * (agent.idleSeconds / mostIdle) -
    weights.load * (agent.contactsToday / mostLoaded)
  );
}

/** The contact without an agent. */
export function worthAlone(
  question: RoutingQuestion,
  contact: Contact,
  action: "hold" | "overflow" | "call-back",
): number {
  const { weights, hold, overflow, callBack } = question;
  switch (action) {
    case "hold":
      return (
        hold.trust * afterWaiting(question, contact, hold.seconds, 1) -
        costOfWaiting(question, contact, hold.seconds)
      );
    case "overflow": {
      const { fit = 0, cost = 0 } = overflow ?? {};
      return afterWaiting(question, contact, 0, fit) - weights.cost * cost;
    }
    case "call-back": {
      const { reached = 0, cost = 0 } = callBack ?? {};
      const { value, priority } = contact;
      return reached * (weights.value * value + weights.priority * priority) - weights.cost * cost;
    }
    default:
      return unreachable(action);
  }
}

/** What is left of the gain after `seconds`, if the contact is then served so well. */
function afterWaiting(
  { weights }: RoutingQuestion,
  contact: Contact,
  seconds: number,
  fit: number,
): number {
  const inTime = contact.waitedSeconds + seconds <= contact.slaSeconds;
  const gain =
    weights.value * contact.value * fit +
    weights.priority * contact.priority +
    (inTime ? weights.serviceLevel : 0);
  return Math.exp(-seconds / contact.patienceSeconds) * gain;
}

function costOfWaiting({ weights }: RoutingQuestion, contact: Contact, seconds: number): number {
  const { waitedSeconds: before, slaSeconds } = contact;
  const after = before + seconds;
  return (weights.delay * (after - before) * (after + before)) / slaSeconds / slaSeconds;
}

const mosts = new WeakMap<readonly Agent[], Map<string, number>>();

/** The most of all agents, at least 1. */
function mostOf(agents: readonly Agent[], member: "idleSeconds" | "contactsToday"): number {
  const known = mosts.get(agents) ?? new Map<string, number>();
  mosts.set(agents, known);
  const before = known.get(member);
  if (before !== undefined) return before;
  const most = agents.reduce((highest, agent) => Math.max(highest, agent[member]), 1);
  known.set(member, most);
  return most;
}

/**
 * What serving a contact is worth, in minor units. Leaving is exponential in patience, as in the
 * Erlang A queue (A. Mandelbaum and S. Zeltyn, "Service engineering in action: the Palm/Erlang-A
 * queue", 2007); waiting costs the square of the time waited over the target, whose slope is the
 * index of the generalised c-mu rule (A. Mandelbaum and A. Stolyar, Operations Research 52, 2004).
 */
import { halfLifeDecay } from "#problem";
import type { Agent, Contact, RoutingQuestion } from "./question.ts";

/** What is fair: the worth of each agent's next contact, by the most idle and the most loaded. */
export function fairnessOf({ agents, weights }: RoutingQuestion): Float64Array {
  // At least 1 each, so that shares are numbers.
  let [idleSecondsMax, contactsTodayMax] = [1, 1];
  for (const { idleSeconds, contactsToday } of agents) {
    idleSecondsMax = Math.max(idleSecondsMax, idleSeconds);
    contactsTodayMax = Math.max(contactsTodayMax, contactsToday);
  }
  return Float64Array.from(agents, ({ idleSeconds, contactsToday }) => {
    const idle = (weights.idle * idleSeconds) / idleSecondsMax;
    return idle - (weights.load * contactsToday) / contactsTodayMax;
  });
}

/** A contact served in `delaySeconds` by something that fits so well, at no cost. */
function worthServed(
  { weights }: RoutingQuestion,
  contact: Contact,
  delaySeconds: number,
  fit: number,
): number {
  const { value, priority, waitedSeconds, slaSeconds, patienceSeconds } = contact;
  const onTime = waitedSeconds + delaySeconds <= slaSeconds ? weights.serviceLevel : 0;
  const gain = weights.value * value * fit + weights.priority * priority + onTime;
  if (delaySeconds === 0) return gain;
  const stays =
    patienceSeconds === Number.POSITIVE_INFINITY
      ? 1
      : halfLifeDecay(delaySeconds, patienceSeconds * Math.LN2);
  // ((waited + delay)^2 - waited^2) / target^2, without the difference of two large numbers.
  const more = delaySeconds * (2 * waitedSeconds + delaySeconds);
  return stays * gain - (weights.delay * more) / (slaSeconds * slaSeconds);
}

/** A contact served by an agent that fits so well, at its cost and with what is fair to it. */
export function worthWithAgent(
  question: RoutingQuestion,
  contact: Contact,
  { freeInSeconds, costPerHour }: Agent,
  fit: number,
  fairness: number,
): number {
  // An agent that fits not at all would take as long again.
  const handleSeconds = contact.handleSeconds * (2 - fit);
  const cost = (costPerHour * handleSeconds) / 3600;
  const own = fairness - question.weights.cost * cost;
  return worthServed(question, contact, freeInSeconds, fit) + own;
}

/** A contact held for the next chance. */
export function worthHeld(question: RoutingQuestion, contact: Contact): number {
  const { seconds, trust } = question.hold;
  const { weights } = question;
  const { waitedSeconds, slaSeconds } = contact;
  const more = seconds * (2 * waitedSeconds + seconds);
  const delayCost = (weights.delay * more) / (slaSeconds * slaSeconds);
  // Waiting is certain, being served then is not: trust bears on the second alone.
  return trust * (worthServed(question, contact, seconds, 1) + delayCost) - delayCost;
}

/** A contact that goes to the overflow; `undefined` where it may not. */
export function worthOverflow(question: RoutingQuestion, contact: Contact): number | undefined {
  const { overflow, weights } = question;
  if (overflow === undefined || !contact.mayOverflow) return undefined;
  return worthServed(question, contact, 0, overflow.fit) - weights.cost * overflow.cost;
}

/** A contact that is called back, and waits no longer; `undefined` where it may not be. */
export function worthCallBack(question: RoutingQuestion, contact: Contact): number | undefined {
  const { callBack, weights } = question;
  if (callBack === undefined || !contact.mayCallBack) return undefined;
  const gain = weights.value * contact.value + weights.priority * contact.priority;
  return callBack.reached * gain - weights.cost * callBack.cost;
}

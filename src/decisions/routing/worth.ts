/**
 * What serving a contact is worth, in minor units. Leaving is exponential in patience, as in the
 * Erlang A queue (A. Mandelbaum and S. Zeltyn, "Service engineering in action: the Palm/Erlang-A
 * queue", 2007); waiting costs the square of the time waited over the target, whose slope is the
 * index of the generalised c-mu rule (A. Mandelbaum and A. Stolyar, Operations Research 52, 2004).
 */
import { halfLifeDecay } from "#problem";
import type { Agent, Contact, RoutingQuestion } from "./question.ts";

/** What depends on agents together: the most idle and the most loaded, for shares of them. */
export interface Extremes {
  readonly idleSecondsMax: number;
  readonly contactsTodayMax: number;
}

/** The extremes of `agents`; at least 1 each, so that shares are numbers. */
export function extremesOf(agents: readonly Agent[]): Extremes {
  let [idleSecondsMax, contactsTodayMax] = [1, 1];
  for (const { idleSeconds, contactsToday } of agents) {
    idleSecondsMax = Math.max(idleSecondsMax, idleSeconds);
    contactsTodayMax = Math.max(contactsTodayMax, contactsToday);
  }
  return { idleSecondsMax, contactsTodayMax };
}

/** A contact served in `delaySeconds` by something that fits so well, at no cost. */
export function worthServed(
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

/** What agent `agent` adds to that: its cost, and what is fair. */
export function agentTerm(
  { weights }: RoutingQuestion,
  { costPerHour, idleSeconds, contactsToday }: Agent,
  { idleSecondsMax, contactsTodayMax }: Extremes,
  handleSeconds: number,
): number {
  const cost = (costPerHour * handleSeconds) / 3600;
  const fair =
    (weights.idle * idleSeconds) / idleSecondsMax -
    (weights.load * contactsToday) / contactsTodayMax;
  return fair - weights.cost * cost;
}

/** The time an agent takes: as long again where it fits not at all. */
export function handleSecondsOf({ handleSeconds }: Contact, fit: number): number {
  return handleSeconds * (2 - fit);
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

/**
 * The floor of a centre as a request of the decision type `routing`, and its answer as pairs: so
 * that the platform itself, in this process or behind an address, routes a simulated centre.
 */
import type { RoutingAnswer, RoutingRequest } from "#decisions";
import type { ContactClass } from "./centre.ts";
import type { CentreSnapshot, Pairing } from "./router.ts";

/** A tick shows at most so many contacts and agents: who waits longest, who is idle longest. */
const SHOWN_MAX = 1000;
/** What the type takes for an agent that hardly fits, where 0 would be one that does not at all. */
const FIT_MIN = 0.01;

/**
 * The request of this instant. Needs go by class, so that skill, site and channel are all in the
 * agent's fit for it; an agent takes one contact a tick, and is offered again in the next.
 */
export function routingRequest(snapshot: CentreSnapshot): RoutingRequest {
  const agents = shownAgents(snapshot);
  const contacts = shownContacts(snapshot, agents.length);
  return { contacts: contacts.slice(0, SHOWN_MAX), agents: agents.slice(0, SHOWN_MAX) };
}

/** The pairs of an answer to {@link routingRequest}; who is held or sent elsewhere waits on. */
export function pairingsOf({ contacts }: RoutingAnswer): readonly Pairing[] {
  return contacts.flatMap((one): Pairing[] =>
    one.action === "assign" ? [{ contact: Number(one.id), agent: Number(one.agent) }] : [],
  );
}

function shownContacts(snapshot: CentreSnapshot, perClassMax: number): RoutingRequest["contacts"] {
  return snapshot.centre.classes
    .flatMap((one, classIndex) => {
      const shown: RoutingRequest["contacts"] = [];
      let at = snapshot.firstWaiting(classIndex);
      while (at >= 0 && shown.length < perClassMax) {
        shown.push(contactOf(one, at, snapshot.waitedSeconds(at)));
        at = snapshot.nextWaiting(at);
      }
      return shown;
    })
    .sort((one, other) => other.waitedSeconds - one.waitedSeconds);
}

function contactOf(
  { id, channel, withinSeconds, patience, handle, value }: ContactClass,
  contact: number,
  waitedSeconds: number,
): RoutingRequest["contacts"][number] {
  return {
    ...{ id: `${contact}`, channel, waitedSeconds, needs: [{ skill: id }] },
    ...{ value, slaSeconds: Math.max(withinSeconds, 1) },
    ...(patience === undefined ? {} : { patienceSeconds: patience.meanSeconds }),
    handleSeconds: handle.meanSeconds,
  };
}

function shownAgents(snapshot: CentreSnapshot): RoutingRequest["agents"] {
  const { classes, groups } = snapshot.centre;
  return groups
    .flatMap(({ proficiency }, group) => {
      const shown: RoutingRequest["agents"] = [];
      for (let at = snapshot.firstFree(group); at >= 0; at = snapshot.nextFree(at)) {
        const able = classes.filter((_, classIndex) => snapshot.canTake(at, classIndex));
        const fits = able.map((one) => [one.id, fitOf(proficiency[classes.indexOf(one)])]);
        const places = able.map(({ channel }) => [channel, 1]);
        shown.push({
          id: `${at}`,
          skills: Object.fromEntries(fits),
          concurrency: Object.fromEntries(places),
          contactsMax: 1,
          idleSeconds: snapshot.idleSeconds(at),
        });
      }
      return shown;
    })
    .sort((one, other) => (other.idleSeconds ?? 0) - (one.idleSeconds ?? 0));
}

/** The type reckons that handling takes 2 - fit times as long; here it takes 1 / proficiency. */
function fitOf(proficiency: number): number {
  return Math.max(FIT_MIN, 2 - 1 / proficiency);
}

/**
 * The simulation of one run, in virtual time: it goes from event to event, stops where the router
 * has a choice, and goes on with the answer. So the router may be a function, or a server that is
 * asked over the network; the simulation does not notice.
 */
import { assert, type RandomStream } from "#foundation";
import type { Centre } from "../centre.ts";
import type { CentreSnapshot, Pairing } from "../router.ts";
import { type Contacts, drawContacts } from "./contacts.ts";
import { EventQueue } from "./event-queue.ts";
import { Floor } from "./floor.ts";
import { assertBalanced } from "./identities.ts";
import { Ledger } from "./ledger.ts";
import { type ServiceOutcome, serviceOutcome } from "./service-outcome.ts";

/** Something that happened; `agent` is -1 where none is concerned. */
export interface CentreEvent {
  readonly kind: "arrive" | "answer" | "finish" | "abandon" | "redial";
  readonly atSeconds: number;
  readonly contact: number;
  /** The contact's class, by its place in the centre. */
  readonly classIndex: number;
  readonly agent: number;
  /** What came of a contact that finishes, where its class says so. */
  readonly outcome?: ServiceOutcome | undefined;
}

/** Is told of every event as it happens. */
export type Trace = (event: CentreEvent) => void;

/** Kinds of scheduled events, as places in the list of what they do. */
const ARRIVE = 0;
const FINISH = 1;
const GIVE_UP = 2;
const COME_BACK = 3;
const DUTY = 4;
const TICK = 5;

/** One run. */
export class Simulation {
  readonly #centre: Centre;
  readonly #contacts: Contacts;
  readonly #floor: Floor;
  readonly #ledger: Ledger;
  readonly #events = new EventQueue();
  readonly #trace: Trace | undefined;
  readonly #doings: readonly ((subject: number) => void)[];
  /** By contact: its agent, and how often it has given up. */
  readonly #agentOf: Int32Array;
  readonly #attempts: Int32Array;
  /** By contact: how long it had waited when it was taken. */
  readonly #waitedSeconds: Float64Array;
  /** By agent: which duty comes next or is on, and since when it works beyond one. */
  readonly #dutyOf: Int32Array;
  readonly #overrunSince: Float64Array;
  readonly #duties: Centre["groups"][number]["agents"];
  /** Who came at this instant: its patience is scheduled only if it is not taken at once. */
  #entrant = -1;
  #entrantPatienceSeconds = 0;
  #isAsking = false;

  constructor(centre: Centre, stream: RandomStream, trace?: Trace) {
    this.#centre = centre;
    this.#contacts = drawContacts(centre, stream);
    this.#floor = new Floor(centre, this.#contacts);
    this.#ledger = new Ledger(centre);
    this.#trace = trace;
    this.#agentOf = new Int32Array(this.#contacts.count).fill(-1);
    this.#attempts = new Int32Array(this.#contacts.count);
    this.#waitedSeconds = new Float64Array(this.#contacts.count);
    this.#duties = centre.groups.flatMap(({ agents }) => agents);
    this.#dutyOf = new Int32Array(this.#duties.length);
    this.#overrunSince = new Float64Array(this.#duties.length).fill(Number.POSITIVE_INFINITY);
    this.#doings = [
      (contact) => this.#arrive(contact),
      (contact) => this.#finish(contact),
      (contact) => this.#giveUp(contact),
      (contact) => this.#comeBack(contact),
      (agent) => this.#turnDuty(agent),
      () => this.#tick(),
    ];
    for (let agent = 0; agent < this.#duties.length; agent += 1) this.#scheduleDuty(agent, 0);
    if (this.#contacts.count > 0) this.#schedule(this.#contacts.arriveAtSeconds[0], ARRIVE, 0);
    if (centre.tickSeconds !== undefined) this.#schedule(0, TICK, 0);
  }

  /** Goes on to where the router has a choice; `undefined` at the end of the run. */
  next(): CentreSnapshot | undefined {
    const { runSeconds, tickSeconds } = this.#centre;
    const events = this.#events;
    const floor = this.#floor;
    if (this.#isAsking && floor.isRoutable()) return floor;
    this.#schedulePatience();
    while (events.take() && events.atSeconds < runSeconds) {
      floor.atSeconds = events.atSeconds;
      this.#isAsking = tickSeconds === undefined;
      this.#doings[events.kind](events.subject);
      if (this.#isAsking && floor.isRoutable()) return floor;
      this.#schedulePatience();
    }
    return undefined;
  }

  /** Carries out what the router wants, of which the snapshot must allow every pair. */
  answer(pairings: readonly Pairing[]): void {
    for (const { contact, agent } of pairings) this.#take(contact, agent);
    if (pairings.length === 0) this.#isAsking = false;
  }

  /** Closes the books at the end of the run. Asserts that they balance. */
  conclude(): Ledger {
    const { runSeconds, classes, groups } = this.#centre;
    const floor = this.#floor;
    floor.atSeconds = runSeconds;
    let waiting = 0;
    for (let one = 0; one < classes.length; one += 1) {
      this.#integrateQueue(one);
      for (let at = floor.firstWaiting(one); at >= 0; at = floor.nextWaiting(at)) {
        this.#ledger.remain(one, floor.waitsSinceSeconds[at], runSeconds);
        waiting += 1;
      }
    }
    for (let group = 0; group < groups.length; group += 1) this.#integrateGroup(group);
    for (let agent = 0; agent < this.#duties.length; agent += 1) this.#endOverrun(agent);
    const inHand = floor.desks.inHand.reduce((sum, count) => sum + count, 0);
    assertBalanced(this.#ledger, { waiting, inHand });
    return this.#ledger;
  }

  #arrive(contact: number): void {
    const { arriveAtSeconds, patienceSeconds, count } = this.#contacts;
    const next = contact + 1;
    if (next < count) this.#schedule(arriveAtSeconds[next], ARRIVE, next);
    this.#enter(contact, patienceSeconds[contact], false);
  }

  #comeBack(contact: number): void {
    const attempt = this.#attempts[contact];
    const back = this.#contacts.comeBack(contact, attempt);
    assert(back !== undefined, "who comes back has drawn to");
    this.#enter(contact, back.patienceSeconds, true);
  }

  #enter(contact: number, patienceSeconds: number, isRedial: boolean): void {
    const one = this.#contacts.classOf[contact];
    const { atSeconds } = this.#floor;
    this.#integrateQueue(one);
    this.#ledger.arrive(one, atSeconds, isRedial);
    this.#floor.enter(contact);
    this.#entrant = contact;
    this.#entrantPatienceSeconds = patienceSeconds;
    this.#tell(isRedial ? "redial" : "arrive", contact, -1);
  }

  #schedulePatience(): void {
    const contact = this.#entrant;
    if (contact < 0) return;
    this.#entrant = -1;
    if (!this.#floor.isWaiting(contact)) return;
    this.#schedule(this.#floor.atSeconds + this.#entrantPatienceSeconds, GIVE_UP, contact);
  }

  /** Whoever has been taken meanwhile has given up nothing. */
  #giveUp(contact: number): void {
    if (!this.#floor.isWaiting(contact)) return;
    const one = this.#contacts.classOf[contact];
    const { atSeconds, waitsSinceSeconds } = this.#floor;
    this.#integrateQueue(one);
    this.#floor.leave(contact);
    this.#ledger.abandon(one, waitsSinceSeconds[contact], atSeconds);
    this.#tell("abandon", contact, -1);
    this.#attempts[contact] += 1;
    const back = this.#contacts.comeBack(contact, this.#attempts[contact]);
    if (back !== undefined) this.#schedule(atSeconds + back.delaySeconds, COME_BACK, contact);
  }

  #take(contact: number, agent: number): void {
    const one = this.#contacts.classOf[contact];
    const { atSeconds, waitsSinceSeconds, desks } = this.#floor;
    this.#integrateQueue(one);
    this.#integrateGroup(desks.groupOf[agent]);
    const handleSeconds = this.#floor.take(contact, agent);
    this.#agentOf[contact] = agent;
    this.#waitedSeconds[contact] = atSeconds - waitsSinceSeconds[contact];
    this.#ledger.answer(one, waitsSinceSeconds[contact], atSeconds);
    this.#tell("answer", contact, agent);
    this.#schedule(atSeconds + handleSeconds, FINISH, contact);
  }

  #finish(contact: number): void {
    const agent = this.#agentOf[contact];
    const { desks } = this.#floor;
    this.#integrateGroup(desks.groupOf[agent]);
    this.#floor.release(contact, agent);
    const outcome = this.#outcomeOf(contact);
    const one = this.#contacts.classOf[contact];
    this.#ledger.finish(one, this.#floor.waitsSinceSeconds[contact], outcome);
    if (desks.inHand[agent] === 0) this.#endOverrun(agent);
    this.#tell("finish", contact, agent, outcome);
  }

  #outcomeOf(contact: number): ServiceOutcome | undefined {
    const one = this.#contacts.classOf[contact];
    const { outcome } = this.#centre.classes[one];
    if (outcome === undefined) return undefined;
    const group = this.#floor.desks.groupOf[this.#agentOf[contact]];
    const { proficiency } = this.#centre.groups[group];
    const stream = this.#contacts.outcomeStream(contact);
    return serviceOutcome(outcome, stream, proficiency[one], this.#waitedSeconds[contact]);
  }

  /** A duty begins or ends, whichever is due; then comes the end, or the next beginning. */
  #turnDuty(agent: number): void {
    const { desks, atSeconds } = this.#floor;
    const begins = !desks.isOnDuty(agent);
    this.#integrateGroup(desks.groupOf[agent]);
    if (begins) {
      this.#endOverrun(agent);
    } else {
      this.#dutyOf[agent] += 1;
      if (desks.inHand[agent] > 0) this.#overrunSince[agent] = atSeconds;
    }
    desks.setOnDuty(agent, begins, atSeconds);
    this.#scheduleDuty(agent, begins ? 1 : 0);
  }

  #scheduleDuty(agent: number, edge: 0 | 1): void {
    const duty = this.#duties[agent].at(this.#dutyOf[agent]);
    if (duty === undefined) return;
    this.#schedule(edge === 0 ? duty.fromSeconds : duty.untilSeconds, DUTY, agent);
  }

  #endOverrun(agent: number): void {
    const { atSeconds, desks } = this.#floor;
    if (this.#overrunSince[agent] > atSeconds) return;
    this.#ledger.overrun(desks.groupOf[agent], this.#overrunSince[agent], atSeconds);
    this.#overrunSince[agent] = Number.POSITIVE_INFINITY;
  }

  #tick(): void {
    this.#isAsking = true;
    this.#schedule(this.#floor.atSeconds + (this.#centre.tickSeconds ?? 0), TICK, 0);
  }

  #tell(kind: CentreEvent["kind"], contact: number, agent: number, outcome?: ServiceOutcome): void {
    if (this.#trace === undefined) return;
    const classIndex = this.#contacts.classOf[contact];
    this.#trace({ kind, atSeconds: this.#floor.atSeconds, contact, classIndex, agent, outcome });
  }

  /** What happens after the run is never looked at. */
  #schedule(atSeconds: number, kind: number, subject: number): void {
    if (atSeconds < this.#centre.runSeconds) this.#events.put(atSeconds, kind, subject);
  }

  #integrateQueue(one: number): void {
    const { atSeconds } = this.#floor;
    this.#ledger.integrateQueue(one, this.#floor.waitingCount(one), atSeconds);
  }

  #integrateGroup(group: number): void {
    const { atSeconds, desks } = this.#floor;
    this.#ledger.integrateGroup(group, desks.busy[group], desks.idle[group], atSeconds);
  }
}

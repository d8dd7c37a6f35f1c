/**
 * The floor: who waits and who could serve. It is what a router sees.
 */
import { assert } from "#foundation";
import type { Centre } from "../centre.ts";
import type { CentreSnapshot } from "../router.ts";
import type { Contacts } from "./contacts.ts";
import { Desks } from "./desks.ts";
import { Lines } from "./lines.ts";

/** The state of a centre at one instant. */
export class Floor implements CentreSnapshot {
  readonly centre: Centre;
  readonly desks: Desks;
  /** By contact: since when it waits, or had waited when it was taken. */
  readonly waitsSinceSeconds: Float64Array;
  atSeconds = 0;
  readonly #contacts: Contacts;
  readonly #waiting: Lines;

  constructor(centre: Centre, contacts: Contacts) {
    this.centre = centre;
    this.desks = new Desks(centre.groups);
    this.waitsSinceSeconds = new Float64Array(contacts.count);
    this.#contacts = contacts;
    this.#waiting = new Lines(centre.classes.length, contacts.count);
  }

  waitingCount(classIndex: number): number {
    return this.#waiting.length(classIndex);
  }

  firstWaiting(classIndex: number): number {
    return this.#waiting.first(classIndex);
  }

  nextWaiting(contact: number): number {
    return this.#waiting.next(contact);
  }

  waitedSeconds(contact: number): number {
    return this.atSeconds - this.waitsSinceSeconds[contact];
  }

  freeCount(group: number): number {
    return this.desks.freeCount(group);
  }

  firstFree(group: number): number {
    return this.desks.firstFree(group);
  }

  nextFree(agent: number): number {
    return this.desks.nextFree(agent);
  }

  canTake(agent: number, classIndex: number): boolean {
    const { proficiency, load } = this.centre.groups[this.desks.groupOf[agent]];
    return proficiency[classIndex] > 0 && this.desks.hasRoom(agent, load[classIndex]);
  }

  longestIdle(group: number, classIndex: number): number {
    const { proficiency, load } = this.centre.groups[group];
    return proficiency[classIndex] > 0 ? this.desks.longestIdle(group, load[classIndex]) : -1;
  }

  idleSeconds(agent: number): number {
    const { inHand, sinceSeconds } = this.desks;
    return inHand[agent] > 0 ? 0 : this.atSeconds - sinceSeconds[agent];
  }

  /** Whether `contact` waits. */
  isWaiting(contact: number): boolean {
    return this.#waiting.has(contact);
  }

  /** Whether anybody who waits could be served at once. */
  isRoutable(): boolean {
    const { classes, groups } = this.centre;
    for (let one = 0; one < classes.length; one += 1) {
      if (this.#waiting.length(one) === 0) continue;
      for (let group = 0; group < groups.length; group += 1) {
        if (this.desks.freeCount(group) > 0 && this.longestIdle(group, one) >= 0) return true;
      }
    }
    return false;
  }

  /** `contact` begins to wait. */
  enter(contact: number): void {
    this.waitsSinceSeconds[contact] = this.atSeconds;
    this.#waiting.append(this.#contacts.classOf[contact], contact);
  }

  /** `contact` waits no longer. */
  leave(contact: number): void {
    this.#waiting.remove(this.#contacts.classOf[contact], contact);
  }

  /** `agent` takes `contact`, which waits; @returns the seconds of handling this will be. */
  take(contact: number, agent: number): number {
    assert(this.isWaiting(contact), `contact ${contact} of a pairing waits`);
    const one = this.#contacts.classOf[contact];
    assert(this.canTake(agent, one), `agent ${agent} of a pairing can take contact ${contact}`);
    const { proficiency, load, interference } = this.centre.groups[this.desks.groupOf[agent]];
    const slower = 1 + interference * this.desks.inHand[agent];
    this.leave(contact);
    this.desks.take(agent, load[one], this.atSeconds);
    return (this.#contacts.workSeconds[contact] * slower) / proficiency[one];
  }

  /** `agent` is done with `contact`. */
  release(contact: number, agent: number): void {
    const { load } = this.centre.groups[this.desks.groupOf[agent]];
    this.desks.release(agent, load[this.#contacts.classOf[contact]], this.atSeconds);
  }
}

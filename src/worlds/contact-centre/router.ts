/**
 * The contract between a centre and whoever routes its contacts: a look at the floor in, pairs of
 * contact and agent out. A policy is a value of this contract; the platform behind an adapter is
 * another.
 */
import type { Centre } from "./centre.ts";

/** A contact goes to an agent now. */
export interface Pairing {
  readonly contact: number;
  readonly agent: number;
}

/**
 * What a router sees. Classes and groups are named by their place in the centre; contacts and
 * agents by numbers of the run. It shows the floor as it is when it is asked and stands only until
 * it is answered.
 */
export interface CentreSnapshot {
  readonly centre: Centre;
  readonly atSeconds: number;
  /** How many contacts of a class wait. */
  waitingCount(classIndex: number): number;
  /** The contact of a class that came first of those who wait; -1 if none waits. */
  firstWaiting(classIndex: number): number;
  /** Who came next in the same class; -1 if nobody. */
  nextWaiting(contact: number): number;
  /** Since when a waiting contact waits. */
  waitedSeconds(contact: number): number;
  /** How many agents of a group are on duty with room for something. */
  freeCount(group: number): number;
  /** The first agent of a group with room for something, unchanged the longest; -1 if none. */
  firstFree(group: number): number;
  /** The free agent after `agent`; -1 if none. */
  nextFree(agent: number): number;
  /** Whether a contact of the class can go to the agent now: skill, site, channel and room. */
  canTake(agent: number, classIndex: number): boolean;
  /**
   * Who of a group should take a contact of the class: least in hand, then idle the longest; -1 if
   * nobody can.
   */
  longestIdle(group: number, classIndex: number): number;
  /** For how long a free agent has had nothing in hand; 0 while it has something. */
  idleSeconds(agent: number): number;
}

/**
 * Names the contacts that go to agents now. It may name one pair at a time: it is asked again at
 * the same instant for as long as it names any and somebody could still be served.
 */
export type Router = (snapshot: CentreSnapshot) => readonly Pairing[];

/** A router with a name. */
export interface RoutingPolicy {
  readonly name: string;
  readonly summary: string;
  readonly route: Router;
}

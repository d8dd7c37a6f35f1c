/**
 * The ledger of a run: what is counted, and counted twice. Queues, busy and staffed time are
 * integrated as they change, and summed contact by contact and agent by agent; the two must agree
 * at the end of every run (Little's law along the path, and agent time), and every contact that
 * came must be somewhere (conservation).
 */
import type { Centre } from "../centre.ts";
import type { ServiceOutcome } from "./service-outcome.ts";

/** What is counted of one class: contacts that came after the warm-up, and time after it. */
export interface ClassTally {
  /** Contacts that came, redials among them. */
  arrived: number;
  /** Of them, whose waiting came to an end: by an agent, or by giving up. */
  answered: number;
  abandoned: number;
  /** Of those two, who had to wait at all. */
  waited: number;
  answeredInTime: number;
  abandonedInTime: number;
  answeredWaitSeconds: number;
  abandonedWaitSeconds: number;
  redials: number;
  /** Of the answered, of whom it is known what came of it: passed on, resolved. */
  outcomesKnown: number;
  transferred: number;
  resolved: number;
  /** Of them, who said how content they are, and the sum of that. */
  satisfactionKnown: number;
  satisfaction: number;
  /** The integral of the number waiting. */
  queueSeconds: number;
}

/** What is counted of one group, after the warm-up. */
export interface GroupTally {
  /** The integral of the number of agents with something in hand. */
  busySeconds: number;
  /** The integral of the number of agents on duty with nothing in hand. */
  idleSeconds: number;
}

/** Where everybody is at the end, warm-up included. */
export interface Whereabouts {
  arrived: number;
  answered: number;
  finished: number;
  abandoned: number;
}

/** A tally with nothing counted. */
export function emptyClassTally(): ClassTally {
  return {
    ...{ arrived: 0, answered: 0, abandoned: 0, waited: 0, answeredInTime: 0, abandonedInTime: 0 },
    ...{ answeredWaitSeconds: 0, abandonedWaitSeconds: 0, redials: 0, queueSeconds: 0 },
    ...{ outcomesKnown: 0, transferred: 0, resolved: 0, satisfactionKnown: 0, satisfaction: 0 },
  };
}

/** The books of one run. */
export class Ledger {
  readonly classes: readonly ClassTally[];
  readonly groups: readonly GroupTally[];
  readonly whereabouts: Whereabouts = { arrived: 0, answered: 0, finished: 0, abandoned: 0 };
  /** Sums of the same times, contact by contact and agent by agent. */
  readonly waitSeconds: Float64Array;
  readonly dutySeconds: Float64Array;
  readonly overrunSeconds: Float64Array;
  readonly #warmUpSeconds: number;
  readonly #centre: Centre;
  /** Until when integrals are complete. */
  readonly #queueSince: Float64Array;
  readonly #groupSince: Float64Array;

  constructor(centre: Centre) {
    const { classes, groups, warmUpSeconds } = centre;
    this.#centre = centre;
    this.#warmUpSeconds = warmUpSeconds;
    this.classes = classes.map(emptyClassTally);
    this.groups = groups.map(() => ({ busySeconds: 0, idleSeconds: 0 }));
    this.waitSeconds = new Float64Array(classes.length);
    this.dutySeconds = Float64Array.from(groups, ({ agents }) =>
      agents
        .flat()
        .reduce((sum, duty) => sum + this.#after(duty.fromSeconds, duty.untilSeconds), 0),
    );
    this.overrunSeconds = new Float64Array(groups.length);
    this.#queueSince = new Float64Array(classes.length);
    this.#groupSince = new Float64Array(groups.length);
  }

  /** Somebody of the class comes. */
  arrive(one: number, atSeconds: number, isRedial: boolean): void {
    this.whereabouts.arrived += 1;
    if (atSeconds < this.#warmUpSeconds) return;
    this.classes[one].arrived += 1;
    if (isRedial) this.classes[one].redials += 1;
  }

  /** Somebody of the class who came at `sinceSeconds` is taken by an agent. */
  answer(one: number, sinceSeconds: number, atSeconds: number): void {
    this.whereabouts.answered += 1;
    this.waitSeconds[one] += this.#after(sinceSeconds, atSeconds);
    if (sinceSeconds < this.#warmUpSeconds) return;
    const tally = this.classes[one];
    const waited = atSeconds - sinceSeconds;
    tally.answered += 1;
    tally.answeredWaitSeconds += waited;
    if (waited > 0) tally.waited += 1;
    if (waited <= this.#centre.classes[one].withinSeconds) tally.answeredInTime += 1;
  }

  /** Somebody of the class who came at `sinceSeconds` gives up. */
  abandon(one: number, sinceSeconds: number, atSeconds: number): void {
    this.whereabouts.abandoned += 1;
    this.waitSeconds[one] += this.#after(sinceSeconds, atSeconds);
    if (sinceSeconds < this.#warmUpSeconds) return;
    const tally = this.classes[one];
    const waited = atSeconds - sinceSeconds;
    tally.abandoned += 1;
    tally.waited += 1;
    tally.abandonedWaitSeconds += waited;
    if (waited <= this.#centre.classes[one].withinSeconds) tally.abandonedInTime += 1;
  }

  /** Somebody of the class who came at `sinceSeconds` has been served. */
  finish(one: number, sinceSeconds: number, outcome: ServiceOutcome | undefined): void {
    this.whereabouts.finished += 1;
    if (sinceSeconds < this.#warmUpSeconds || outcome === undefined) return;
    const tally = this.classes[one];
    tally.outcomesKnown += 1;
    if (outcome.isTransferred) tally.transferred += 1;
    if (outcome.isResolved) tally.resolved += 1;
    if (outcome.satisfaction === undefined) return;
    tally.satisfactionKnown += 1;
    tally.satisfaction += outcome.satisfaction;
  }

  /** Somebody still waits at the end. */
  remain(one: number, sinceSeconds: number, atSeconds: number): void {
    this.waitSeconds[one] += this.#after(sinceSeconds, atSeconds);
  }

  /** An agent of the group was at work beyond its duty. */
  overrun(group: number, fromSeconds: number, untilSeconds: number): void {
    this.overrunSeconds[group] += this.#after(fromSeconds, untilSeconds);
  }

  /** So many of the class have waited since the last call, until `atSeconds`. */
  integrateQueue(one: number, waiting: number, atSeconds: number): void {
    this.classes[one].queueSeconds += waiting * this.#after(this.#queueSince[one], atSeconds);
    this.#queueSince[one] = atSeconds;
  }

  /** So many agents of the group were busy and idle since the last call, until `atSeconds`. */
  integrateGroup(group: number, busy: number, idle: number, atSeconds: number): void {
    const seconds = this.#after(this.#groupSince[group], atSeconds);
    this.groups[group].busySeconds += busy * seconds;
    this.groups[group].idleSeconds += idle * seconds;
    this.#groupSince[group] = atSeconds;
  }

  /** The part of a stretch of time that lies after the warm-up. */
  #after(fromSeconds: number, untilSeconds: number): number {
    return Math.max(0, untilSeconds - Math.max(fromSeconds, this.#warmUpSeconds));
  }
}

/**
 * Desks: which agent is on duty, what each has in hand, and who has room. An agent who ends a duty
 * finishes what is in hand and takes nothing more.
 */
import { type AgentGroup, WHOLE_AGENT } from "../centre.ts";
import { Lines } from "./lines.ts";

/** The agents of all groups, numbered through. */
export class Desks {
  /** By agent: its group. */
  readonly groupOf: Uint8Array;
  /** By agent: how many contacts it has in hand. */
  readonly inHand: Int32Array;
  /** By agent: since when nothing about it has changed. */
  readonly sinceSeconds: Float64Array;
  /** By group: agents who have something in hand. */
  readonly busy: Int32Array;
  /** By group: agents on duty who have nothing in hand. */
  readonly idle: Int32Array;
  readonly #load: Int32Array;
  readonly #onDuty: Uint8Array;
  /** By group, who has room for something: unchanged the longest first. */
  readonly #free: Lines;

  constructor(groups: readonly AgentGroup[]) {
    const groupOf = groups.flatMap(({ agents }, group) => agents.map(() => group));
    this.groupOf = Uint8Array.from(groupOf);
    this.inHand = new Int32Array(groupOf.length);
    this.sinceSeconds = new Float64Array(groupOf.length);
    this.busy = new Int32Array(groups.length);
    this.idle = new Int32Array(groups.length);
    this.#load = new Int32Array(groupOf.length);
    this.#onDuty = new Uint8Array(groupOf.length);
    this.#free = new Lines(groups.length, groupOf.length);
  }

  /** How many agents of `group` have room for something. */
  freeCount(group: number): number {
    return this.#free.length(group);
  }

  /** The first of the agents of `group` who have room for something; -1 if none has. */
  firstFree(group: number): number {
    return this.#free.first(group);
  }

  /** The free agent of the group after `agent`; -1 if there is none. */
  nextFree(agent: number): number {
    return this.#free.next(agent);
  }

  /** Whether `agent` is on duty and has room for `load`. */
  hasRoom(agent: number, load: number): boolean {
    return this.#free.has(agent) && this.#load[agent] + load <= WHOLE_AGENT;
  }

  /**
   * Of the agents of `group` with room for `load`, those with least in hand, and of them the one
   * unchanged the longest; -1 if there is none.
   */
  longestIdle(group: number, load: number): number {
    let best = -1;
    let bestLoad = WHOLE_AGENT - load + 1;
    for (let agent = this.#free.first(group); agent >= 0; agent = this.#free.next(agent)) {
      if (this.#load[agent] >= bestLoad) continue;
      best = agent;
      bestLoad = this.#load[agent];
      if (bestLoad === 0) break;
    }
    return best;
  }

  /** `agent` takes a contact of `load` in hand. */
  take(agent: number, load: number, atSeconds: number): void {
    const group = this.groupOf[agent];
    if (this.inHand[agent] === 0) {
      this.busy[group] += 1;
      this.idle[group] -= 1;
    }
    this.inHand[agent] += 1;
    this.#change(agent, load, atSeconds);
  }

  /** `agent` is done with a contact of `load`. */
  release(agent: number, load: number, atSeconds: number): void {
    const group = this.groupOf[agent];
    this.inHand[agent] -= 1;
    if (this.inHand[agent] === 0) {
      this.busy[group] -= 1;
      this.idle[group] += this.#onDuty[agent];
    }
    this.#change(agent, -load, atSeconds);
  }

  /** `agent` begins a duty, or ends one. */
  setOnDuty(agent: number, onDuty: boolean, atSeconds: number): void {
    if (this.inHand[agent] === 0) this.idle[this.groupOf[agent]] += onDuty ? 1 : -1;
    this.#onDuty[agent] = onDuty ? 1 : 0;
    this.#change(agent, 0, atSeconds);
  }

  /** Who has room goes to the end of the group's line, who has none out of it. */
  #change(agent: number, load: number, atSeconds: number): void {
    const group = this.groupOf[agent];
    this.#load[agent] += load;
    this.sinceSeconds[agent] = atSeconds;
    if (this.#free.has(agent)) this.#free.remove(group, agent);
    if (this.#onDuty[agent] === 1 && this.#load[agent] < WHOLE_AGENT) {
      this.#free.append(group, agent);
    }
  }

  /** Whether `agent` is on duty. */
  isOnDuty(agent: number): boolean {
    return this.#onDuty[agent] === 1;
  }
}

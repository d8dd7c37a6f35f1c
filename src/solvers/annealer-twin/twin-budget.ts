/**
 * The budget of a twin, shared out to the searches inside it. Whoever is inside counts in terms
 * looked at; outside these are told in larger units, so that a work limit that lets other solvers
 * look around lets a twin embed and read.
 */
import type { TickReply, WorkBudget } from "#foundation";

/** Terms looked at per unit of work. */
const LOOKS_PER_UNIT = 16;

/** One run's budget. */
export class TwinBudget {
  stopped = false;
  /** In units, as told outside. */
  work = 0;
  #looks = 0;
  readonly #budget: WorkBudget;

  constructor(budget: WorkBudget) {
    this.#budget = budget;
  }

  /** Counts terms looked at; once it has said stop it says so for ever. */
  tick(looks: number): TickReply {
    if (this.stopped) return "stop";
    this.#looks += looks;
    const units = Math.floor(this.#looks / LOOKS_PER_UNIT);
    this.#looks -= units * LOOKS_PER_UNIT;
    this.work += units;
    this.stopped = this.#budget.tick(units) === "stop";
    return this.stopped ? "stop" : "continue";
  }

  /** A part that ends with the whole, or after `looksMax`. */
  part(looksMax: number): WorkBudget {
    let left = looksMax;
    return {
      tick: (looks) => {
        left -= looks;
        return this.tick(looks) === "stop" || left <= 0 ? "stop" : "continue";
      },
    };
  }
}

/**
 * Agents' time by slice of the experiment: how long they were there, and how long at work. Made
 * from rosters and events, of agents who have one contact at a time; only what is counted of a
 * slice, after its burn-in.
 */
import type { Staffing, SwitchbackDesign } from "#experiments";
import { present } from "#foundation";
import type { Centre, CentreEvent } from "#worlds";

type Duties = Centre["groups"][number]["agents"][number];

/** Follows the events of one run. */
export class StaffingLog {
  readonly #design: SwitchbackDesign;
  readonly #pool: string;
  readonly #duties: readonly Duties[];
  /** By contact in hand: since when. */
  readonly #since = new Map<number, number>();
  readonly #busySeconds: Float64Array;
  readonly #staffedSeconds: Float64Array;

  constructor(design: SwitchbackDesign, centre: Centre) {
    this.#design = design;
    this.#pool = present(design.pools[0], "the pool of the centre");
    this.#duties = centre.groups.flatMap(({ agents }) => agents);
    const slices = design.slicesPerPeriod * design.periods;
    this.#busySeconds = new Float64Array(slices);
    this.#staffedSeconds = new Float64Array(slices);
    for (const duty of this.#duties.flat()) {
      this.#add(this.#staffedSeconds, duty.fromSeconds, duty.untilSeconds);
    }
  }

  see({ kind, atSeconds, contact, agent }: CentreEvent): void {
    if (kind === "answer") this.#since.set(contact, atSeconds);
    if (kind !== "finish") return;
    const since = present(this.#since.get(contact), "a contact in hand");
    this.#since.delete(contact);
    this.#add(this.#busySeconds, since, atSeconds);
    // Whoever works beyond a duty is there for as long.
    for (const [from, until] of outside(this.#duties[agent], since, atSeconds)) {
      this.#add(this.#staffedSeconds, from, until);
    }
  }

  /** What was counted, by slice; slices that nobody was there in are left out. */
  staffing(): readonly Staffing[] {
    return Array.from(this.#staffedSeconds, (staffedSeconds, slice): Staffing => {
      return { pool: this.#pool, slice, staffedSeconds, busySeconds: this.#busySeconds[slice] };
    }).filter(({ staffedSeconds }) => staffedSeconds > 0);
  }

  /** Spreads a stretch of time over the counted parts of slices. */
  #add(sums: Float64Array, fromSeconds: number, untilSeconds: number): void {
    const sliceSeconds = this.#design.sliceMs / 1000;
    const burnInSeconds = this.#design.burnInMs / 1000;
    let slice = Math.floor(fromSeconds / sliceSeconds);
    for (; slice < sums.length && slice * sliceSeconds < untilSeconds; slice += 1) {
      const from = Math.max(fromSeconds, slice * sliceSeconds + burnInSeconds);
      const until = Math.min(untilSeconds, (slice + 1) * sliceSeconds);
      sums[slice] += Math.max(0, until - from);
    }
  }
}

/** The parts of a stretch of time in which no duty lies; duties ascend. */
function outside(duties: Duties, fromSeconds: number, untilSeconds: number): [number, number][] {
  const parts: [number, number][] = [];
  let free = fromSeconds;
  for (const duty of duties) {
    if (duty.untilSeconds <= free || duty.fromSeconds >= untilSeconds) continue;
    if (duty.fromSeconds > free) parts.push([free, duty.fromSeconds]);
    free = duty.untilSeconds;
  }
  if (free < untilSeconds) parts.push([free, untilSeconds]);
  return parts;
}
